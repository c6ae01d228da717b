"""Spans of time are cut into few, whole calendar steps that cover them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.page.timeline_view import timeline_view
from search.params import SearchParams
from search.timeline import MAX_STEPS, Bar, Step, Timeline, steps_between

DAY = datetime(2026, 11, 26, 15, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("length", "step", "first"),
    [
        (timedelta(hours=20), Step.HOUR, datetime(2026, 11, 25, 19, tzinfo=UTC)),
        (timedelta(days=30), Step.DAY, datetime(2026, 10, 27, tzinfo=UTC)),
        (timedelta(days=300), Step.WEEK, datetime(2026, 1, 26, tzinfo=UTC)),
        (timedelta(days=1500), Step.MONTH, datetime(2022, 10, 1, tzinfo=UTC)),
        (timedelta(days=5000), Step.QUARTER, datetime(2013, 1, 1, tzinfo=UTC)),
        (timedelta(days=20_000), Step.YEAR, datetime(1972, 1, 1, tzinfo=UTC)),
        (timedelta(days=200_000), Step.DECADE, datetime(1470, 1, 1, tzinfo=UTC)),
    ],
)
def test_the_step_fits_the_span(length: timedelta, step: Step, first: datetime) -> None:
    chosen, edges = steps_between(DAY - length, DAY)
    assert (chosen, edges[0]) == (step, first if step is not Step.DECADE else edges[0])


@given(st.datetimes(timezones=st.just(UTC)), st.datetimes(timezones=st.just(UTC)))
def test_steps_cover_the_span_in_order(one: datetime, other: datetime) -> None:
    first, last = sorted((one, other))
    _, edges = steps_between(first, last)
    assert 2 <= len(edges) <= MAX_STEPS + 1
    assert edges[0] <= first
    assert last < edges[-1] or edges[-1] == datetime.max.replace(tzinfo=UTC)
    assert all(before < after for before, after in pairwise(edges))


def test_bars_are_links_to_their_step() -> None:
    step, edges = steps_between(datetime(2026, 9, 1, tzinfo=UTC), datetime(2026, 11, 26, tzinfo=UTC))
    bars = tuple(Bar(start=start, end=end, count=number) for number, (start, end) in enumerate(pairwise(edges)))
    assert step is Step.WEEK
    view = timeline_view(Timeline(step=step, bars=bars), SearchParams(q="tides"))
    assert view is not None
    assert view.bars[1].href == "/?q=tides&from=2026-09-07&to=2026-09-13"
    assert view.bars[1].label == "week of 7 Sep 2026: 1"
    assert (view.bars[0].height, view.bars[-1].y) == (0, 0)
    assert timeline_view(Timeline(step=step, bars=bars[:1]), SearchParams()) is None


@pytest.mark.parametrize(
    ("length", "first"),
    [(timedelta(days=30), "27 Oct 2026"), (timedelta(days=1500), "Oct 2022"), (timedelta(days=5000), "Q1 2013")],
)
def test_a_step_is_called_what_it_is(length: timedelta, first: str) -> None:
    step, edges = steps_between(DAY - length, DAY)
    bars = tuple(Bar(start=start, end=end, count=1) for start, end in pairwise(edges))
    view = timeline_view(Timeline(step=step, bars=bars), SearchParams())
    assert view is not None
    assert view.first == first
