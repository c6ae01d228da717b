"""Leaving copies out of an answer of Elasticsearch.

Its own `collapse` is not used: it cannot go on behind a position in any order, and its totals and facets count what it
hides.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from indexer.engines.collapsing import (
    MAX_MEMBERS,
    MEMBER_STANDINGS,
    Collapse,
    collapse_of,
    collapse_unseen,
    matching_key,
    needs_look,
)
from indexer.engines.elasticsearch_query import Json, matching
from indexer.engines.readings import Readings
from indexer.engines.remembered import Remembered
from news.index import SearchRequest

_CLUSTERS = "clusters"
_REMEMBERED = 256  # searches
_SECONDS = 5.0  # a page asks for its timeline and facets right after its hits


class CollapseMemory:
    """What the last searches for hits left out, so that what is counted of the same search leaves out the same."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._known: Remembered[tuple[float, Collapse]] = Remembered(_REMEMBERED)

    def collapse(self, request: SearchRequest, readings: Readings, search: Callable[..., Any]) -> Collapse:
        """What this search leaves out."""
        key, now = matching_key(request), self._clock()
        known = self._known.recall(key) if not request.limit else None
        if known is not None and now - known[0] <= _SECONDS:
            return known[1]
        found = collapse_for(request, readings, search)
        if request.limit:
            self._known.remember(key, (now, found))
        return found


def collapse_for(request: SearchRequest, readings: Readings, search: Callable[..., Any]) -> Collapse:
    """What this search leaves out; asks the server once."""
    if not needs_look(request):
        return Collapse()
    least = {name: {"min": {"field": name}} for name in ("standing", "seniority")}
    found = search(
        query={"bool": {"filter": [matching(request, readings), {"terms": {"standing": list(MEMBER_STANDINGS)}}]}},
        size=0,
        track_total_hits=MAX_MEMBERS + 1,
        terminate_after=MAX_MEMBERS + 1,  # on each shard: one that ends so early has more than are looked at
        aggs={_CLUSTERS: {"terms": {"field": "cluster", "size": MAX_MEMBERS}, "aggs": least}},
    )
    count = int(found["hits"]["total"]["value"])
    if count > MAX_MEMBERS:
        return collapse_unseen(request)
    # In a cluster the least seniority belongs to the member of the least standing: both are the earliest of those found
    clusters = (
        (int(one["key"]), int(one["standing"]["value"]), int(one["seniority"]["value"]))
        for one in found["aggregations"][_CLUSTERS]["buckets"]
    )
    return collapse_of(clusters, count=count)


def without_copies(query: Json, collapse: Collapse) -> Json:
    """The query without the copies that are left out."""
    if not collapse.hidden:
        return query
    left_out: Json = {"filter": {"terms": {"standing": list(collapse.hidden)}}}
    if collapse.shown:
        left_out["must_not"] = {"terms": {"seniority": list(collapse.shown)}}
    return {"bool": {"must": query, "must_not": {"bool": left_out}}}
