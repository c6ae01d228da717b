"""Parsing the dates in feeds and sitemaps: RFC 822 and ISO 8601, as found in practice."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)  # before the web: a default or a fault, never a news date
LATEST = datetime(2100, 1, 1, tzinfo=UTC)  # for want of a `now`; a choice
FUTURE_TOLERANCE = timedelta(days=2)  # embargoes and careless clocks

_ISO = re.compile(
    r"(\d{4})-?(\d{2})(?:-?(\d{2}))?"
    r"(?:[T ]+(\d{1,2}):?(\d{2})(?::?(\d{2}))?(?:[.,]\d+)?\s*(Z|UTC|GMT|[+-]\d{2}:?(?:\d{2})?)?)?",
    re.IGNORECASE,
)
_EARLY_YEAR = re.compile(r"(?<![+-])\b0\d{3}\b")


def parse_date(raw: str | None, now: datetime | None = None) -> datetime | None:
    """A moment in UTC, or None when it cannot be read or cannot be true.

    A time without a zone is taken as UTC, a day without a time as its midnight. With `now` (aware), dates further in
    the future than a small tolerance are dropped too.

    >>> parse_date("2025-07-01T12:30:00+03:00").isoformat()
    '2025-07-01T09:30:00+00:00'
    >>> parse_date("Tue, 01 Jul 2025 10:00 GMT").isoformat()
    '2025-07-01T10:00:00+00:00'
    >>> parse_date("0001-01-01") is None
    True
    """
    text = (raw or "").strip()[:64]
    try:
        moment = _iso(text) or _rfc822(text)
        if moment is None:
            return None
        moment = moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    latest = now + FUTURE_TOLERANCE if now else LATEST
    return moment if EARLIEST <= moment <= latest else None


def _iso(text: str) -> datetime | None:
    match = _ISO.fullmatch(text)
    if match is None:
        return None
    year, month, day, hour, minute, second, zone = match.groups()
    last_second = min(int(second or 0), 59)  # 60 is a leap second; a datetime has none
    clock = f"{int(hour or 0):02}:{minute or '00'}:{last_second:02}"
    offset = _iso_offset(zone)
    return datetime.fromisoformat(f"{year}-{month}-{day or '01'}T{clock}{offset}")


def _iso_offset(zone: str | None) -> str:
    if not zone or zone[0] not in "+-":
        return "+00:00"
    digits = zone[1:].replace(":", "").ljust(4, "0")
    return f"{zone[0]}{digits[:2]}:{digits[2:]}"


def _rfc822(text: str) -> datetime | None:
    if _EARLY_YEAR.search(text):  # the stdlib parser takes 0001 for 2001
        return None
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):  # the stdlib parser lets several kinds through
        return None
