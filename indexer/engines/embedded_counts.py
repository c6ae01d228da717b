"""Counts over everything a search of the embedded engine finds: facets, the span of time, the timeline."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from heapq import nsmallest
from itertools import pairwise
from threading import Lock
from typing import Any

import tantivy

from indexer.engines.embedded_schema import from_microseconds, microseconds
from indexer.fields import FIELDS
from news.index import FacetCount, SearchRequest, Sort

_CANDIDATES = 1000  # values counted before the most frequent are taken in a stable order
_REMEMBERED = 256  # answers of one commit
_TOTAL, _SPAN, _TIMELINE = "total_", "span_", "timeline_"  # names that are no fields


@dataclass(frozen=True, kw_only=True, slots=True)
class Counts:
    """What was counted."""

    total: int | None = None  # None where only hits were asked for, which come with their number
    facets: Mapping[str, tuple[FacetCount, ...]] = field(default_factory=dict)
    span: tuple[datetime, datetime] | None = None
    timeline: tuple[int, ...] = ()


class CountMemory:
    """What was counted on one commit: pages of one search, and the front page, ask for it again."""

    def __init__(self) -> None:
        self._known: dict[Hashable, Counts] = {}
        self._lock = Lock()

    def counts(self, searcher: tantivy.Searcher, query: tantivy.Query, request: SearchRequest) -> Counts:
        """The request's counts; raises ValueError for a name that is no facet."""
        if not (request.facets or request.span or request.timeline):
            return Counts()
        asked = (request.facets, request.facet_size, request.span, request.timeline)
        matching = (request.query, request.filters, request.sort is Sort.RELEVANCE, request.collapse, request.past)
        with self._lock:
            known = self._known.get((asked, matching))
        if known is None:
            known = _counted(searcher, query, request)
            with self._lock:
                if len(self._known) >= _REMEMBERED:
                    del self._known[next(iter(self._known))]
                self._known[asked, matching] = known
        return known


def _counted(searcher: tantivy.Searcher, query: tantivy.Query, request: SearchRequest) -> Counts:
    """Everything in one pass over the matches."""
    unknown = [name for name in request.facets if name not in FIELDS or not FIELDS[name].facet]
    if unknown:
        raise ValueError(f"{unknown[0]!r} is not a facet")
    size = max(request.facet_size, _CANDIDATES)
    wanted: dict[str, Any] = {
        name: {"terms": {"field": name, "size": size, "segment_size": 10 * size}} for name in request.facets
    }
    wanted[_TOTAL] = {"value_count": {"field": "revision"}}  # which every document has
    if request.span:
        wanted[_SPAN] = {"stats": {"field": "published_at"}}
    marks = [float(microseconds(edge)) for edge in request.timeline]
    if len(marks) > 1:
        ranges = [{"from": start, "to": end} for start, end in pairwise(marks)]
        wanted[_TIMELINE] = {"range": {"field": "published_at", "ranges": ranges}}
    counted = searcher.aggregate(query, wanted)
    return Counts(
        total=int(counted[_TOTAL]["value"]),
        facets={name: _most_frequent(counted[name]["buckets"], request.facet_size) for name in request.facets},
        span=_span(counted[_SPAN]) if request.span else None,
        timeline=_timeline(counted[_TIMELINE]["buckets"], marks) if _TIMELINE in wanted else (),
    )


def _span(found: Mapping[str, Any]) -> tuple[datetime, datetime] | None:
    """When the first and the last match were published."""
    if not found["count"]:
        return None
    return from_microseconds(int(found["min"])), from_microseconds(int(found["max"]))


def _timeline(buckets: Sequence[Mapping[str, Any]], marks: Sequence[float]) -> tuple[int, ...]:
    """How many matches were published between each two neighbours of the marks."""
    counts = {bucket.get("from"): int(bucket["doc_count"]) for bucket in buckets}
    return tuple(counts.get(start, 0) for start in marks[:-1])


def _most_frequent(buckets: Sequence[Mapping[str, Any]], size: int) -> tuple[FacetCount, ...]:
    ordered = nsmallest(size, ((-int(bucket["doc_count"]), str(bucket["key"])) for bucket in buckets))
    return tuple(FacetCount(value=value, count=-negative) for negative, value in ordered)
