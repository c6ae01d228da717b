"""Division of a span of time into a timeline: equal calendar steps, few enough to read; pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import lru_cache

MAX_STEPS = 60  # a choice: bars that can still be distinguished on a phone


class Step(StrEnum):
    """One step of a timeline."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"
    MILLENNIUM = "millennium"


@dataclass(frozen=True, kw_only=True, slots=True)
class Bar:
    """How much was published in one step."""

    start: datetime  # inclusive, UTC
    end: datetime  # exclusive
    count: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Timeline:
    """What was published when."""

    step: Step
    bars: tuple[Bar, ...]


@lru_cache(maxsize=256)  # the same expected spans come up again and again
def steps_between(first: datetime, last: datetime) -> tuple[Step, tuple[datetime, ...]]:
    """The smallest step that cuts the span into at most MAX_STEPS, and the edges, one more than the steps."""
    for step in Step:
        if step in _LENGTHS and last - first > (MAX_STEPS + 1) * _LENGTHS[step]:
            continue  # too many, without counting them
        edges = [_floor(first, step)]
        while edges[-1] <= last and len(edges) <= MAX_STEPS + 1:
            edges.append(_next(edges[-1], step))
        if len(edges) <= MAX_STEPS + 1:
            break
    return step, tuple(edges)


_MONTHS = {Step.MONTH: 1, Step.QUARTER: 3}
_YEARS = {Step.YEAR: 1, Step.DECADE: 10, Step.CENTURY: 100, Step.MILLENNIUM: 1000}
_LENGTHS = {Step.HOUR: timedelta(hours=1), Step.DAY: timedelta(days=1), Step.WEEK: timedelta(days=7)}


def _floor(moment: datetime, step: Step) -> datetime:
    local = moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    if step is Step.HOUR:
        return local
    day = local.replace(hour=0)
    if step is Step.DAY:
        return day
    if step is Step.WEEK:  # starts on Monday
        return day - timedelta(days=min(day.weekday(), day.toordinal() - 1))
    if step in _MONTHS:
        return day.replace(day=1, month=day.month - (day.month - 1) % _MONTHS[step])
    return day.replace(day=1, month=1, year=max(1, day.year - day.year % _YEARS[step]))


def _next(edge: datetime, step: Step) -> datetime:
    try:
        if step in _LENGTHS:
            return edge + _LENGTHS[step]
        if step in _MONTHS:
            month = edge.month - 1 + _MONTHS[step]
            return edge.replace(year=edge.year + month // 12, month=month % 12 + 1)
        return edge.replace(year=edge.year - edge.year % _YEARS[step] + _YEARS[step])
    except (OverflowError, ValueError):
        return datetime.max.replace(tzinfo=UTC)
