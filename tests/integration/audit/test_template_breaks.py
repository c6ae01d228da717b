"""Ten ways in which a redesign breaks a source, on pages that are really extracted."""

from __future__ import annotations

import pytest

from crawler.reading import read_story
from news.article import Hints, Page
from news.audit import Alarm, Figures, Usual, audit
from news.boilerplate import NO_BOILERPLATE
from news.source import ExtractionRules
from tests.support.audited_site import BREAKS, SITE_NAME, audited_page
from tests.support.stores import after

WITHIN = 20  # pages; issue 5
BEFORE = 60


def figures_of_page(number: int, broken: str | None = None) -> Figures:
    page = Page(url=f"https://paper.example/{number}", body=audited_page(number, broken), content_type="text/html")
    hints = Hints(language="en", site_name=SITE_NAME)
    return read_story(page, hints=hints, rules=ExtractionRules(), boilerplate=NO_BOILERPLATE).figures


def followed(usual: Usual, numbers: range, broken: str | None = None) -> tuple[Usual, list[Alarm]]:
    alarms: list[Alarm] = []
    for number in numbers:
        figures = figures_of_page(number, broken)
        found = audit(usual, figures, page=number, url=f"https://paper.example/{number}", now=after(minutes=number))
        usual = found.usual
        alarms += found.raised
    return usual, alarms


@pytest.fixture(scope="module")
def usual() -> Usual:
    """The site as it is known after some pages."""
    known, alarms = followed(Usual(), range(BEFORE))
    assert alarms == []
    return known


@pytest.mark.parametrize("broken", BREAKS)
def test_each_break_is_found_within_twenty_pages(usual: Usual, broken: str) -> None:
    _, alarms = followed(usual, range(BEFORE, BEFORE + WITHIN), broken)
    assert alarms, broken


def test_pages_that_go_on_as_before_raise_nothing(usual: Usual) -> None:
    _, alarms = followed(usual, range(BEFORE, BEFORE + 100))
    assert alarms == []


@pytest.mark.slow
def test_two_thousand_pages_raise_nothing() -> None:
    _, alarms = followed(Usual(), range(2000))
    assert alarms == []
