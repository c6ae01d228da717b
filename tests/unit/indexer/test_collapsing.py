"""Which copies are left out, and for how long that is remembered."""

from __future__ import annotations

from typing import Any

from indexer.engines.collapsing import NOTHING_HIDDEN, Collapse, collapse_of
from indexer.engines.elasticsearch_collapsing import CollapseMemory
from news.index import SearchRequest
from news.query_parser import parse_query


def test_copies_that_stand_alone_among_the_matches_are_all_shown() -> None:
    assert collapse_of([(1, 0, 10), (2, 2, 30)], count=2) == NOTHING_HIDDEN
    assert collapse_of([(1, 1, 20), (1, 2, 30), (2, 0, 5)], count=3) == Collapse(shown=(20,))


def test_counting_leaves_out_what_the_hits_of_the_same_search_did() -> None:
    asked: list[Any] = []
    now = [0.0]
    memory = CollapseMemory(clock=lambda: now[0])

    def search(**body: Any) -> Any:
        asked.append(body)
        buckets = [{"key": 7, "standing": {"value": 1.0}, "seniority": {"value": float(len(asked))}}]
        return {"hits": {"total": {"value": 2}}, "aggregations": {"clusters": {"buckets": buckets}}}

    def shown(limit: int) -> tuple[int, ...]:
        return memory.collapse(SearchRequest(query=parse_query("bridge"), limit=limit), ("en",), search).shown

    assert [shown(10), shown(0), shown(10), shown(0)] == [(1,), (1,), (2,), (2,)]
    now[0] = 60.0
    assert shown(0) == (3,)
