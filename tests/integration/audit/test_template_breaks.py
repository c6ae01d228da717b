"""Ten ways in which a redesign breaks a source, on pages that are really extracted."""

from __future__ import annotations

import gzip
import random
from dataclasses import replace
from pathlib import Path

import pytest

from crawler.reading.tasks import read_story
from news.alarms import Alarm
from news.article import Hints, Page
from news.audit import audit
from news.boilerplate import NO_BOILERPLATE
from news.signs import Figures, Sign
from news.source import ExtractionRules
from news.usual import Usual
from tests.support.audited_site import BREAKS, SITE_NAME, audited_page
from tests.support.corpora import need_corpora
from tests.support.stores import after

WITHIN = 20  # pages; issue 5
BEFORE = 60
OTHER_DATE = b'<script>window.build = {"created": "2024-05-03T10:00:00Z"}</script>'
HINTS = Hints(language="en", site_name=SITE_NAME)


def figures_of_page(number: int, broken: str | None = None) -> Figures:
    return read_figures(page_of(number, audited_page(number, broken)), HINTS)


def page_of(number: int, body: bytes) -> Page:
    return Page(url=f"https://paper.example/{number}", body=body, content_type="text/html")


def read_figures(page: Page, hints: Hints) -> Figures:
    figures = read_story(page, hints=hints, rules=ExtractionRules(), boilerplate=NO_BOILERPLATE).figures
    assert figures is not None
    return figures


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


def test_another_date_of_the_page_does_not_hide_that_its_own_is_gone(usual: Usual) -> None:
    alarms: list[Alarm] = []
    for number in range(BEFORE, BEFORE + WITHIN):
        body = audited_page(number, "date gone").replace(b"</footer>", OTHER_DATE + b"</footer>")
        figures = read_figures(page_of(number, body), HINTS)
        url = f"https://paper.example/{number}"
        found = audit(usual, figures, page=number, url=url, now=after(minutes=number))
        usual, alarms = found.usual, [*alarms, *found.raised]
    assert Sign.NO_DATE in {alarm.sign for alarm in alarms}


def test_pages_that_go_on_as_before_raise_nothing(usual: Usual) -> None:
    _, alarms = followed(usual, range(BEFORE, BEFORE + 100))
    assert alarms == []


@pytest.mark.slow
def test_two_thousand_pages_raise_nothing() -> None:
    _, alarms = followed(Usual(), range(2000))
    assert alarms == []


@pytest.mark.slow
@pytest.mark.corpora
def test_pages_of_many_publishers_in_any_order_raise_nothing() -> None:
    """Harder than one source: each page has a template, a length and habits of its own."""
    files = sorted((need_corpora() / "extraction" / "fundus" / "pages").rglob("*.html.gz"))
    measured = [real_figures(file) for file in files]
    for seed in range(10):
        dice, known = random.Random(seed), Usual()
        for number in range(2000):
            figures = replace(dice.choice(measured), title=number)
            found = audit(known, figures, page=number, url="https://paper.example", now=after(minutes=number))
            assert found.raised == ()
            known = found.usual


def real_figures(file: Path) -> Figures:
    page = Page(url="https://paper.example/a", body=gzip.decompress(file.read_bytes()), content_type="text/html")
    return read_figures(page, Hints())
