"""Dates as the page writes them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from search.dates import beside, near_day, shown

MOMENT = datetime(2026, 11, 24, 22, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "text", "machine"),
    [
        (None, "24 Nov 2026, 22:05 UTC", "2026-11-24T22:05:00+00:00"),
        ("+03:00", "25 Nov 2026, 01:05 UTC+03:00", "2026-11-25T01:05:00+03:00"),
        ("-05:30", "24 Nov 2026, 16:35 UTC-05:30", "2026-11-24T16:35:00-05:30"),
        ("+99:99", "24 Nov 2026, 22:05 UTC", "2026-11-24T22:05:00+00:00"),
        ("Istanbul", "24 Nov 2026, 22:05 UTC", "2026-11-24T22:05:00+00:00"),
    ],
)
def test_a_time_is_told_in_the_publishers_zone(zone: str | None, text: str, machine: str) -> None:
    told = shown(MOMENT, zone=zone)
    assert (str(told), told.machine) == (text, machine)


@pytest.mark.parametrize(
    ("zone", "told"),
    [
        ("+03:00", "25 Nov 2026, 01:05 UTC+03:00"),  # another day there
        ("-05:00", "17:05 UTC-05:00"),
        ("+00:00", ""),
        (None, ""),
    ],
)
def test_the_publishers_clock_is_told_beside_where_it_differs(zone: str | None, told: str) -> None:
    assert beside(MOMENT, zone) == told


def test_who_asks_is_told_the_day_of_the_week_and_the_second() -> None:
    assert shown(MOMENT, zone="+03:00").exact == "Wed 25 Nov 2026, 01:05:00 UTC+03:00"
    assert shown(MOMENT, day_only=True).exact == "Tue 24 Nov 2026"


def test_a_day_has_no_time() -> None:
    told = shown(datetime(2026, 11, 24, tzinfo=UTC), zone="-05:00", day_only=True)
    assert (str(told), told.machine) == ("24 Nov 2026", "2026-11-24")


def test_the_end_of_the_calendar_is_told_in_utc() -> None:
    assert str(shown(datetime(9999, 12, 31, 23, tzinfo=UTC), zone="+03:00")) == "31 Dec 9999, 23:00 UTC"


@pytest.mark.parametrize(
    ("days_ago", "told"), [(-1, "25 Nov 2026"), (0, "Today"), (1, "Yesterday"), (2, "22 Nov 2026")]
)
def test_today_and_yesterday_have_names(days_ago: int, told: str) -> None:
    assert near_day(shown(MOMENT - timedelta(days=days_ago)), MOMENT) == told


def test_today_is_what_the_reader_has() -> None:
    istanbul = ZoneInfo("Europe/Istanbul")  # 01:05 of the 25th
    assert near_day(shown(MOMENT, display_zone=istanbul), MOMENT, istanbul) == "Today"
    assert near_day(shown(MOMENT, day_only=True), MOMENT, istanbul) == "Yesterday"
