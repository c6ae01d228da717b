"""What every search engine must do: one suite over the embedded engine and a real Elasticsearch."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from config.settings import EngineSettings
from indexer.engine import Engine
from indexer.engines.factory import make_engine
from news.index import Filters, IndexEntry, SearchRequest, Sort, WriteStatus
from news.query_parser import parse_query


@pytest.fixture(params=["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def settings(request: pytest.FixtureRequest) -> EngineSettings:
    name = f"test-{uuid.uuid4().hex[:8]}"
    if request.param == "embedded":
        return EngineSettings(index_name=name)
    url = request.getfixturevalue("elasticsearch_url")
    return EngineSettings(kind="elasticsearch", elasticsearch_url=url, index_name=name)


@pytest.fixture
def engine(settings: EngineSettings, tmp_path: Path) -> Iterator[Engine]:
    made = make_engine(settings, folder=tmp_path)
    made.open()
    yield made
    made.close()


def entry(number: int, title: str, text: str = "", *, revision: int = 1, **fields: Any) -> IndexEntry:
    moment = "2026-01-01T00:00:00Z"
    known = {
        "id": f"a{number}",
        "url": f"https://example.com/{number}",
        "title": title,
        "text": text or title,
        "source": "example",
        "language": "en",
        "first_seen_at": moment,
        "fetched_at": moment,
        "version": 1,
        "revision": revision,
    }
    document = {key: value for key, value in (known | fields).items() if value is not None}
    return IndexEntry(id=f"a{number}", revision=revision, document=document)


def fill(engine: Engine, *entries: IndexEntry) -> None:
    assert [r.status for r in engine.write(entries)] == [WriteStatus.INDEXED] * len(entries)
    engine.refresh()


def found(engine: Engine, query: str, **options: Any) -> list[str]:
    return [hit.id for hit in engine.search(SearchRequest(query=parse_query(query), **options)).hits]


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("talks", {"a1", "a2"}),
        ("talking", {"a1", "a2"}),
        ('"peace talks"', {"a1"}),
        ('"talks peace"', set()),
        ("talks -peace", {"a2"}),
        ("peace OR harbour", {"a1", "a3"}),
        ("harb*", {"a3"}),
        ("title:storm", {"a3"}),
        ("source:other", {"a3"}),
        ("", {"a1", "a2", "a3"}),
        ("nothing-of-the-kind", set()),
    ],
)
def test_queries(engine: Engine, query: str, ids: set[str]) -> None:
    fill(
        engine,
        entry(1, "Peace talks begin", "Delegates met for peace talks."),
        entry(2, "Trade talks end"),
        entry(3, "Storm nears", "The harbour is closed.", source="other"),
    )
    assert set(found(engine, query)) == ids


def test_filters_facets_and_total(engine: Engine) -> None:
    fill(
        engine,
        entry(1, "one", section="World", published_at="2026-01-05T10:00:00Z"),
        entry(2, "two", section="World", published_at="2026-02-05T10:00:00Z"),
        entry(3, "three", section="Sport", language="de"),
    )
    result = engine.search(SearchRequest(facets=("section", "language"), limit=1))
    assert result.total == 3
    assert [(c.value, c.count) for c in result.facets["section"]] == [("World", 2), ("Sport", 1)]
    assert found(engine, "", filters=Filters(sections=("world",), published_from=datetime(2026, 2, 1, tzinfo=UTC))) == [
        "a2"
    ]
    assert found(engine, "", filters=Filters(languages=("de",))) == ["a3"]


def test_sort_puts_undated_last(engine: Engine) -> None:
    fill(
        engine,
        entry(1, "one", published_at="2026-01-05T10:00:00Z"),
        entry(2, "two"),
        entry(3, "three", published_at="2026-02-05T10:00:00Z"),
    )
    assert found(engine, "", sort=Sort.NEWEST) == ["a3", "a1", "a2"]
    assert found(engine, "", sort=Sort.OLDEST) == ["a1", "a3", "a2"]


def test_pages_cover_everything_once(engine: Engine) -> None:
    fill(engine, *(entry(number, "same words here") for number in range(25)))
    pages = [found(engine, "words", offset=offset, limit=10) for offset in (0, 10, 20)]
    assert sorted(hit for page in pages for hit in page) == sorted(f"a{number}" for number in range(25))


def test_highlights_mark_the_word(engine: Engine) -> None:
    fill(engine, entry(1, "Peace talks begin", "Delegates met. The talks last two days."))
    hit = engine.search(SearchRequest(query=parse_query("talks"), highlight=True)).hits[0]
    assert hit.highlights["title"] == ("Peace \ue000talks\ue001 begin",)
    assert "\ue000talks\ue001" in hit.highlights["text"][0]


@pytest.mark.parametrize(
    ("language", "text", "query"),
    [
        ("tr", "İSTANBUL'da toplantı", "istanbul"),
        ("de", "Die Häuser am Hafen", "haus"),
        ("fr", "L'homme de l'année", "homme"),
        ("ja", "東京都知事選挙", "都知事"),
        ("ar", "المفاوضات في طهران", "المفاوضات"),
    ],
)
def test_languages(engine: Engine, language: str, text: str, query: str) -> None:
    fill(engine, entry(1, text, language=language), entry(2, "something else"))
    assert found(engine, query) == ["a1"]


def test_the_newest_revision_wins_in_any_order(engine: Engine) -> None:
    fill(engine, entry(1, "second", revision=2))
    assert engine.write([entry(1, "first", revision=1)])[0].status is WriteStatus.SUPERSEDED
    assert engine.write([entry(1, "second", revision=2)])[0].status is WriteStatus.SUPERSEDED
    engine.refresh()
    assert found(engine, "second") == ["a1"]

    engine.write([IndexEntry(id="a1", revision=3, document=None)])
    assert engine.write([entry(1, "second", revision=2)])[0].status is WriteStatus.SUPERSEDED
    engine.refresh()
    assert engine.count() == 0
    assert engine.revisions(["a1"]) == {}


def test_a_rejected_document_leaves_its_neighbours(engine: Engine) -> None:
    results = engine.write([entry(1, "good"), entry(2, "bad", version="many"), entry(3, "good too")])
    assert [r.status for r in results] == [WriteStatus.INDEXED, WriteStatus.REJECTED, WriteStatus.INDEXED]
    assert "version" in (results[1].reason or "")


def test_a_build_is_unseen_until_promoted(engine: Engine) -> None:
    fill(engine, entry(1, "old"))
    build = engine.start_build()
    build.write([entry(1, "new", revision=2), entry(2, "new")])
    assert build.count() == 2
    assert found(engine, "new") == []
    build.promote()
    assert sorted(found(engine, "new")) == ["a1", "a2"]
    assert found(engine, "old") == []

    other = engine.start_build()
    other.write([entry(9, "never")])
    other.discard()
    assert engine.count() == 2


def test_reopened_it_holds_the_same(engine: Engine, settings: EngineSettings, tmp_path: Path) -> None:
    fill(engine, entry(1, "kept"))
    engine.close()
    again = make_engine(settings, folder=tmp_path)
    again.open()
    assert found(again, "kept") == ["a1"]
    assert again.matches_fields()
    assert again.health().ok
    again.close()
