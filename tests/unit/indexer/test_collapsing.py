"""Which copies are left out, and for how long that is remembered."""

from __future__ import annotations

from typing import Any

import pytest

from indexer.engines.collapsing import NOTHING_HIDDEN, Collapse, collapse_of
from indexer.engines.elasticsearch.collapsing import Collapsing
from news.clusters import Standing
from news.index import Filters, SearchRequest
from news.query.parser import parse_query


def test_copies_that_stand_alone_among_the_matches_are_all_shown() -> None:
    assert collapse_of([(1, 0, 10), (2, 2, 30)], count=2) == NOTHING_HIDDEN
    assert collapse_of([(1, 1, 20), (1, 2, 30), (2, 0, 5)], count=3) == Collapse(shown=(20,))


class Server:
    """A fake of Elasticsearch, whose matching copies are one cluster's."""

    def __init__(self, standing: int) -> None:
        self.standing = standing  # of the earliest that matches
        self.asked: list[dict[str, Any]] = []

    def search(self, body: dict[str, Any]) -> dict[str, Any]:
        self.asked.append(body)
        cluster = {"key": 7, "standing": {"value": self.standing}, "seniority": {"value": float(len(self.asked))}}
        found = {"clusters": {"buckets": [cluster]}}
        counts = {"members": {"doc_count": 2, "sample": found}, "shown": {}}
        return {"hits": {"total": {"value": 2}}, "aggregations": counts | found}

    def shown(self) -> list[tuple[int, ...]]:
        """The seniorities of later copies that each search by a query of its own showed all the same."""
        without = (body["query"]["bool"]["must_not"]["bool"] for body in self.asked if "post_filter" not in body)
        return [tuple(each["must_not"]["terms"]["seniority"]) if "must_not" in each else () for each in without]


@pytest.mark.parametrize(("standing", "times"), [(Standing.EARLIEST, 1), (Standing.REPEATED, 2)])
def test_words_are_asked_for_once_where_the_earliest_copy_matches(standing: Standing, times: int) -> None:
    server = Server(int(standing))
    request = SearchRequest(query=parse_query("bridge"), collapse=True, facets=("source",))
    Collapsing().answer(request, {"match_all": {}}, server.search)
    assert len(server.asked) == times


def test_filters_are_looked_at_before_hits_are_asked_for() -> None:
    server = Server(int(Standing.EARLIEST))
    request = SearchRequest(query=parse_query("bridge"), collapse=True, filters=Filters(sources=("daily",)))
    Collapsing().answer(request, {"match_all": {}}, server.search)
    assert [body["size"] for body in server.asked] == [0, 10]


def test_counting_leaves_out_what_the_hits_of_the_same_search_did() -> None:
    now = [0.0]
    collapsing = Collapsing(clock=lambda: now[0])
    server = Server(int(Standing.REPEATED))

    def ask(limit: int) -> None:
        request = SearchRequest(query=parse_query("bridge"), collapse=True, limit=limit)
        collapsing.answer(request, {"match_all": {}}, server.search)

    for limit in (10, 0, 10, 0):
        ask(limit)
    now[0] = 60.0
    ask(0)
    assert server.shown() == [(1,), (1,), (4,), (4,), (7,)]
