"""Timelines that rarely need a search of their own.

The edges to count between depend on when the first and the last match were published, which only the answer reveals.
So the hits are requested together with counts between the expected edges, which serve every search whose span needs
steps of that length. If all matches are shown, they are counted here. Everything else takes a second search.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

from news.index import Filters, SearchRequest, SearchResult
from search.request import moment_of, timeline_request
from search.timeline import Bar, Step, Timeline, steps_between

Edges = tuple[datetime, ...]
Span = tuple[datetime, datetime]  # when the first and the last match were published
_INSTANT = timedelta(microseconds=1)


class TimelineCounter:
    """Counts the matches of one index's searches. Threads may share it: at worst one expects an outdated span."""

    def __init__(self, search: Callable[[SearchRequest], SearchResult]) -> None:
        self._search = search
        self._expected: Span | None = None  # of searches without date filters

    def ahead(self, request: SearchRequest) -> SearchRequest:
        """The request with counts between the expected edges."""
        expected = bounded(self._expected, request.filters) if request.span else None
        return replace(request, timeline=steps_between(*expected)[1]) if expected else request

    def timeline(self, request: SearchRequest, result: SearchResult) -> Timeline | None:
        """The timeline for the answer to a request from `ahead`; None when nothing is dated."""
        if result.span is None:
            return None
        step, edges = steps_between(*result.span)
        counts = counts_of_all(result, edges) or counts_between(request.timeline, result.timeline, edges)
        if counts is None:
            counts = self._search(timeline_request(request, edges)).timeline
            if not (request.filters.published_from or request.filters.published_to):
                self._expected = widened(self._expected, result.span)
        return _drawn(step, edges, counts)


def bounded(expected: Span | None, filters: Filters) -> Span | None:
    """The span in which filters may find something; None when unknown or empty."""
    first, last = expected or (None, None)
    since, until = filters.published_from, filters.published_to and filters.published_to - _INSTANT
    first = max(first, since) if first and since else first or since
    last = min(last, until) if last and until else last or until
    return (first, last) if first and last and first <= last else None


def widened(expected: Span | None, met: Span) -> Span:
    """What to expect after an unexpected span: the union of both, if its steps have the length of the new one's.

    So one article with a date long ago, which few searches find, does not affect all the others.
    """
    both = (min(expected[0], met[0]), max(expected[1], met[1])) if expected else met
    return both if steps_between(*both)[0] is steps_between(*met)[0] else met


def counts_of_all(result: SearchResult, edges: Edges) -> tuple[int, ...] | None:
    """How many of the hits were published between each two edges; None if not all matches are among the hits."""
    if len(result.hits) < result.total:
        return None
    moments = (moment_of(hit.fields.get("published_at")) for hit in result.hits)
    counts = Counter(bisect_right(edges, moment) for moment in moments if moment)
    return tuple(counts[place] for place in range(1, len(edges)))


def counts_between(counted: Edges, counts: Sequence[int], edges: Edges) -> tuple[int, ...] | None:
    """The existing counts that lie between the edges; None if they were counted between other moments."""
    start = bisect_right(counted, edges[0]) - 1
    if start < 0 or not counts or counted[start : start + len(edges)] != edges:
        return None
    return tuple(counts[start : start + len(edges) - 1])


def _drawn(step: Step, edges: Edges, counts: Sequence[int]) -> Timeline:
    bars = zip(pairwise(edges), counts, strict=True)
    return Timeline(step=step, bars=tuple(Bar(start=start, end=end, count=count) for (start, end), count in bars))
