"""Reads a stated date or time exactly: nothing is guessed, and the publisher's offset is kept."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from crawler.extraction.dates.calendars import civil_day, days_elsewhere
from crawler.extraction.dates.date_patterns import (
    CLOCK,
    COMPACT,
    CROATIAN_OCTOBER,
    EPOCH,
    ISO,
    MAIL,
    NUMBERED,
    SHORT,
    SHORT_KOREAN,
    SLASHED,
    WRITTEN,
    YEAR,
)
from crawler.extraction.dates.half_days import LATE_HALVES
from crawler.extraction.dates.month_names import MONTHS
from crawler.extraction.dates.zones import offset_of
from crawler.extraction.text import tidy
from news.times import fixed_offset

_ZEROS = "٠۰०০੦૦୦௦౦೦൦๐０"  # of other scripts; their digits one to nine follow each zero
_ASCII_DIGITS = {ord(zero) + digit: str(digit) for zero in _ZEROS for digit in range(10)}
_HANGUL = re.compile("[가-힣]")

MONTHS_A_YEAR = 12
HOURS_A_HALF = 12  # of a day
EARLIEST_YEAR = 1800  # digitised newspapers reach back that far
LATEST_YEAR = 2200


@dataclass(frozen=True, slots=True)
class Moment:
    """A stated time or day."""

    at: datetime  # aware, UTC; a day is its midnight UTC
    zone: str | None = None  # "+03:00"; None = not stated
    day_only: bool = False

    @property
    def local(self) -> datetime:
        """The moment in the publisher's own UTC offset, if it is known."""
        return self.at.astimezone(_offset(self.zone))

    @property
    def day(self) -> str:
        """The calendar day in the publisher's own offset, YYYY-MM-DD."""
        return self.local.strftime("%Y-%m-%d")


def parse_moment(stated: str | None) -> Moment | None:
    """Read a machine-readable date: ISO 8601 and variants of it, RFC 2822, epoch seconds or milliseconds.

    >>> parse_moment("2026-08-05 12:43:00+03:00").zone
    '+03:00'
    """
    text = _in_ascii_digits(tidy(stated, limit=100).strip("\"' "))
    try:
        if EPOCH.match(text):
            return _from_epoch(int(text))
        if match := COMPACT.match(text) or ISO.match(text) or MAIL.match(text):
            return _from_match(match)
    except (ValueError, OverflowError, TypeError):
        return None
    return None


def in_zone_of(moment: Moment, other: Moment) -> Moment:
    """A moment without an offset in that of another of its page, unless it would come before that one.

    >>> in_zone_of(parse_moment("20261119T1341"), parse_moment("2026-11-19T13:27:00+03:00")).at.hour
    10
    """
    if moment.zone is not None or other.zone is None or moment.day_only or other.day_only:
        return moment
    at = moment.at.replace(tzinfo=_offset(other.zone)).astimezone(UTC)
    return moment if at < other.at else Moment(at, other.zone)


def may_date(text: str) -> bool:
    """Whether a text has a year, without which it holds no written date."""
    return bool(YEAR.search(text))


def find_moment(text: str) -> Moment | None:
    """The first date written for people in a short text, with its time if one is next to it."""
    if not may_date(text):
        return None
    text = _in_ascii_digits(text)
    for pattern in WRITTEN:
        for match in pattern.finditer(text):
            moment = _from_written(match, text)
            if moment:
                return moment
    return next((_with_clock(day, match, text) for match, day in days_elsewhere(text)), None)


def written_moments(
    text: str, *, month_first: bool, days: Collection[str] = (), latest: datetime | None = None
) -> list[tuple[int, int, Moment]]:
    """(start, end, date) for every date in a short text in order of place, including "3/4/2025".

    If either number of a date may be the month, the reading preferred is one of the `days` or in one that is a month
    ("2025-04"), then one not after `latest`, then, for dates with slashes, that of `month_first`; with other signs the
    day is first.
    """
    if not (may_date(text) or SHORT.search(text)):
        return []
    text = _in_ascii_digits(text)
    found: dict[int, tuple[int, int, Moment]] = {}
    korean = (SHORT_KOREAN,) if _HANGUL.search(text) else ()
    for pattern in (*WRITTEN, *korean, SLASHED, SHORT):
        for match in pattern.finditer(text):
            moment = (
                _from_slashed(match, text, days, latest, month_first=month_first and match["joint"] == "/")
                if pattern in (SLASHED, SHORT)
                else _from_written(match, text)
            )
            if moment and pattern is NUMBERED and moment.day not in days:
                moment = _changed_over(match, text, days) or moment
            if moment and not any(start < match.end() and match.start() < end for start, end, _ in found.values()):
                found[match.start()] = (match.start(), match.end(), moment)
    for match, day in days_elsewhere(text):
        found[match.start()] = (match.start(), match.end(), _with_clock(day, match, text))
    return [found[start] for start in sorted(found)]


def clock_of(moment: Moment) -> datetime:
    """The publisher's local time at a moment, to the minute, as if it were UTC."""
    return moment.local.replace(second=0, microsecond=0, tzinfo=UTC)


def is_plausible(moment: Moment) -> bool:
    """Whether a publisher can have meant a moment: not year 1 or 9999, nor the start of the epoch."""
    return EARLIEST_YEAR <= moment.at.year <= LATEST_YEAR and moment.at.timestamp() != 0


def _in_ascii_digits(text: str) -> str:
    """The text with ASCII digits in place of other scripts' digits; positions stay the same."""
    return text if text.isascii() else text.translate(_ASCII_DIGITS)


def _from_slashed(
    match: re.Match[str], text: str, days: Collection[str], latest: datetime | None, *, month_first: bool
) -> Moment | None:
    year, first, second = _year(match["year"]), int(match["first"]), int(match["second"])
    readings = [(first, second), (second, first)] if month_first else [(second, first), (first, second)]
    possible = [(month, day) for month, day in readings if month <= MONTHS_A_YEAR]
    if not possible:
        return None
    stated = [(month, day) for month, day in possible if f"{year}-{month:02d}-{day:02d}" in days]
    stated = stated or [(month, day) for month, day in possible if f"{year}-{month:02d}" in days]
    past = [(month, day) for month, day in possible if latest is None or (year, month, day) <= _parts(latest)]
    month, day = (stated or past or possible)[0]
    try:
        return _with_clock(civil_day(year, month, day), match, text)
    except ValueError:
        return None


def _parts(at: datetime) -> tuple[int, int, int]:
    return at.year, at.month, at.day


def _changed_over(match: re.Match[str], text: str, days: Collection[str]) -> Moment | None:
    """A date with dots read with the month first, as some Americans write it, if that is one of the days."""
    year, month, day = _year(match["year"]), int(match["day"]), int(match["month"])
    known = f"{year}-{month:02d}-{day:02d}" in days
    return _with_clock(datetime(year, month, day, tzinfo=UTC), match, text) if known else None


def _from_written(match: re.Match[str], text: str) -> Moment | None:
    groups = match.groupdict()
    try:
        if groups.get("hour"):
            return _from_match(match)
        month = _month(groups["name"]) if "name" in groups else int(groups["month"])
        month -= CROATIAN_OCTOBER.match(match[0]) is not None
        return _with_clock(civil_day(_year(groups["year"]), month, int(groups["day"])), match, text)
    except ValueError:
        return None


def _month(name: str) -> int:
    """The number of a month by its name, in Hebrew also with the prefix for "in"; 0 if it is not a month."""
    return MONTHS.get(name.casefold()) or MONTHS.get(name.removeprefix("ב"), 0)


def _year(digits: str) -> int:
    """The year given by two or four digits."""
    return int(digits) + 2000 * (len(digits) < 4)


def _with_clock(day: datetime, match: re.Match[str], text: str) -> Moment:
    """The day with the time written next to its date, if any."""
    clock = CLOCK.search(text[match.end() : match.end() + 30]) or CLOCK.search(
        text[max(0, match.start() - 20) : match.start()]
    )
    if clock is None:
        return Moment(day, day_only=True)
    hour = _hour(clock["hour"], clock["opens"] or clock["half"])
    minute = int(clock["minute"] or clock["east"] or 0)
    zone = _zone(clock["zone"])
    return Moment((day + timedelta(hours=hour, minutes=minute)) - _offset(zone).utcoffset(None), zone)


def _hour(digits: str, stated_half: str | None) -> int:
    """The hour of the day; some write both "22:00" and "pm"."""
    hour = int(digits)
    if not stated_half or hour > HOURS_A_HALF:
        return hour
    half = stated_half.casefold().replace(" ", "").replace(".", "")
    return hour % HOURS_A_HALF + HOURS_A_HALF * (half in LATE_HALVES)


def _from_match(match: re.Match[str]) -> Moment | None:
    part = match.groupdict()
    month = _month(part["name"]) if "name" in part else int(part["month"])
    year, day = int(part["year"]), int(part["day"])
    if not part["hour"]:
        return Moment(civil_day(year, month, day), day_only=True)
    fraction = int((part.get("fraction") or "0").ljust(6, "0")[:6])
    zone = _zone(part["zone"])
    hour, minute, second = _hour(part["hour"], part.get("half")), int(part["minute"]), int(part["second"] or 0)
    local = civil_day(year, month, day).replace(
        hour=hour % 24, minute=minute, second=min(second, 59), microsecond=fraction, tzinfo=_offset(zone)
    )
    if hour == 24:  # ISO 8601 midnight at the end of the day
        local += timedelta(days=1)
    return Moment(local.astimezone(UTC), zone)


def _from_epoch(number: int) -> Moment:
    seconds = number / 1000 if number >= 10**12 else number
    return Moment(datetime.fromtimestamp(seconds, UTC))


def _zone(stated: str | None) -> str | None:
    if not stated:
        return None
    zone = offset_of(stated)
    _offset(zone)
    return zone


def _offset(zone: str | None) -> timezone:
    """The fixed offset for "+03:00"; UTC for None. Raises ValueError for a day or more."""
    return fixed_offset(zone) if zone else UTC
