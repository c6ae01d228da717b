"""Timelines are those of a search of their own, mostly without one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from news.index import Filters, Hit, SearchRequest, SearchResult
from search.timeline_ahead import TimelineCounter, bounded, widened

DAY = timedelta(days=1)
START = datetime(2020, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(-400_000, 100_000).map(lambda hours: START + timedelta(hours=hours))


@dataclass
class Found:
    """What a search finds: a fake of an engine, that counts how often it is asked."""

    moments: Sequence[datetime]
    asked: list[SearchRequest] = field(default_factory=list)

    def search(self, request: SearchRequest) -> SearchResult:
        self.asked.append(request)
        edges = pairwise(request.timeline)
        return SearchResult(
            total=len(self.moments),
            hits=tuple(
                Hit(id="", score=None, fields={"published_at": moment.isoformat()})
                for moment in self.moments[: request.limit]
            ),
            span=(min(self.moments), max(self.moments)) if request.span and self.moments else None,
            timeline=tuple(sum(start <= moment < end for moment in self.moments) for start, end in edges),
        )


def counts(counter: TimelineCounter, found: Found, request: SearchRequest) -> list[int]:
    request = counter.ahead(request)
    timeline = counter.timeline(request, found.search(request))
    return [bar.count for bar in timeline.bars] if timeline else []


@settings(max_examples=50)
@given(st.lists(st.lists(MOMENTS, max_size=8), max_size=6), st.integers(0, 10))
def test_whatever_was_met_before_each_search_has_its_own_counts(searches: list[list[datetime]], limit: int) -> None:
    found = Found([])
    counter = TimelineCounter(found.search)
    for found.moments in searches:
        alone = TimelineCounter(found.search)
        wanted = SearchRequest(span=True, limit=limit)
        told = counts(counter, found, wanted)
        assert told == counts(alone, found, replace(wanted, limit=0))
        assert sum(told) == len(found.moments)


def test_a_search_of_a_span_like_those_before_is_asked_once() -> None:
    found = Found([START + number * DAY for number in range(40)])
    counter = TimelineCounter(found.search)
    request = SearchRequest(span=True, limit=10)
    assert len(counts(counter, found, request)) == len(found.asked) + 38 == 40
    found.asked.clear()
    found.moments = found.moments[5:35]
    assert counts(counter, found, request) == [1] * 30
    assert len(found.asked) == 1


def test_what_is_shown_as_a_whole_is_counted_where_it_is_shown() -> None:
    found = Found([START, START + DAY / 2, START + 3 * DAY])
    assert sum(counts(TimelineCounter(found.search), found, SearchRequest(span=True, limit=10))) == 3
    assert len(found.asked) == 1


def test_filters_say_what_to_expect() -> None:
    filters = Filters(published_from=START, published_to=START + 30 * DAY)
    found = Found([START + number * DAY for number in range(30)])
    assert counts(TimelineCounter(found.search), found, SearchRequest(span=True, filters=filters)) == [1] * 30
    assert len(found.asked) == 1
    assert bounded((START + 40 * DAY, START + 50 * DAY), filters) is None
    assert bounded((START, START + 50 * DAY), Filters(published_from=START + DAY)) == (START + DAY, START + 50 * DAY)


def test_what_is_expected_grows_while_its_steps_stay_as_long() -> None:
    met = START, START + 30 * DAY
    assert widened(None, met) == met
    assert widened(met, (START + 20 * DAY, START + 40 * DAY)) == (START, START + 40 * DAY)
    assert widened((datetime(1970, 1, 1, tzinfo=UTC), START), met) == met


def test_no_request_without_a_span_is_asked_for_counts() -> None:
    found = Found([START, START + 90 * DAY])
    counter = TimelineCounter(found.search)
    assert len(counts(counter, found, SearchRequest(span=True, limit=1))) > 2
    assert counter.ahead(SearchRequest()) == SearchRequest()
    found.moments = []
    assert counts(counter, found, SearchRequest(span=True)) == []
