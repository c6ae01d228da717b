"""Parsing the dates in feeds and sitemaps: RFC 822 and ISO 8601, as found in practice."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

from crawler.extraction.dates.month_names import MONTHS
from crawler.extraction.dates.zones import named_offset, offset_of
from news.times import fixed_offset

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)  # before the web: a default or a fault, never a news date
LATEST = datetime(2100, 1, 1, tzinfo=UTC)  # for want of a `now`; a choice
FUTURE_TOLERANCE = timedelta(days=2)  # embargoes and careless clocks
MOST_CHARACTERS = 80

_LATEST_SHORT_YEAR = 49  # of this century (RFC 5322, section 4.3)
_NOON = 12

_HALF = r"(?:\s*(?P<half>[ap]\.?m\b\.?))?"
_CLOCK = rf"(?P<hour>[0-9]{{1,2}}):?(?P<minute>[0-9]{{2}})(?::?(?P<second>[0-9]{{2}}))?(?:[.,][0-9]+)?{_HALF}"
_ZONE = r"(?:\s*(?P<zone>(?:UTC?|GMT)?\s?[+-]\s?[0-9]{1,2}(?::?(?:[0-9]{2})?)?|[A-Z]{1,5})(?:\s+[A-Z]{2,5})?)?"
_REST = rf"(?:(?:[T,\s]+|\s+at\s+){_CLOCK}{_ZONE})?(?:\s*\(.*)?"  # a comment may follow, and be cut off
_WEEKDAY = r"(?:[^\W\d_]+[.,]*\s+|[^\W\d_]+,)?"
_MONTH = r"(?P<name>[^\W\d_]{3,20})\.?"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE | re.DOTALL)
    for form in (
        rf"(?P<year>[0-9]{{4}})-?(?P<month>[0-9]{{2}})(?:-?(?P<day>[0-9]{{2}}))?{_REST}",
        rf"{_WEEKDAY}(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th|\.)?[\s-]+{_MONTH}[\s,-]+(?P<year>[0-9]{{4}}|[0-9]{{2}}){_REST}",
        rf"{_WEEKDAY}{_MONTH}\s+(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>[0-9]{{4}}){_REST}",
        rf"{_WEEKDAY}{_MONTH}\s+(?P<day>[0-9]{{1,2}})\s+{_CLOCK}{_ZONE}\s+(?P<year>[0-9]{{4}})",  # C's asctime
        rf"(?P<year>[0-9]{{4}})(?P<joint>[-/.])(?P<month>[0-9]{{1,2}})(?P=joint)(?P<day>[0-9]{{1,2}}){_REST}",
        rf"(?P<day>[0-9]{{1,2}})\.\s?(?P<month>[0-9]{{1,2}})\.\s?(?P<year>[0-9]{{4}}){_REST}",
    )
)


def parse_date(raw: str | None, now: datetime | None = None) -> datetime | None:
    """A moment in UTC, or None when it cannot be read or cannot be true.

    A time without a zone, or with one of an unknown name, is taken as UTC, a day without a time as its midnight. With
    `now` (aware), dates further in the future than a small tolerance are dropped too. Days such as "03/04/2025", which
    have two meanings, are not read.

    >>> parse_date("2025-07-01T12:30:00+03:00").isoformat()
    '2025-07-01T09:30:00+00:00'
    >>> parse_date("Tue, 01 July 2025 10:00 pm GMT+3").isoformat()
    '2025-07-01T19:00:00+00:00'
    >>> parse_date("0001-01-01") is None
    True
    """
    text = (raw or "").strip()[:MOST_CHARACTERS]
    match = next((found for form in _FORMS if (found := form.fullmatch(text))), None)
    if match is None:
        return None
    try:
        moment = _moment(match.groupdict())
    except (ValueError, OverflowError):
        return None
    latest = now + FUTURE_TOLERANCE if now else LATEST
    return moment if EARLIEST <= moment <= latest else None


def _moment(part: dict[str, str | None]) -> datetime:
    """The moment of a match. Raises ValueError or OverflowError if there is no such day or time."""
    name = part.get("name")
    month = int(part.get("month") or 0) if name is None else MONTHS.get(name.casefold(), 0)
    day = datetime(_year(part["year"] or ""), month, int(part["day"] or 1), tzinfo=_zone(part["zone"]))
    minutes, last_second = int(part["minute"] or 0), min(int(part["second"] or 0), 59)  # 60 is a leap second
    hour = _hour(int(part["hour"] or 0), part["half"])
    if hour == 24 and not minutes and not last_second:
        return (day + timedelta(days=1)).astimezone(UTC)
    return day.replace(hour=hour, minute=minutes, second=last_second).astimezone(UTC)


def _year(digits: str) -> int:
    number = int(digits)
    if len(digits) > 2:
        return number
    return number + (2000 if number <= _LATEST_SHORT_YEAR else 1900)


def _hour(hour: int, half: str | None) -> int:
    """The hour of the day; after noon, some write both "22:00" and "pm"."""
    if half is None or not 1 <= hour <= _NOON:
        return hour
    return hour % _NOON + _NOON * (half[0] in "pP")


def _zone(stated: str | None) -> timezone:
    """The offset of a zone; UTC for none. Raises ValueError for a day or more."""
    name = (stated or "").upper()
    if not any(sign in name for sign in "+-"):
        return fixed_offset(named_offset(name) or "+00:00")
    return fixed_offset(offset_of(name.removeprefix("UTC").removeprefix("UT").rstrip(":")))
