"""Dates and times as the page writes them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

from news.times import fixed_offset

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """A moment for a `<time>` element."""

    machine: str  # the datetime attribute
    day: str  # "24 Nov 2026"
    clock: str  # "08:30"; empty when only the day is known
    zone: str  # "UTC" or "UTC+03:00"; empty when only the day is known
    exact: str  # with weekday and seconds, for a tooltip: "Tue 24 Nov 2026, 08:30:15 UTC"

    def __str__(self) -> str:
        return f"{self.day}, {self.clock} {self.zone}" if self.clock else self.day


def shown(moment: datetime, *, zone: str | None = None, day_only: bool = False, display_zone: tzinfo = UTC) -> Shown:
    """An aware moment in the given offset, such as "+03:00", or else in the display time zone.

    >>> str(shown(datetime(2026, 11, 24, 5, 30, tzinfo=UTC), zone="+03:00"))
    '24 Nov 2026, 08:30 UTC+03:00'
    """
    local = moment.astimezone(UTC) if day_only else _in_offset(moment, zone, display_zone)
    weekday = _WEEKDAYS[local.weekday()]
    day = f"{local.day} {_MONTHS[local.month - 1]} {local.year}"
    if day_only:
        return Shown(machine=local.date().isoformat(), day=day, clock="", zone="", exact=f"{weekday} {day}")
    return Shown(
        machine=local.isoformat(timespec="seconds"),
        day=day,
        clock=f"{local.hour:02}:{local.minute:02}",
        zone=_zone_name(local),
        exact=f"{weekday} {day}, {local:%H:%M:%S} {_zone_name(local)}",
    )


def beside(moment: datetime, zone: str | None, *, display_zone: tzinfo = UTC) -> str:
    """The moment on the publisher's clock, if it differs from the one displayed; otherwise empty.

    >>> beside(datetime(2026, 11, 24, 5, 30, tzinfo=UTC), "+03:00"), beside(datetime(2026, 11, 24, 5, tzinfo=UTC), None)
    ('08:30 UTC+03:00', '')
    """
    here, there = shown(moment, display_zone=display_zone), shown(moment, zone=zone, display_zone=display_zone)
    if here.zone == there.zone:
        return ""
    return f"{there.clock} {there.zone}" if here.day == there.day else str(there)


def near_day(at: Shown, now: datetime, display_zone: tzinfo = UTC) -> str:
    """The day as people name it now: today and yesterday by name, in the display time zone.

    >>> near_day(shown(datetime(2026, 11, 23, 22, tzinfo=UTC)), datetime(2026, 11, 24, 5, tzinfo=UTC))
    'Yesterday'
    """
    days = (now.astimezone(display_zone).date() - date.fromisoformat(at.machine[:10])).days
    return {0: "Today", 1: "Yesterday"}.get(days, at.day)


def _in_offset(moment: datetime, zone: str | None, otherwise: tzinfo) -> datetime:
    try:
        return moment.astimezone(fixed_offset(zone) if zone else otherwise)
    except (ValueError, OverflowError):  # an offset of a day or more, or a moment at the end of the calendar
        return moment.astimezone(UTC)


def _zone_name(local: datetime) -> str:
    offset = local.utcoffset() or timedelta(0)
    return str(timezone(offset)) if offset else "UTC"
