"""Counts over everything a search of the embedded engine finds: facets, the span of time, the timeline."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from datetime import datetime
from heapq import nsmallest
from itertools import pairwise
from threading import Lock
from typing import Any

import tantivy

from indexer.engines.embedded_schema import from_microseconds, microseconds
from indexer.fields import FIELDS
from news.index import FacetCount, SearchRequest, Sort

Facets = dict[str, tuple[FacetCount, ...]]
_CANDIDATES = 1000  # values counted before the most frequent are taken in a stable order
_REMEMBERED = 256  # answers of one commit


class FacetMemory:
    """The facets that were counted on one commit: pages of one search, and the front page, ask for them again."""

    def __init__(self) -> None:
        self._known: dict[Hashable, Facets] = {}
        self._lock = Lock()

    def facets(self, searcher: tantivy.Searcher, query: tantivy.Query, request: SearchRequest) -> Facets:
        """The request's facets; raises ValueError for a name that is no facet."""
        by_relevance = request.sort is Sort.RELEVANCE
        key = (request.query, request.filters, request.facets, request.facet_size, by_relevance, request.collapse)
        with self._lock:
            known = self._known.get(key)
        if known is None:
            known = count_facets(searcher, query, request)
            with self._lock:
                if len(self._known) >= _REMEMBERED:
                    del self._known[next(iter(self._known))]
                self._known[key] = known
        return known


def count_facets(searcher: tantivy.Searcher, query: tantivy.Query, request: SearchRequest) -> Facets:
    """All facets in one pass over the matches."""
    unknown = [name for name in request.facets if name not in FIELDS or not FIELDS[name].facet]
    if unknown:
        raise ValueError(f"{unknown[0]!r} is not a facet")
    if not request.facets:
        return {}
    size = max(request.facet_size, _CANDIDATES)
    terms = {name: {"terms": {"field": name, "size": size, "segment_size": 10 * size}} for name in request.facets}
    counted = searcher.aggregate(query, terms)
    return {name: _most_frequent(counted[name]["buckets"], request.facet_size) for name in request.facets}


def published_span(searcher: tantivy.Searcher, query: tantivy.Query) -> tuple[datetime, datetime] | None:
    """When the first and the last match were published."""
    found = searcher.aggregate(query, {"span": {"stats": {"field": "published_at"}}})["span"]
    if not found["count"]:
        return None
    return from_microseconds(int(found["min"])), from_microseconds(int(found["max"]))


def timeline(searcher: tantivy.Searcher, query: tantivy.Query, edges: Sequence[datetime]) -> tuple[int, ...]:
    """How many matches were published between each two neighbours of the edges."""
    marks = [float(microseconds(edge)) for edge in edges]
    ranges = [{"from": start, "to": end} for start, end in pairwise(marks)]
    if not ranges:
        return ()
    found = searcher.aggregate(query, {"times": {"range": {"field": "published_at", "ranges": ranges}}})
    counts = {bucket.get("from"): int(bucket["doc_count"]) for bucket in found["times"]["buckets"]}
    return tuple(counts.get(start, 0) for start in marks[:-1])


def _most_frequent(buckets: Sequence[Mapping[str, Any]], size: int) -> tuple[FacetCount, ...]:
    ordered = nsmallest(size, ((-int(bucket["doc_count"]), str(bucket["key"])) for bucket in buckets))
    return tuple(FacetCount(value=value, count=-negative) for negative, value in ordered)
