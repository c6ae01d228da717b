"""Dates told from now, by the time at which the page was fetched."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extraction.body.page_facts import headline_index
from crawler.extraction.dates.dates import Dates, read_dates
from crawler.extraction.dates.relative_days import moment_told
from crawler.extraction.dates.yearless_days import yearless_day
from crawler.extraction.page.document import Document, parse_page
from crawler.extraction.page.structured import read_structured
from crawler.extraction.page.walk import read_passages
from news.article import Hints, Page

FETCHED = datetime(2026, 11, 26, 18, 40, 30, tzinfo=UTC)
STORY = "<p>" + "Ships waited outside the harbour, and the crews went ashore. " * 5 + "</p>"


def dates_of(body: str, *, fetched_at: datetime | None = FETCHED, hints: Hints | None = None) -> Dates:
    markup = f"<html><body><h1>Storm at sea</h1>{body}</body></html>"
    document = parse_page(Page(url="https://www.example.com/storm", body=markup.encode()))
    assert isinstance(document, Document)
    passages, _ = read_passages(document.tree)
    headline = headline_index(passages, ("storm", "at", "sea"))
    return read_dates(document, read_structured(document), hints or Hints(), fetched_at, passages, headline)


@pytest.mark.parametrize(
    ("line", "address", "wanted"),
    [
        ("Jan 04", "/2026/01/storm", "2026-01-04"),
        ("By Jane Doe | January 4th", "/2026/01/storm", "2026-01-04"),
        ("4. Januar", "/2026-01/storm", "2026-01-04"),
        ("4 de enero", "/2026/01/storm", "2026-01-04"),
        ("Feb 04", "/2026/01/storm", None),
        ("Jan 32", "/2026/01/storm", None),
        ("Section 04", "/2026/01/storm", None),
        ("Jan 04", "/storm", None),
    ],
)
def test_a_day_without_a_year_is_of_the_addresss_month(line: str, address: str, wanted: str | None) -> None:
    document = parse_page(
        Page(url=f"https://www.example.com{address}", body=f"<h1>Storm at sea</h1><p>{line}</p>{STORY}".encode())
    )
    assert isinstance(document, Document)
    passages, _ = read_passages(document.tree)
    found = yearless_day(passages, headline_index(passages, ("storm", "at", "sea")), document.url)
    assert (found.day if found else None) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Il y a 2h", "16:00"),
        ("לפני שעתיים", "16:00"),
        ("2 tim sedan", "16:00"),
        ("2 jam lepas", "16:00"),
        ("2 órája", "16:00"),
        ("преди 2 часа", "16:00"),
        ("пре 2 сата", "16:00"),
        ("pred 2 urama", "16:00"),
        ("prieš 2 valandas", "16:00"),
        ("pirms 2 stundām", "16:00"),
        ("2 tundi tagasi", "16:00"),
        ("2 saat əvvəl", "16:00"),
        ("2 საათის წინ", "16:00"),
        ("2 ժամ առաջ", "16:00"),
        ("2 orë më parë", "16:00"),
        ("۲ گھنٹے قبل".translate({0x6F2: "2"}), "16:00"),
        ("saa 2 zilizopita", "16:00"),
        ("Posted an hour ago", "17:00"),
        ("By Jane Doe • 5 min ago • 3 min read", "18:35"),
        ("vor einer Stunde", "17:00"),
        ("Publié il y a une heure", "17:00"),
        ("hace 2 horas", "16:00"),
        ("há 3 horas", "15:00"),
        ("3 ore fa", "15:00"),
        ("3 uur geleden", "15:00"),
        ("for 2 timer siden", "16:00"),
        ("för 5 timmar sedan", "13:00"),
        ("3 tuntia sitten", "15:00"),
        ("3 godziny temu", "15:00"),
        ("před 3 hodinami", "15:00"),
        ("3 часа назад", "15:00"),
        ("5 хвилин тому", "18:35"),
        ("3 saat önce", "15:00"),
        ("منذ 3 ساعات", "15:00"),
        ("منذ ساعتين", "16:00"),
        ("۳ ساعت پیش", "15:00"),
        ("לפני 3 שעות", "15:00"),
        ("πριν από 2 ώρες", "16:00"),
        ("3 घंटे पहले", "15:00"),
        ("৩ ঘণ্টা আগে", "15:00"),
        ("3 jam lalu", "15:00"),
        ("3 giờ trước", "15:00"),
        ("3 ชั่วโมงที่แล้ว", "15:00"),
        ("3小时前", "15:00"),
        ("3時間前", "15:00"),
        ("3시간 전", "15:00"),
    ],
)
def test_minutes_and_hours_ago_are_a_moment(text: str, wanted: str) -> None:
    moment = moment_told(text, FETCHED)
    assert moment is not None
    assert (moment.at.strftime("%H:%M"), moment.day, moment.day_only) == (wanted, "2026-11-26", False)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("vor 3 Tagen", "2026-11-23"),
        ("2 weeks ago", "2026-11-12"),
        ("قبل يومين", "2026-11-24"),
        ("2日前", "2026-11-24"),
        ("Heute, 09:14 Uhr", "2026-11-26"),
        ("Yesterday at 10:30", "2026-11-25"),
        ("dzisiaj, 08:07", "2026-11-26"),
    ],
)
def test_days_and_weeks_ago_are_a_day(text: str, day: str) -> None:
    moment = moment_told(text, FETCHED)
    assert moment is not None
    assert (moment.day, moment.day_only) == (day, True)


@pytest.mark.parametrize(
    "text",
    ["", "3 min read", "Cook for 2 hours", "USA Today", "Updated 3 hours ago", "Aktualisiert vor 3 Minuten",
     "500 days ago", "Police said the man was arrested 3 hours ago"],
)  # fmt: skip
def test_what_tells_no_publication_gives_none(text: str) -> None:
    assert moment_told(text, FETCHED) is None


@given(st.text(max_size=120))
def test_no_text_raises(text: str) -> None:
    moment_told(text, FETCHED)


def test_a_page_that_tells_no_other_date_is_dated_from_its_fetch() -> None:
    dates = dates_of(f"<div>Jane Doe | vor 2 Stunden</div>{STORY}")
    assert dates.published is not None
    assert dates.published.value.at == datetime(2026, 11, 26, 16, tzinfo=UTC)
    assert (dates.published.origin, dates.flags) == ("relative", ("published_approximate",))


@pytest.mark.parametrize(
    ("body", "day"),
    [
        pytest.param(f"<time datetime=2026-11-20>vor 6 Tagen</time>{STORY}", "2026-11-20", id="a stated day"),
        pytest.param(f"<div>20 November 2026</div><div>2 hours ago</div>{STORY}", "2026-11-20", id="a shown day"),
    ],
)
def test_any_other_date_of_the_story_is_better(body: str, day: str) -> None:
    dates = dates_of(body)
    assert dates.published is not None
    assert dates.published.value.day == day
    assert "published_approximate" not in dates.flags


def test_a_date_that_a_feed_gives_is_better() -> None:
    at = datetime(2026, 11, 26, 15, 12, tzinfo=UTC)
    dates = dates_of(f"<div>2 hours ago</div>{STORY}", hints=Hints(published_at=at))
    assert dates.published is not None
    assert dates.published.value.at == at


def test_nothing_is_told_from_a_fetch_that_nobody_knows() -> None:
    assert dates_of(f"<div>2 hours ago</div>{STORY}", fetched_at=None).published is None


def test_lines_of_other_stories_tell_nothing() -> None:
    others = "".join(f"<li><h3>A story</h3><span>{hours} hours ago</span></li>" for hours in range(1, 9))
    assert dates_of(f"{STORY * 5}<ul class=latest>{others}</ul>").published is None
    assert (
        dates_of(f"<div>A</div><div>B</div><div>C</div><div>D</div><ul class=latest>{others}</ul>{STORY}").published
        is None
    )
