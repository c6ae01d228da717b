"""Dates as feeds and sitemaps write them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.discovery.dates import EARLIEST, parse_date

NOON = datetime(2025, 7, 1, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        "2025-07-01T12:00:00Z",
        "2025-07-01T12:00Z",
        "2025-07-01T12:00:00.000+00:00",
        "2025-07-01 15:00:00 +0300",
        "2025-07-01T15:00:00+03",
        "2025-07-01T07:00:00-0500",
        "20250701T120000Z",
        "2025-07-01T12:00:00",
        "2025-07-01 12:00:00 UTC",
        "Tue, 01 Jul 2025 12:00:00 GMT",
        "Tue, 01 Jul 2025 12:00:00",
        "01 Jul 2025 15:00 +0300",
        "Tue, 1 Jul 25 08:00:00 EDT",
        "Tuesday, 01 July 2025 12:00:00 GMT",
        "Tue, 01 Jul 2025 12:00 GMT",
        "Tue,01 Jul 2025 12:00:00GMT",
        "Tue, 01 Jul 2025 15:00:00 +03:00",
        "Tue, 01 Jul 2025 15:00:00 +0300 EEST",
        "Tue, 01 Jul 2025 15:00:00 GMT+3",
        "Tue, 01 Jul 2025 15:00:00 GMT+0300",
        "Tue, 01 Jul 2025 15:00:00 UTC +03:00",
        "Tue, 01 Jul 2025 14:00:00 CEST",
        "Tue, 01 Jul 2025 06:00:00 CST",
        "Tue, 01 Jul 2025 12:00:00 PM GMT",
        "Tue, 01 Jul 2025 12:00 Z",
        "Tue, 01-Jul-2025 12:00:00 GMT",
        "Sal, 01 Tem 2025 15:00:00 +0300",
        "mar., 1 juil. 2025 14:00:00 +0200",
        "Tue Jul  1 12:00:00 2025",
        "Tue Jul 01 15:00:00 TRT 2025",
        "Tue Jul 01 2025 15:00:00 GMT+0300 (Eastern European Summer Time, as some browsers say)",
        "July 1, 2025 12:00 pm",
        "Jul 1st, 2025 at 03:00 PM +0300",
        "1 July 2025, 12:00",
        "2025/07/01 12:00",
        "2025-7-1 12:00:00",
        "2025-07-01 03:00:00 PM +0300",
        "2025-07-01T08:00:00EDT",
        "01.07.2025 12:00",
        "  2025-07-01T12:00:00Z\n",
    ],
)
def test_one_moment_in_many_spellings(written: str) -> None:
    assert parse_date(written) == NOON


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2025-07-01", (2025, 7, 1)),
        ("20250701", (2025, 7, 1)),
        ("2025-07", (2025, 7, 1)),
        ("1 July 2025", (2025, 7, 1)),
        ("Sept. 3, 2025", (2025, 9, 3)),
        ("2025-07-01T24:00:00", (2025, 7, 2)),
        ("2025-07-01 12:00 am", (2025, 7, 1)),
    ],
)
def test_a_day_is_its_midnight(written: str, day: tuple[int, int, int]) -> None:
    assert parse_date(written) == datetime(*day, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [None, "", "yesterday", "0001-01-01", "9999-12-31", "1970-01-01T00:00:00Z", "2025-02-30", "2025-07-01T25:00:00Z",
     "2025-07-01T12:00:00+99:00", "Tue, 99 Jul 2025 12:00:00 GMT", "Mon, 01 Jan 0001 00:00:00 +2359", "1", "2025",
     "03/04/2025 12:00", "Tue, 01 Foo 2025 12:00:00 GMT", "2025-07-01T24:30:00Z"],
)  # fmt: skip
def test_what_cannot_be_true_is_none(written: str | None) -> None:
    assert parse_date(written) is None


def test_a_careless_clock_is_forgiven_and_a_distant_future_is_not() -> None:
    assert parse_date("2025-07-03T11:00:00Z", NOON) is not None
    assert parse_date("2025-07-03T13:00:00Z", NOON) is None


@given(st.text(max_size=80) | st.from_regex(r"[0-9]{4}-?[0-9]{2}-?[0-9]{2}[T ][0-9:+Z -]{0,20}"))
def test_no_text_makes_it_raise(written: str) -> None:
    moment = parse_date(written, NOON)
    assert moment is None or (moment.tzinfo is UTC and moment >= EARLIEST)
