"""Counts over everything a search of the embedded engine finds: facets, the span of time, the timeline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from heapq import nsmallest
from itertools import pairwise
from typing import Any

import tantivy

from indexer.engines.collapsing import matching_key
from indexer.engines.embedded.schema import from_microseconds, microseconds
from indexer.fields import FIELDS
from news.index import FacetCount, SearchRequest

_CANDIDATES = 1000  # values counted, from which the most frequent are taken in a stable order
_TOTAL, _SPAN, _TIMELINE, _STANDINGS = "total_", "span_", "timeline_", "standings_"  # names that are no fields
_NO_STANDING = -1  # of articles without copies


@dataclass(frozen=True, kw_only=True, slots=True)
class Counts:
    """What was counted."""

    total: int | None = None  # None if only hits were asked for, which come with their number
    facets: Mapping[str, tuple[FacetCount, ...]] = field(default_factory=dict)
    span: tuple[datetime, datetime] | None = None
    timeline: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Tally:
    """What tantivy counted for some of the matches."""

    buckets: Mapping[str, Any]  # by name, as tantivy gives them

    @property
    def total(self) -> int:
        """The number of these matches."""
        return int(self.buckets[_TOTAL]["value"])


def counts_key(request: SearchRequest) -> Hashable:
    """A key shared by requests for the same counts, as made by further pages of a search and by the front page."""
    asked = (request.facets, request.facet_size, request.span, request.timeline)
    return matching_key(request), request.collapse, asked


def asks_for_counts(request: SearchRequest) -> bool:
    """Whether anything beyond hits and their number is asked for."""
    return bool(request.facets or request.span or request.timeline)


def tallied(searcher: tantivy.Searcher, query: tantivy.Query, request: SearchRequest) -> Tally:
    """Count what the query finds, in one pass; raises ValueError for a name that is no facet."""
    return Tally(searcher.aggregate(query, _wanted(request)))


def tallied_by_standing(
    searcher: tantivy.Searcher, query: tantivy.Query, request: SearchRequest
) -> dict[int | None, Tally]:
    """Count what the query finds, in one pass, for each standing among copies; None stands for articles without any."""
    by_standing = {"field": "standing", "missing": _NO_STANDING}
    counted = searcher.aggregate(query, {_STANDINGS: {"terms": by_standing, "aggs": _wanted(request)}})
    buckets = ((int(bucket["key"]), Tally(bucket)) for bucket in counted[_STANDINGS]["buckets"])
    return {None if standing == _NO_STANDING else standing: tally for standing, tally in buckets}


def counts_of(tallies: Iterable[Tally], request: SearchRequest) -> Counts:
    """Add these counts up."""
    buckets = [tally.buckets for tally in tallies]
    marks = _marks(request)
    return Counts(
        total=sum(int(each[_TOTAL]["value"]) for each in buckets),
        facets={
            name: _most_frequent([each[name]["buckets"] for each in buckets], request.facet_size)
            for name in request.facets
        },
        span=_span([each[_SPAN] for each in buckets]) if request.span else None,
        timeline=_timeline([each[_TIMELINE]["buckets"] for each in buckets], marks) if len(marks) > 1 else (),
    )


def _wanted(request: SearchRequest) -> dict[str, Any]:
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
    marks = _marks(request)
    if len(marks) > 1:
        ranges = [{"from": start, "to": end} for start, end in pairwise(marks)]
        wanted[_TIMELINE] = {"range": {"field": "published_at", "ranges": ranges}}
    return wanted


def _marks(request: SearchRequest) -> list[float]:
    return [float(microseconds(edge)) for edge in request.timeline]


def _span(found: Sequence[Mapping[str, Any]]) -> tuple[datetime, datetime] | None:
    """When the first and the last match were published."""
    dated = [each for each in found if each["count"]]
    if not dated:
        return None
    first, last = min(int(each["min"]) for each in dated), max(int(each["max"]) for each in dated)
    return from_microseconds(first), from_microseconds(last)


def _timeline(found: Sequence[Sequence[Mapping[str, Any]]], marks: Sequence[float]) -> tuple[int, ...]:
    """How many matches were published between each pair of neighbouring marks."""
    counts: Counter[float | None] = Counter()
    for buckets in found:
        counts.update({bucket.get("from"): int(bucket["doc_count"]) for bucket in buckets})
    return tuple(counts[start] for start in marks[:-1])


def _most_frequent(found: Sequence[Sequence[Mapping[str, Any]]], size: int) -> tuple[FacetCount, ...]:
    counts: Counter[str] = Counter()
    for buckets in found:
        counts.update({str(bucket["key"]): int(bucket["doc_count"]) for bucket in buckets})
    ordered = nsmallest(size, ((-count, value) for value, count in counts.items()))
    return tuple(FacetCount(value=value, count=-negative) for negative, value in ordered)
