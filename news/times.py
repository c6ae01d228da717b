"""Times as they are stated and stored: fixed offsets, and moments in UTC."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

_OFFSET = re.compile(r"([+-])(\d\d):(\d\d)")


def fixed_offset(text: str) -> timezone:
    """The time zone of an offset as it is stored. Raises ValueError for any other text, and for a day or more.

    >>> fixed_offset("+03:00"), fixed_offset("-09:30").utcoffset(None).total_seconds()
    (datetime.timezone(datetime.timedelta(seconds=10800)), -34200.0)
    """
    match = _OFFSET.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not an offset such as +03:00")
    offset = timedelta(hours=int(match[2]), minutes=int(match[3]))
    return timezone(-offset if match[1] == "-" else offset)


def as_utc(moment: datetime) -> datetime:
    """The moment in UTC; a naive one is taken as UTC. Raises OverflowError at the ends of the calendar."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
