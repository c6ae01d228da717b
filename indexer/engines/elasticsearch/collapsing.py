"""Leaving copies out of an answer of Elasticsearch.

Its own `collapse` is not used: it cannot continue after a position in every order, and its totals and facets count what
it hides.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from indexer.engines.collapsing import (
    MAX_MEMBERS,
    MEMBER_STANDINGS,
    NOTHING_HIDDEN,
    Collapse,
    collapse_of,
    collapse_unseen,
    matching_key,
    needs_look,
)
from indexer.engines.elasticsearch.query import Json, search_body
from indexer.engines.remembered import Remembered
from news.index import Filters, SearchRequest

_CLUSTERS, _MEMBERS, _SAMPLE, _SHOWN = "clusters", "members", "sample", "shown"
_REMEMBERED = 256  # searches
_SECONDS = 5.0  # a page requests its facets right after its hits


class Collapsing:
    """Answers searches, leaving out copies; threads may share it.

    It remembers what the last searches for hits left out, so that counts of the same search leave out the same.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._known: Remembered[tuple[float, Collapse]] = Remembered(_REMEMBERED)

    def answer(self, request: SearchRequest, query: Json, search: Callable[[Json], Json]) -> Json:
        """The server's answer, `query` being what the request matches; asks once if that suffices, else twice."""
        collapse = self._recall(request)
        if collapse is None and _expects_the_earliest(request):
            look, answer = looked(search(looking(search_body(request, query))), request)
            self._remember(request, look.collapse)
            if look.is_expected:
                return answer
            collapse = look.collapse
        elif collapse is None:
            collapse = members_looked(search(members_body(query)), request).collapse
            self._remember(request, collapse)
        return search(search_body(request, without_copies(query, collapse)))

    def _recall(self, request: SearchRequest) -> Collapse | None:
        """What this search leaves out, if that is known without asking."""
        if not request.collapse:
            return NOTHING_HIDDEN
        if not needs_look(request):
            return Collapse()
        known = self._known.recall(matching_key(request)) if not request.limit else None
        return known[1] if known is not None and self._clock() - known[0] <= _SECONDS else None

    def _remember(self, request: SearchRequest, collapse: Collapse) -> None:
        if request.limit:
            self._known.remember(matching_key(request), (self._clock(), collapse))


def _expects_the_earliest(request: SearchRequest) -> bool:
    """Whether the earliest of matching copies will match too: without filters, copies match alike."""
    return request.filters == Filters()


@dataclass(frozen=True, slots=True)
class Look:
    """What was learned from the matching copies."""

    collapse: Collapse
    is_expected: bool  # exactly all later copies are left out


def looking(body: Json) -> Json:
    """The body of a search that leaves out all later copies and checks in the same request whether that is right."""
    shown = {"bool": {"must_not": _standing(Collapse().hidden)}}
    sample = {"sampler": {"shard_size": MAX_MEMBERS + 1}, "aggs": _clusters()}
    members = {"filter": _standing(MEMBER_STANDINGS), "aggs": {_SAMPLE: sample}}
    counts = {_SHOWN: {"filter": shown, "aggs": body["aggs"]}, _MEMBERS: members}
    return {**body, "post_filter": shown, "aggs": counts}


def looked(answer: Json, request: SearchRequest) -> tuple[Look, Json]:
    """What an answer to `looking` says about copies, and the answer without that part."""
    counts = answer["aggregations"]
    look = _look(counts[_MEMBERS][_SAMPLE], counts[_MEMBERS]["doc_count"], request)
    return look, {**answer, "aggregations": counts[_SHOWN]}


def members_body(query: Json) -> Json:
    """The body of a search for the matching copies only."""
    return {
        "query": {"bool": {"filter": [query, _standing(MEMBER_STANDINGS)]}},
        "size": 0,
        "track_total_hits": MAX_MEMBERS + 1,
        "terminate_after": MAX_MEMBERS + 1,  # on each shard: one that ends so early has more than are looked at
        "aggs": _clusters(),
    }


def members_looked(answer: Json, request: SearchRequest) -> Look:
    """What an answer to `members_body` says about copies."""
    return _look(answer["aggregations"], answer["hits"]["total"]["value"], request)


def _clusters() -> Json:
    least = {name: {"min": {"field": name}} for name in ("standing", "seniority")}
    return {_CLUSTERS: {"terms": {"field": "cluster", "size": MAX_MEMBERS}, "aggs": least}}


def _standing(standings: Sequence[int]) -> Json:
    return {"terms": {"standing": list(standings)}}


def _look(found: Json, count: int, request: SearchRequest) -> Look:
    if count > MAX_MEMBERS:
        collapse = collapse_unseen(request)
        return Look(collapse, collapse == Collapse())
    # In a cluster the least seniority belongs to the member of the least standing: both are the earliest of those found
    first = [
        (int(one["key"]), int(one["standing"]["value"]), int(one["seniority"]["value"]))
        for one in found[_CLUSTERS]["buckets"]
    ]
    return Look(collapse_of(first, count=count), all(standing not in Collapse().hidden for _, standing, _ in first))


def without_copies(query: Json, collapse: Collapse) -> Json:
    """Restrict the query so that these copies are left out."""
    if not collapse.hidden:
        return query
    left_out: Json = {"filter": _standing(collapse.hidden)}
    if collapse.shown:
        left_out["must_not"] = {"terms": {"seniority": list(collapse.shown)}}
    return {"bool": {"must": query, "must_not": {"bool": left_out}}}
