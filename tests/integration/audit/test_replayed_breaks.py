"""Breaks of a site of three sections, and days of an honest one, on pages that are really extracted."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache

import pytest

from crawler.reading.tasks import read_story
from news.alarms import Alarm
from news.audit import audit
from news.boilerplate import NO_BOILERPLATE
from news.signs import Figures, Sign
from news.source import ExtractionRules
from news.usual import Usual
from tests.support.explore_site import make_story
from tests.support.sectioned_breaks import NOT_FOUND, ONE_SECTION, OTHERS, SAME_TEXT, WRONG_DAY, off_feed, stating
from tests.support.sectioned_site import Break, Sheet, page_and_hints, sheet

WITHIN = 20  # pages of the whole source; issue 5
BEFORE = 75
DAY = datetime(2026, 3, 12, tzinfo=UTC)
BACKGROUND = make_story(4_242).paragraphs[:2]


@lru_cache(maxsize=2_000)
def read(shown: Sheet) -> Figures:
    page, hints = page_and_hints(shown)
    figures = read_story(page, hints=hints, rules=ExtractionRules(), boilerplate=NO_BOILERPLATE).figures
    assert figures is not None
    return figures


def followed(usual: Usual, sheets: Iterable[Sheet]) -> tuple[Usual, list[Alarm]]:
    alarms: list[Alarm] = []
    for shown in sheets:
        now = max(shown.published_at, DAY if usual.page_count > BEFORE else shown.published_at)
        found = audit(usual, read(shown), page=shown.number, url=shown.url, now=now + timedelta(minutes=20))
        usual, alarms = found.usual, [*alarms, *found.raised]
    return usual, alarms


def known(usually: Break = lambda shown: shown) -> Usual:
    usual, alarms = followed(Usual(), (usually(sheet(number)) for number in range(BEFORE)))
    assert alarms == []
    return usual


def broken(broken: Break, usually: Break = lambda shown: shown) -> list[Alarm]:
    return followed(known(usually), (broken(sheet(number)) for number in range(BEFORE, BEFORE + WITHIN)))[1]


@pytest.mark.parametrize("name", SAME_TEXT)
def test_one_text_for_all_stories_is_found(name: str) -> None:
    (alarm,) = [alarm for alarm in broken(SAME_TEXT[name]) if alarm.sign is Sign.REPEATED_BODY]
    assert "the same text on different stories" in alarm.evidence


@pytest.mark.parametrize("name", WRONG_DAY)
def test_one_day_for_all_stories_is_found(name: str) -> None:
    signs = {
        alarm.sign for alarm in broken(WRONG_DAY[name], off_feed if "nothing beside" in name else lambda shown: shown)
    }
    assert signs & {Sign.OTHER_DATE, Sign.ONE_DATE}


@pytest.mark.parametrize("name", ONE_SECTION)
def test_one_of_three_sections_that_breaks_is_found(name: str) -> None:
    alarms = broken(ONE_SECTION[name])
    assert alarms
    assert all("of the pages under courier.example/sport" in alarm.evidence for alarm in alarms)


@pytest.mark.parametrize("name", OTHERS)
def test_other_breaks_are_found(name: str) -> None:
    assert broken(OTHERS[name], stating if "states" in name else lambda shown: shown), name


@pytest.mark.parametrize("name", NOT_FOUND)
def test_breaks_that_nothing_on_the_page_or_beside_it_tells_are_not_found(name: str) -> None:
    """If one of these is found some day, docs/boilerplate.md tells one limit less."""
    assert broken(NOT_FOUND[name]) == []


def on_one_day(shown: Sheet) -> Sheet:
    at = DAY - timedelta(days=1) + timedelta(minutes=shown.number % 100 * 12)
    url = f"https://courier.example/{shown.section}/{at:%Y/%m/%d}/story-{shown.number}"
    return replace(shown, url=url, date=at.isoformat(), published_at=at)


def with_day_only(shown: Sheet) -> Sheet:
    return replace(shown, date=shown.date[:10] if shown.date else None)


def in_print(shown: Sheet) -> Sheet:
    return replace(
        on_one_day(shown), date="2026-03-11T05:00:00+00:00", published_at=datetime(2026, 3, 11, 5, tzinfo=UTC)
    )


def as_podcast(shown: Sheet) -> Sheet:
    url = shown.url.replace(f"/{shown.section}/", "/podcasts/")
    box = '<div class="pod"><p>Listen to this podcast of ours, and read on.</p>{}</div>'
    return with_day_only(replace(shown, section="podcasts", url=url, author=None, box=box))


def often_podcast(shown: Sheet) -> Sheet:
    return as_podcast(shown) if random.Random(f"podcast {shown.number}").random() < 0.5 else shown


def of_a_robot(shown: Sheet) -> Sheet:
    size, place = f"{shown.number % 5 + 2}.{shown.number % 10}", make_story(shown.number).headline.split()[3]
    text = (
        f"An earthquake of magnitude {size} was measured near {place} at {shown.number % 24}:15, the institute said.",
        f"Its depth was {shown.number % 40} kilometres. No damage was reported in {place} and around.",
        "This report was made from data of the institute.",
    )
    headline = f"Earthquake of magnitude {size} near {place}"
    return replace(shown, headline=headline, dek="", author=None, paragraphs=text)


def on_a_flood(shown: Sheet) -> Sheet:
    headline = f"Flood: {shown.headline}"
    text = (f"The flood was told here too. {shown.paragraphs[0]}", *shown.paragraphs[1:5])
    return replace(shown, headline=headline, paragraphs=(*text, *BACKGROUND))


HONEST_DAYS: dict[str, tuple[Break, Break]] = {  # name -> (as usual, on the day)
    "forty stories on one day": (lambda shown: shown, on_one_day),
    "forty on one day, days only": (with_day_only, lambda shown: with_day_only(on_one_day(shown))),
    "a day filled from a sitemap": (lambda shown: shown, lambda shown: off_feed(on_one_day(shown))),
    "an old day filled, days only": (with_day_only, lambda shown: off_feed(replace(shown, date="2026-01-12"))),
    "the printed edition": (lambda shown: shown, in_print),
    "a new section": (lambda shown: shown, often_podcast),
    "a wire of short similar texts": (of_a_robot, of_a_robot),
    "follow-ups with the same background": (lambda shown: shown, on_a_flood),
    "a night of agency texts": (lambda shown: shown, lambda shown: replace(shown, author="AFP")),
    "a night of one writer": (lambda shown: shown, lambda shown: replace(shown, author="Ada Larsson")),
}


@pytest.mark.parametrize("name", HONEST_DAYS)
def test_an_honest_day_raises_nothing(name: str) -> None:
    usually, on_the_day = HONEST_DAYS[name]
    _, alarms = followed(known(usually), (on_the_day(sheet(number)) for number in range(BEFORE, BEFORE + 40)))
    assert alarms == []


def test_a_live_blog_read_all_day_is_one_page() -> None:
    usual = known()
    for number in range(50):
        at = DAY + timedelta(minutes=number * 10)
        shown = replace(sheet(BEFORE), date=DAY.isoformat(), paragraphs=sheet(BEFORE + number).paragraphs)
        found = audit(usual, read(shown), page=BEFORE, url=shown.url, now=at)
        assert found.raised == ()
        usual = found.usual
    assert usual.page_count == BEFORE + 1


def test_sections_read_one_after_the_other_raise_nothing() -> None:
    numbers = sorted(range(BEFORE, BEFORE + 120), key=lambda number: sheet(number).section)
    assert followed(known(), map(sheet, numbers))[1] == []


@pytest.mark.slow
def test_two_thousand_pages_raise_nothing() -> None:
    assert followed(Usual(), map(sheet, range(2000)))[1] == []
