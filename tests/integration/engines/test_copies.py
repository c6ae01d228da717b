"""Copies of a story of which one is found, on every engine."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from indexer.engine import Engine
from news.index import Filters, IndexEntry, SearchRequest, Sort
from news.query.parser import parse_query
from tests.support.engine_contract import entry, fill


def copy(number: int, title: str, *, cluster: int, standing: int, **fields: Any) -> IndexEntry:
    """One of several copies; those of a lower number are earlier."""
    fields |= {"cluster": cluster, "standing": standing, "seniority": (1 << 52) + number}
    return entry(number, title, published_at=f"2026-01-{number + 1:02}T10:00:00Z", **fields)


def fill_with_copies(engine: Engine) -> None:
    fill(
        engine,
        copy(1, "ferry sinks", cluster=7, standing=0, source="wire", section="World"),
        copy(2, "ferry sinks", cluster=7, standing=1, source="daily", section="Sea"),
        copy(3, "ferry sinks today", cluster=7, standing=2, source="daily", section="Sea"),
        copy(4, "ferry sinks", cluster=7, standing=1, source="post", section="World"),
        copy(5, "ferry docks", cluster=8, standing=0, source="daily", section="Sea"),
        copy(6, "ferry docks", cluster=8, standing=1, source="wire", section="Sea"),
        entry(7, "ferry builders strike", published_at="2026-01-08T10:00:00Z", source="wire", section="World"),
    )


@pytest.mark.parametrize(
    ("query", "filters", "ids"),
    [
        ("", Filters(), {"a1", "a5", "a7"}),
        ("ferry", Filters(), {"a1", "a5", "a7"}),
        ("today", Filters(), {"a3"}),  # only a later copy matches
        ("ferry", Filters(sources=("daily",)), {"a2", "a5"}),
        ("ferry", Filters(sources=("daily", "post")), {"a2", "a5"}),
        ("", Filters(sources=("post",)), {"a4"}),
        ("ferry", Filters(sections=("sea",)), {"a2", "a5"}),
        ("", Filters(published_from=datetime(2026, 1, 4, tzinfo=UTC)), {"a3", "a5", "a7"}),
        ("ferry -docks", Filters(sources=("wire",)), {"a1", "a7"}),
    ],
)
def test_of_copies_that_match_the_earliest_is_found(
    engine: Engine, query: str, filters: Filters, ids: set[str]
) -> None:
    fill_with_copies(engine)
    request = SearchRequest(query=parse_query(query), filters=filters, collapse=True, facets=("source",))
    result = engine.search(request)
    assert {hit.id for hit in result.hits} == ids
    assert result.total == sum(count.count for count in result.facets["source"]) == len(ids)


def test_copies_are_found_when_they_are_asked_for(engine: Engine) -> None:
    fill_with_copies(engine)
    result = engine.search(SearchRequest(query=parse_query("ferry")))
    assert result.total == len(result.hits) == 7
    assert {hit.id for hit in result.hits if hit.fields.get("cluster") == 7} == {"a1", "a2", "a3", "a4"}


@pytest.mark.parametrize("sort", list(Sort))
def test_positions_lead_past_copies(engine: Engine, sort: Sort) -> None:
    for cluster in range(12):
        copies = (copy(cluster * 2 + part, "same words", cluster=cluster, standing=part, source="b") for part in (0, 1))
        fill(engine, *copies)
    request = SearchRequest(query=parse_query("words"), sort=sort, limit=5, positions=True, collapse=True)
    seen: list[str] = []
    while (result := engine.search(request)).hits:
        assert result.total == 12
        seen += [hit.id for hit in result.hits]
        request = replace(request, after=result.after)
    assert sorted(seen) == sorted(f"a{number}" for number in range(0, 24, 2))


@pytest.mark.parametrize(("filters", "ids"), [(Filters(), {"a0"}), (Filters(sources=("b",)), {"a1"})])
def test_more_copies_than_are_looked_at_leave_no_story_out(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, filters: Filters, ids: set[str]
) -> None:
    for engines in ("embedded", "elasticsearch"):
        monkeypatch.setattr(f"indexer.engines.{engines}.collapsing.MAX_MEMBERS", 1)
    sources = ("a", "b", "b", "b")
    standings = (0, 1, 2, 2)
    rows = enumerate(zip(sources, standings, strict=True))
    fill(engine, *(copy(n, "words", cluster=1, standing=standing, source=source) for n, (source, standing) in rows))
    request = SearchRequest(query=parse_query("words"), filters=filters, collapse=True)
    assert {hit.id for hit in engine.search(request).hits} == ids
