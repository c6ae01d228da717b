"""Dates of other calendars and scripts."""

from __future__ import annotations

import pytest

from crawler.extraction.dates.calendars import PERSIAN_YEARS, civil_day
from crawler.extraction.dates.moments import find_moment, parse_moment, written_moments


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("۵ آذر ۱۴۰۵", "2026-11-26"),
        ("پنج‌شنبه 5 آذر ماه 1405 - 12:30", "2026-11-26"),
        ("1 فروردین 1400", "2021-03-21"),
        ("30 اسفند 1399", "2021-03-20"),
        ("1 فروردین 1404", "2025-03-21"),
        ("۱ دی ۱۳۹۸", "2019-12-22"),
        ("26 พฤศจิกายน 2569", "2026-11-26"),
        ("26 พ.ย. 2569", "2026-11-26"),
        ("26 พ.ย. 69 14:05 น.", "2026-11-26"),
        ("26 ਨਵੰਬਰ 2026", "2026-11-26"),
        ("26 නොවැම්බර් 2026", "2026-11-26"),
        ("26 ନଭେମ୍ବର 2026", "2026-11-26"),
        ("令和8年11月26日", "2026-11-26"),
        ("令和元年5月1日", "2019-05-01"),
        ("民國115年11月26日", "2026-11-26"),
        ("26 नवंबर 2026", "2026-11-26"),
        ("नवंबर 26, 2026", "2026-11-26"),
        ("২৬ নভেম্বর ২০২৬", "2026-11-26"),
        ("26 நவம்பர் 2026", "2026-11-26"),
        ("٢٦ نوفمبر ٢٠٢٦", "2026-11-26"),
        ("26. nóvember 2026", "2026-11-26"),
        ("26 نومبر 2026", "2026-11-26"),
        ("26 نوامبر 2026", "2026-11-26"),
        ("11 جويلية 2026", "2026-07-11"),
        ("26 noyabr 2026", "2026-11-26"),
        ("26 ნოემბერი 2026", "2026-11-26"),
        ("26 تشرين الثاني 2026", "2026-11-26"),
        ("26 كانون الأول/ديسمبر 2026", "2026-12-26"),
        ("26 نوفمبر/تشرين الثاني 2026", "2026-11-26"),
        ("26 နိုဝင်ဘာ 2026", "2026-11-26"),
        ("26 វិច្ឆិកា 2026", "2026-11-26"),
        ("२६ नोभेम्बर २०२६", "2026-11-26"),
        ("2026 නොවැම්බර් 26", "2026-11-26"),
        ("26 Nofeembar 2026", "2026-11-26"),
        ("2026ko azaroaren 26a", "2026-11-26"),
        ("2026 жылғы 26 қараша", "2026-11-26"),
        ("2026 оны 11 сарын 26", "2026-11-26"),
    ],
)
def test_a_written_date_is_the_gregorian_day(written: str, day: str) -> None:
    found = find_moment(written)
    assert found is not None
    assert found.day == day
    assert [moment.day for _, _, moment in written_moments(written, month_first=False)] == [day]


@pytest.mark.parametrize(
    ("stated", "day"), [("1405/09/05 12:30", "2026-11-26"), ("2569-11-26", "2026-11-26"), ("۱۴۰۵/۰۹/۰۵", "2026-11-26")]
)
def test_a_stated_date_is_the_gregorian_day(stated: str, day: str) -> None:
    found = parse_moment(stated)
    assert found is not None
    assert found.day == day


def test_a_thai_date_with_slashes_is_read() -> None:
    assert [moment.day for _, _, moment in written_moments("26/11/2569", month_first=False)] == ["2026-11-26"]


def test_the_clock_beside_a_date_is_kept() -> None:
    found = find_moment("5 آذر 1405 - 12:30")
    assert found is not None
    assert (found.at.hour, found.at.minute, found.day_only) == (12, 30, False)


def test_leap_years_are_those_of_the_official_calendar() -> None:
    first, last = PERSIAN_YEARS[0], PERSIAN_YEARS[-1]
    lengths = {year: (civil_day(year + 1, 1, 1) - civil_day(year, 1, 1)).days for year in range(first, last)}
    leap = {year for year, days in lengths.items() if days == 366}
    assert leap == {1370, 1375, 1379, 1383, 1387, 1391, 1395, 1399, 1403, 1408, 1412, 1416}
    assert set(lengths.values()) == {365, 366}


@pytest.mark.parametrize(
    ("year", "month", "day"), [(1404, 12, 30), (1405, 7, 31), (1405, 13, 1), (1405, 0, 1), (2569, 2, 30)]
)
def test_what_is_no_day_is_refused(year: int, month: int, day: int) -> None:
    with pytest.raises(ValueError, match=r"no day|day is out of range"):
        civil_day(year, month, day)
