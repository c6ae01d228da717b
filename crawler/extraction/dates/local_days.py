"""The publisher's offset for a time stated in UTC or without an offset, inferred from the day that readers see."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from math import ceil

from crawler.extraction.dates.moments import Moment

MAX_OFFSET_HOURS = 14  # of civil time from UTC, either way
QUARTER = timedelta(minutes=15)  # offsets are multiples of this
MAX_SECONDS_APART = 60  # between a stated time and a shown clock, which has no seconds


def with_shown_day(stated: Moment, shown: Iterable[tuple[Moment, bool]]) -> Moment | None:
    """The stated time with the offset that puts it on a shown day; None if no shown day implies one.

    A shown clock that equals the stated time at some offset gives it. Otherwise, for a time stated in UTC, a shown day
    that comes with True is enough: the smallest offset in whole hours that leads to that day is used.
    """
    if stated.day_only or stated.zone not in (None, "+00:00"):
        return None
    beside = [(moment, enough) for moment, enough in shown if abs(_day(moment) - _day(stated)) == timedelta(days=1)]
    offset = next((found for moment, _ in beside if (found := _offset_by_clock(stated, moment)) is not None), None)
    if offset is None and stated.zone:
        days = (_day(moment) for moment, enough in beside if enough)
        offset = next((found for day in days if (found := _least_offset(stated.at, day)) is not None), None)
    return None if offset is None else _with_offset(stated, offset)


def _day(moment: Moment) -> date:
    return date.fromisoformat(moment.day)


def _offset_by_clock(stated: Moment, shown: Moment) -> timedelta | None:
    if shown.day_only or shown.zone is not None:
        return None
    apart = shown.at - stated.at
    offset = round(apart / QUARTER) * QUARTER
    near = abs(apart - offset) < timedelta(seconds=MAX_SECONDS_APART)
    return offset if near and abs(offset) <= timedelta(hours=MAX_OFFSET_HOURS) else None


def _least_offset(at: datetime, day: date) -> timedelta | None:
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    hours = (
        ceil((midnight - at) / timedelta(hours=1)) if midnight > at
        else -(int((at - midnight - timedelta(days=1)) / timedelta(hours=1)) + 1)
    )  # fmt: skip
    return timedelta(hours=hours) if abs(hours) <= MAX_OFFSET_HOURS else None


def _with_offset(stated: Moment, offset: timedelta) -> Moment:
    hours, minutes = divmod(abs(offset) // timedelta(minutes=1), 60)
    return Moment(stated.at, f"{'-' if offset < timedelta(0) else '+'}{hours:02d}:{minutes:02d}")
