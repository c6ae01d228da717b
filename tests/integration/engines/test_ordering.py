"""The order of hits and the pages that lead through them, on every engine."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from indexer.engine import Engine
from news.index import SearchRequest, Sort
from news.query.parser import parse_query
from tests.support.engine_contract import entry, fill, found

NOTHING: dict[str, Any] = {}


def test_blend_weighs_recency_against_relevance(engine: Engine) -> None:
    fill(
        engine,
        *(entry(number, f"noise {number}", text="something else") for number in range(10, 40)),
        entry(1, "Harbour strike", text="harbour strike " * 3, published_at="2020-01-05T10:00:00Z"),
        entry(2, "Harbour strike", text="harbour strike " * 3, published_at="2026-01-04T10:00:00Z"),
        entry(3, "Rain", text="a harbour, a strike, and rain " + "all day " * 40, published_at="2026-01-05T09:00:00Z"),
        entry(4, "Harbour strike", text="harbour strike " * 3),
    )
    now = datetime(2026, 1, 5, 10, tzinfo=UTC)
    request = SearchRequest(query=parse_query("harbour strike"), sort=Sort.BLEND, now=now, positions=True)
    hits = engine.search(request).hits
    assert [hit.id for hit in hits[:2]] == ["a2", "a3"]
    assert {hit.id for hit in hits[2:]} == {"a1", "a4"}
    assert all(hit.score for hit in hits)
    assert found(engine, "harbour strike")[3] == "a3"
    first = engine.search(replace(request, limit=2))
    rest = engine.search(replace(request, after=first.after))
    assert first.hits + rest.hits == hits


def test_a_language_that_hardly_writes_the_word_as_typed_counts_less(engine: Engine) -> None:
    opens = "La porte porte la marque du maire, qui portait une clef. " * 3
    fill(
        engine,
        *(entry(number, "La porte du palais", text=opens, language="fr") for number in range(10, 40)),
        entry(1, "Strike ends", text="Work in the port has begun again, and a long queue of ships is moving. " * 2),
        entry(2, "Storm", text="Two ports were closed while the storm passed over the coast of the island. " * 2),
    )
    assert set(found(engine, "port")[:2]) == {"a1", "a2"}
    assert set(found(engine, "port", sort=Sort.BLEND)[:2]) == {"a1", "a2"}
    assert set(found(engine, "portait", limit=50)) == {f"a{number}" for number in range(10, 40)}
    assert engine.search(SearchRequest(query=parse_query("port"), limit=0)).total == 32


def test_two_words_side_by_side_count_more_than_apart(engine: Engine) -> None:
    fill(
        engine,
        entry(1, "A street", text="A white wall, a house, another house, white roofs. " * 2),
        entry(
            2, "A speech", text="It was read in front of the White House, and nobody in town heard a word of it. " * 2
        ),
        entry(3, "A village", text="All houses here are of a white that hurts the eyes. " * 2),
    )
    assert found(engine, "white house")[0] == "a2"
    assert set(found(engine, "white house")) == {"a1", "a2", "a3"}


def test_sort_puts_undated_last(engine: Engine) -> None:
    fill(
        engine,
        entry(1, "one", published_at="2026-01-05T10:00:00Z"),
        entry(2, "two"),
        entry(3, "three", published_at="2026-02-05T10:00:00Z"),
    )
    assert found(engine, "", sort=Sort.NEWEST) == ["a3", "a1", "a2"]
    assert found(engine, "", sort=Sort.OLDEST) == ["a1", "a3", "a2"]


def test_what_was_edited_last_comes_first(engine: Engine) -> None:
    fill(
        engine,
        entry(1, "one", published_at="2026-01-05T10:00:00Z", fetched_at="2026-02-01T10:00:00Z"),
        entry(2, "two", fetched_at="2026-02-03T10:00:00Z"),
        entry(3, "three", published_at="2026-02-05T10:00:00Z", fetched_at="2026-02-02T10:00:00Z"),
    )
    assert found(engine, "", sort=Sort.EDITED) == ["a2", "a3", "a1"]


def test_pages_cover_everything_once(engine: Engine) -> None:
    fill(engine, *(entry(number, "same words here") for number in range(25)))
    pages = [found(engine, "words", offset=offset, limit=10) for offset in (0, 10, 20)]
    assert sorted(hit for page in pages for hit in page) == sorted(f"a{number}" for number in range(25))


@pytest.mark.parametrize("sort", list(Sort))
def test_positions_lead_through_everything_once(engine: Engine, sort: Sort) -> None:
    dates = [None, None, None, *("2026-01-05" for _ in range(6)), *("2026-02-05" for _ in range(6)), "2026-03-05"]
    fill(
        engine,
        *(
            entry(
                number,
                "same words here" + " more" * (number % 3),
                **({"published_at": f"{day}T10:00:00Z"} if day else NOTHING),
            )
            for number, day in enumerate(dates)
        ),
    )
    for first_offset in (0, 4):
        whole = found(engine, "words", sort=sort, limit=50)
        seen: list[str] = whole[:first_offset]
        request = SearchRequest(query=parse_query("words"), sort=sort, limit=4, offset=first_offset, positions=True)
        while (result := engine.search(request)).hits:
            assert result.total == len(dates)
            seen += [hit.id for hit in result.hits]
            request = replace(request, offset=0, after=result.after)
        assert seen == whole
        assert len(set(seen)) == len(dates)
