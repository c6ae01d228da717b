"""Days and spans as people write them in a query: `2022-01-01`, `2022-01`, `2022`, `1.1.2022`, `today`, `7d`."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

Span = tuple[datetime | None, datetime | None]  # start inclusive, end exclusive; aware

DATE_FIELDS = ("after", "since", "before", "until", "on", "date", "last", "when", "edited")
_DAY = re.compile(r"(?P<year>\d{4})(?:(?P<sign>[-/])(?P<month>\d{1,2})(?:(?P=sign)(?P<day>\d{1,2}))?)?")
_DAY_FIRST = re.compile(r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})")
_LENGTH = re.compile(r"(\d{1,4})(h|d|w|m|y)")
_UNIT_DAYS = {"h": 1 / 24, "d": 1, "w": 7, "m": 30, "y": 365}
_ONE_OF = {"hour": "1h", "day": "1d", "week": "1w", "month": "1m", "year": "1y"}  # as in last:week


def dated_span(field: str, value: str, now: datetime | None) -> Span | None:
    """The span, in UTC, that `after:2022-01-01` and its relatives mean; None when the value is not a date.

    `after`, `since` and `until` include the day, `before` excludes it; `on` and `date` take a day, month or year, or
    two of them joined by dots; `last` and `when` are a length of time that ends now; `edited` takes what `on` and
    `last` take, and is about another moment than publication.

    >>> dated_span("on", "2022-01", None)[1].isoformat()
    '2022-02-01T00:00:00+00:00'
    """
    if field in {"last", "when"}:
        return _last(value, now)
    if field == "edited" and (ending_now := _last(value, now)):
        return ending_now
    if field in {"on", "date", "edited"} and ".." in value:
        first, _, last = value.partition("..")
        return _between(first, last, now)
    span = _span(value, now)
    if span is None:
        return None
    start, end = span
    ends: dict[str, Span] = {"after": (start, None), "since": (start, None), "before": (None, start)}
    return ends.get(field, (None, end) if field == "until" else span)


def _between(first: str, last: str, now: datetime | None) -> Span | None:
    start, end = _span(first, now), _span(last, now)
    if (first and start is None) or (last and end is None) or not (first or last):
        return None
    return (start[0] if start else None), (end[1] if end else None)


def _last(value: str, now: datetime | None) -> Span | None:
    written = value.lower()
    found = _LENGTH.fullmatch(_ONE_OF.get(written, written))
    if not found or now is None:
        return None
    try:
        return now - timedelta(days=int(found[1]) * _UNIT_DAYS[found[2]]), None
    except OverflowError:
        return None, None


def _span(value: str, now: datetime | None) -> tuple[datetime, datetime] | None:
    """The day, month or year a value names."""
    if value.lower() in {"today", "yesterday"}:
        if now is None:
            return None
        start = _midnight(now.astimezone(UTC).date()) - timedelta(days=value.lower() == "yesterday")
        return start, start + timedelta(days=1)
    found = _DAY.fullmatch(value) or _DAY_FIRST.fullmatch(value)
    if not found:
        return None
    year, month, day = (int(found[part] or 0) for part in ("year", "month", "day"))
    try:
        start = _midnight(date(year, month or 1, day or 1))
        if day:
            return start, start + timedelta(days=1)
        return start, _midnight(date(year + month // 12, month % 12 + 1, 1) if month else date(year + 1, 1, 1))
    except (ValueError, OverflowError):  # no such day, or the last one of the calendar
        return None


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
