"""One stated or written date, in the languages and forms that publishers use."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extraction.dates.moments import find_moment, parse_moment, written_moments


@pytest.mark.parametrize(
    ("stated", "at", "zone"),
    [
        ("2026-08-05T12:43:00+03:00", "2026-08-05T09:43:00+00:00", "+03:00"),
        ("2026-08-05 12:43:00+0300", "2026-08-05T09:43:00+00:00", "+03:00"),
        ("2026-08-05T12:43:00Z", "2026-08-05T12:43:00+00:00", "+00:00"),
        ("2026-08-05T12:43", "2026-08-05T12:43:00+00:00", None),
        ("20260805T124300Z", "2026-08-05T12:43:00+00:00", "+00:00"),
        ("Wed, 05 Aug 2026 12:43:00 +0200", "2026-08-05T10:43:00+00:00", "+02:00"),
        ("Wed, 05 Aug 2026 12:43:00 +03:00", "2026-08-05T09:43:00+00:00", "+03:00"),
        ("Wed, 05 Aug 2026 12:43:00 GMT+3", "2026-08-05T09:43:00+00:00", "+03:00"),
        ("Wed, 05 Aug 2026 12:43:00 gmt", "2026-08-05T12:43:00+00:00", "+00:00"),
        ("Wed, 05 Aug 2026 12:43:00 CEST", "2026-08-05T10:43:00+00:00", "+02:00"),
        ("Wed, 05 Aug 2026 12:43:00 CST", "2026-08-05T18:43:00+00:00", "-06:00"),
        ("Wed, 05 Aug 2026 12:43:00 -0000", "2026-08-05T12:43:00+00:00", None),
        ("5 August 2026 12:43 pm", "2026-08-05T12:43:00+00:00", None),
        ("2026-08-05 03:43 PM EDT", "2026-08-05T19:43:00+00:00", "-04:00"),
        ("2026-08-05 12:43:00 a.m. +0300", "2026-08-04T21:43:00+00:00", "+03:00"),
        ("1785933780", "2026-08-05T12:43:00+00:00", None),
        ("1785933780000", "2026-08-05T12:43:00+00:00", None),
        ("2026-08-05T24:00:00Z", "2026-08-06T00:00:00+00:00", "+00:00"),
    ],
)
def test_a_machines_date_is_read_with_its_offset(stated: str, at: str, zone: str | None) -> None:
    moment = parse_moment(stated)
    assert moment is not None
    assert (moment.at.isoformat(), moment.zone) == (at, zone)


@pytest.mark.parametrize(
    "written",
    [
        "January 8, 2022", "8 January 2022", "8. Januar 2022", "8 janvier 2022", "8 de enero de 2022", "8 gennaio 2022",
        "8 Ocak 2022", "8 января 2022", "08.01.2022", "2022-01-08", "2022年1月8日", "08 | 01 | 2022", "2022년 1월 8일",
        "Posted on January 8th, 2022", "8th of January 2022", "2022. január 8.", "ngày 8 tháng 1 năm 2022",
        "8 de gener de 2022", "8 يناير 2022", "8 січня 2022", "8. siječnja 2022", "8 Ιανουαρίου 2022", "08-Jan-2022",
        "8/jan/2022", "8.Januar 2022", "8e janvier 2022", "2022. 1. 8.", "8 يناير/كانون 2022", "8 يناير، 2022",
        "5 جمادى 1443هـ الموافق 8 يناير 2022م", "8 בינואר 2022", "8 tháng 1, 2022", "2022 m. sausio 8 d.",
        "2022. gada 8. janvāris", "8 студзеня 2022", "8 јануари 2022", "8 Ιαν 2022", "8 қаңтар 2022", "8 Ionawr 2022",
        "8 Eanáir 2022", "8. januara 2022.", "8. јануара 2022.", "8 Janairu, 2022",
        "Published On 8 Jan 20228 Jan 2022",
    ],
)  # fmt: skip
def test_a_date_written_for_people_is_found(written: str) -> None:
    moment = find_moment(written)
    assert moment is not None
    assert (moment.day, moment.day_only) == ("2022-01-08", True)


@pytest.mark.parametrize(
    ("written", "month_first", "days"),
    [
        pytest.param("Published 3/4/2025, updated 5/6/2025", True, ["2025-03-04", "2025-05-06"], id="American"),
        pytest.param("Published 3/4/2025, updated 5/6/2025", False, ["2025-04-03", "2025-06-05"], id="British"),
        pytest.param("Thu, 09/25/2025 - 11:38", False, ["2025-09-25"], id="no 25th month"),
        pytest.param("8 May 2022 | 2022-05-09", True, ["2022-05-08", "2022-05-09"], id="in their order"),
        pytest.param("33/44/2025", True, [], id="neither order"),
        pytest.param("٠٨/٠١/٢٠٢٢", False, ["2022-01-08"], id="Arabic digits"),
        pytest.param("08-01-22", False, ["2022-01-08"], id="two digits and dashes"),
        pytest.param("입력 22.01.08 14:05", False, ["2022-01-08"], id="Korean, the year first"),
        pytest.param("555-08-01-22 or 08-01-22-7", False, [], id="longer numbers"),
    ],
)
def test_all_dates_of_a_line_are_found(written: str, month_first: bool, days: list[str]) -> None:
    assert [moment.day for _, _, moment in written_moments(written, month_first=month_first)] == days


@pytest.mark.parametrize(
    ("written", "clock"),
    [
        ("2026年10月31日 15時05分", "15:05"),
        ("2026年10月31日 午後3時5分", "15:05"),
        ("2026年10月31日 下午3:05", "15:05"),
        ("2026년 10월 14일 오후 3시", "15:00"),
        ("2026.10.14. 오전 8:31", "08:31"),
        ("6 أكتوبر 2026 - 07:30 م", "19:30"),
        ("6 أكتوبر 2026 07:30 صباحاً", "07:30"),
        ("9 Οκτωβρίου 2026, 7:30 μ.μ.", "19:30"),
        ("4 de mayo de 2026, 12:00 A. M.", "00:00"),
        ("October 3, 2026 at 7:30 p.m.", "19:30"),
    ],
)
def test_the_half_of_the_day_is_told_in_each_language(written: str, clock: str) -> None:
    moment = find_moment(written)
    assert moment is not None
    assert f"{moment.at:%H:%M}" == clock


@pytest.mark.parametrize(
    ("written", "at", "zone"),
    [
        ("Thứ sáu, 20/11/2026, 09:15 (GMT+7)", "02:15", "+07:00"),
        ("Nov 26, 2026 14:18 IST", "08:48", "+05:30"),
        ("2026-11-20 09:15 UTC +05:30", "03:45", "+05:30"),
        ("November 18, 2026 at 9:00 a.m. EST", "14:00", "-05:00"),
        ("18 November 2026, 09:00 GMT", "09:00", "+00:00"),
        ("18 November 2026 at 10:30 eat", "10:30", None),
    ],
)
def test_a_zone_beside_a_clock_is_read(written: str, at: str, zone: str | None) -> None:
    moment = written_moments(written, month_first=False)[0][2]
    assert (f"{moment.at:%H:%M}", moment.zone) == (at, zone)


def test_how_many_hours_something_took_is_no_clock() -> None:
    moment = find_moment("2026年10月31日の24時間")
    assert moment is not None
    assert moment.day_only


def test_a_clock_that_runs_into_a_year_of_two_digits_is_told_from_it() -> None:
    moment = find_moment("28.09.1912:07")
    assert moment is not None
    assert (moment.day, moment.at.hour, moment.at.minute) == ("2019-09-28", 12, 7)


def test_the_end_of_a_meeting_is_no_offset() -> None:
    moment = find_moment("19.01.2023, 10:00-11:30")
    assert moment is not None
    assert (moment.day, moment.zone, moment.at.hour) == ("2023-01-19", None, 10)


def test_a_date_with_slashes_is_one_of_the_days_known() -> None:
    found = written_moments("3/4/2025", month_first=True, days={"2025-04-03"})
    assert [moment.day for _, _, moment in found] == ["2025-04-03"]


@pytest.mark.parametrize(
    ("days", "day"), [({"2024-09-10"}, "2024-09-10"), ({"2024-10-09"}, "2024-10-09"), (set(), "2024-10-09")]
)
def test_a_date_with_dots_is_read_with_its_month_first_only_where_that_day_is_known(days: set[str], day: str) -> None:
    found = written_moments("09.10.2024", month_first=True, days=days)
    assert [moment.day for _, _, moment in found] == [day]


@pytest.mark.parametrize("text", ["", "no date", "2022-13-45", "32. Januar 2022", "99.99.2022", "12345678901234567890"])
def test_what_is_no_date_gives_none(text: str) -> None:
    assert parse_moment(text) is None
    assert find_moment(text) is None


@given(st.text(max_size=120))
def test_no_text_raises(text: str) -> None:
    parse_moment(text)
    find_moment(text)


@pytest.mark.parametrize(
    ("written", "day"), [("18. listopada 2026.", "2026-10-18"), ("18 listopada 2026", "2026-11-18")]
)
def test_listopad_is_october_to_croats_and_november_to_poles(written: str, day: str) -> None:
    moment = find_moment(written)
    assert moment is not None
    assert moment.day == day
