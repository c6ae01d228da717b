"""Leaving copies out of an answer of Elasticsearch.

Its own `collapse` is not used: it cannot go on behind a position in any order, and its totals and facets count what it
hides.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from indexer.engines.collapsing import (
    MAX_MEMBERS,
    MEMBER_STANDINGS,
    Collapse,
    collapse_of,
    collapse_unseen,
    needs_look,
)
from indexer.engines.elasticsearch_query import Json, matching
from news.index import SearchRequest

_CLUSTERS = "clusters"


def collapse_for(request: SearchRequest, analyses: Sequence[str], search: Callable[..., Any]) -> Collapse:
    """What this search leaves out; asks the server once where no copy matches, else twice."""
    if not needs_look(request):
        return Collapse()
    members: Json = {"bool": {"filter": [matching(request, analyses), {"terms": {"standing": list(MEMBER_STANDINGS)}}]}}
    counted = search(query=members, size=0, track_total_hits=MAX_MEMBERS + 1)
    count = int(counted["hits"]["total"]["value"])
    if count > MAX_MEMBERS:
        return collapse_unseen(request)
    if count == 0:
        return Collapse()
    least = {name: {"min": {"field": name}} for name in ("standing", "seniority")}
    clusters = {_CLUSTERS: {"terms": {"field": "cluster", "size": MAX_MEMBERS}, "aggs": least}}
    found = search(query=members, size=0, track_total_hits=False, aggs=clusters)["aggregations"][_CLUSTERS]["buckets"]
    # In a cluster the least seniority belongs to the member of the least standing: both are the earliest of those found
    return collapse_of(
        (int(one["key"]), int(one["standing"]["value"]), int(one["seniority"]["value"])) for one in found
    )


def without_copies(query: Json, collapse: Collapse) -> Json:
    """The query without the copies that are left out."""
    left_out: Json = {"filter": {"terms": {"standing": list(collapse.hidden)}}}
    if collapse.shown:
        left_out["must_not"] = {"terms": {"seniority": list(collapse.shown)}}
    return {"bool": {"must": query, "must_not": {"bool": left_out}}}
