"""The parts of a source whose pages are judged together: the folders of its addresses, its sections, its templates."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import dropwhile, takewhile
from urllib.parse import urlsplit

from news.chart import TRIAL_PAGES, Chart
from news.signs import Figures, Sign
from news.urls import host_of

LEARNING_PAGES = 30  # of the source, needed to know what is usual; a choice
MAX_PARTS = 24
LEAST_JUDGED_IN_PART = 12  # a choice
DOUBT = 0.5  # standard errors by which a part's rate may be higher; a choice
FORGOTTEN_PAGES = 300  # of the source, without one of the part
NEARLY_ALL = 0.8  # of the source's pages: no part of it any more
NEW_PART_PAGES = 12  # of the source, without one of its older parts, until a new part is no mere addition
FIRST_PAGES = 2  # of a folder that may yet be that of one story

MAX_FOLDERS = 2
MAX_FOLDER_HYPHENS = 2  # with more it is the name of a story
MAX_FOLDER_CHARACTERS = MAX_SECTION_CHARACTERS = 60
_HAS_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, kw_only=True, slots=True)
class Part(Chart):
    """One part of a source."""

    first: int  # the source's page count before its first page
    last: int  # before its newest

    def rate(self, sign: Sign) -> float:
        """The usual share of pages with a sign, on the careful side: parts are known from few pages."""
        rate, (seen_with, seen) = Chart.rate(self, sign), self.rates.get(sign, (0, 0))
        return min(1.0, rate + DOUBT * math.sqrt(rate * (1 - rate) / seen)) if seen_with else rate

    @property
    def least_judged(self) -> int:
        """The pages needed to know a sign's rate: more than for a source, since there are many parts."""
        return LEAST_JUDGED_IN_PART

    @property
    def is_settled(self) -> bool:
        """Whether the part was there when the source was learned, or is no longer new."""
        return self.first < LEARNING_PAGES or self.page_count >= TRIAL_PAGES

    def is_nearly_all(self, page_count: int) -> bool:
        """Whether the source, which has so many pages, has hardly any others."""
        since = page_count - self.first
        return since >= LEARNING_PAGES and self.page_count >= NEARLY_ALL * since


def part_names(figures: Figures, url: str, home: Part | None) -> tuple[str, ...]:
    """The parts that a page belongs to, in words; its section only if no folder tells it."""
    names = list(folders(url))
    if figures.section and home is None:
        names.append(f"in the section {figures.section[:MAX_SECTION_CHARACTERS]}")
    if figures.template:
        names.append(f"with the text in {figures.template}")
    return tuple(names)


@lru_cache(maxsize=64)  # asked for three times a page
def folders(url: str) -> tuple[str, ...]:
    """The folders of an address that tell a section, the widest first: neither dates nor numbers nor a story's name.

    >>> folders("https://www.paper.example/sport/rowing/2026/11/29/eight-wins")
    ('under paper.example/sport', 'under paper.example/sport/rowing')
    >>> folders("https://paper.example/2026/11/29/world/eight-wins"), folders("https://paper.example/eight-wins")
    (('under paper.example/world',), ())
    """
    try:
        steps = [step for step in urlsplit(url).path.split("/") if step][:-1]
    except ValueError:  # brackets that do not hold an IPv6 address
        return ()
    undated = list(dropwhile(_HAS_DIGIT.search, steps))[:MAX_FOLDERS]
    kept = list(takewhile(_tells_section, undated))
    host = host_of(url).removeprefix("www.")
    return tuple(f"under {host}/{'/'.join(kept[: count + 1])}" for count in range(len(kept)))


def _tells_section(step: str) -> bool:
    is_short = len(step) <= MAX_FOLDER_CHARACTERS and step.count("-") <= MAX_FOLDER_HYPHENS
    return is_short and not _HAS_DIGIT.search(step)


def home_part(parts: Mapping[str, Part], url: str, page_count: int) -> Part | None:
    """The part with which a page is first compared: its widest folder that is not nearly the whole source."""
    known = (parts.get(name) for name in folders(url))
    return next((part for part in known if part is not None and not part.is_nearly_all(page_count)), None)


def is_addition(parts: Mapping[str, Part], home: Part | None, page_count: int) -> bool:
    """Whether a page belongs to a new part while the older ones go on: it cannot tell whether the source broke.

    If only new parts are left, the source has new addresses, and its pages are compared with what it was.
    """
    if home is None or home.is_settled or home.page_count < FIRST_PAGES:
        return False
    return any(part.is_settled and page_count - part.last <= NEW_PART_PAGES for part in _folders_of(parts))


def _folders_of(parts: Mapping[str, Part]) -> list[Part]:
    return [part for name, part in parts.items() if name.startswith("under ")]


def with_parts(parts: Mapping[str, Part], changed: Mapping[str, Part], page_count: int) -> dict[str, Part]:
    """The parts after one more page, whose parts these are; the forgotten and then the smallest are dropped."""
    found = {**parts, **{name: replace(part, last=page_count) for name, part in changed.items()}}
    found = {name: part for name, part in found.items() if page_count - part.last <= FORGOTTEN_PAGES}
    return dict(sorted(found.items(), key=lambda entry: _worth(entry, changed))[-MAX_PARTS:])


def _worth(entry: tuple[str, Part], changed: Collection[str]) -> tuple[bool, int, int]:
    name, part = entry
    return name in changed, part.page_count, part.last
