"""How the pages of a source usually read: the figures of each page, and the statistics over all of them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

LEAST_RATE = 0.05  # lower bound for the rate of a sign, however rare it was
LEARNING_PAGES = 30  # pages needed to know what is usual; a choice
MEMORY_PAGES = 500.0  # pages after which older ones have half the weight; a choice
TRIAL_PAGES = 100  # for this many pages a sign is compared with what was usual when it began

RECENT_TITLES = 30
TEMPLATES = 40
NEW_TEMPLATE_PAGES = 40  # a template counts as new for this many pages of the source
TAKEN_OVER_SHARE = 0.5  # of the pages since it first appeared

SHORT_FACTOR, SHORT_DEVIATIONS = 3.0, 2.5  # short = below the usual length by both
LINK_RISE, LINK_DEVIATIONS = 0.08, 3.0
BOILERPLATE_RISE = 0.2


class Sign(StrEnum):
    """What may be wrong with a page as it was read."""

    NO_ARTICLE = "no_article"
    NO_TITLE = "no_title"  # none, or the same as on other recent pages
    NO_DATE = "no_date"
    NO_AUTHOR = "no_author"
    SHORT_BODY = "short_body"
    TEASER_BODY = "teaser_body"  # little more than the page's summary
    OTHER_BODY = "other_body"  # not the text stated in the page's data
    LINKED_BODY = "linked_body"  # links to other stories within the text
    BOILERPLATE_BODY = "boilerplate_body"
    BROKEN_TEXT = "broken_text"
    NEW_TEMPLATE = "new_template"  # the text stands in a different place on the page than before


@dataclass(frozen=True, kw_only=True, slots=True)
class Figures:
    """The measurements of one page as it was read; for a page without an article, only the reason."""

    reason: str | None = None  # why there is no article
    title: int | None = None  # digest of the headline shown on the page; None = it shows none
    has_date: bool = True  # the page's own: neither the feed's nor a guess
    has_author: bool = True
    body_characters: int = 0
    teaser_share: float = 0.0  # share of the body's words that are also the page's summary
    stated_share: float | None = None  # share that was read of the body stated in the page's data; None = not stated
    link_share: float = 0.0  # share of linked characters around the story
    boilerplate_share: float = 0.0  # share of the text that was left out as boilerplate
    broken_share: float = 0.0  # share of the words that show traces of a wrong encoding
    template: str = ""  # where on the page the text stood


@dataclass(frozen=True, slots=True)
class Spread:
    """A running mean and variance."""

    mean: float = 0.0
    variance: float = 0.0

    @property
    def deviation(self) -> float:
        """The standard deviation."""
        return math.sqrt(self.variance)

    def after(self, value: float, weight: float) -> Spread:
        """The spread with one more value; `weight` is its share of all."""
        gap = value - self.mean
        return Spread(self.mean + weight * gap, (1 - weight) * (self.variance + weight * gap * gap))


@dataclass(frozen=True, slots=True)
class Template:
    """A place on the page where texts stand."""

    first: int  # number of the first page
    last: int
    count: int  # number of pages


@dataclass(frozen=True, slots=True)
class Beginning:
    """Where a suspicion began."""

    at: datetime
    page: int  # the source's page count before it
    rate: float  # the sign's rate until then, so that what follows does not become usual at once


@dataclass(frozen=True, kw_only=True, slots=True)
class Usual:
    """How the pages of a source usually read, and what has been suspicious recently."""

    page_count: int = 0
    rates: Mapping[Sign, tuple[float, float]] = field(default_factory=dict)  # pages with the sign, pages judged
    length: Spread = field(default_factory=Spread)  # of the logarithm of the body's characters
    links: Spread = field(default_factory=Spread)
    boilerplate: Spread = field(default_factory=Spread)
    titles: tuple[int, ...] = ()  # of the newest pages
    pages: tuple[int, ...] = ()  # keys of the newest pages
    templates: Mapping[str, Template] = field(default_factory=dict)
    suspicion: Mapping[Sign, float] = field(default_factory=dict)
    since: Mapping[Sign, Beginning] = field(default_factory=dict)  # where a suspicion began
    standing: Mapping[Sign, datetime] = field(default_factory=dict)  # raised alarms, and since when
    scores: Mapping[str, tuple[int, float]] = field(default_factory=dict)  # day -> pages, sum of their scores

    def rate(self, sign: Sign) -> float:
        """The usual share of pages with a sign, never quite zero or one."""
        seen_with, seen = self.rates.get(sign, (0.0, 0.0))
        return max(LEAST_RATE, (seen_with + 1) / (seen + 2))

    @property
    def is_known(self) -> bool:
        """Whether enough pages were seen to know what is usual."""
        return self.page_count >= LEARNING_PAGES


def with_page(usual: Usual, figures: Figures, signs: Mapping[Sign, bool]) -> Usual:
    """The statistics with one more page, which has these signs."""
    number = usual.page_count + 1
    rates = dict(usual.rates)
    for sign, is_set in signs.items():
        seen_with, seen = rates.get(sign, (0.0, 0.0))
        keep = 0.5 if seen >= MEMORY_PAGES else 1.0
        rates[sign] = (seen_with * keep + is_set, seen * keep + 1)
    if figures.reason is not None:
        return replace(usual, page_count=number, rates=rates)
    read = rates[Sign.NO_ARTICLE]
    weight = 1 / min(MEMORY_PAGES, max(1.0, read[1] - read[0]))
    titles = (figures.title, *usual.titles)[:RECENT_TITLES] if figures.title is not None else usual.titles
    return replace(
        usual,
        page_count=number,
        rates=rates,
        length=_spread(usual, Sign.SHORT_BODY, usual.length, max(log_length(figures), least_length(usual)), weight),
        links=_spread(usual, Sign.LINKED_BODY, usual.links, min(figures.link_share, most_links(usual)), weight),
        boilerplate=_spread(
            usual,
            Sign.BOILERPLATE_BODY,
            usual.boilerplate,
            min(figures.boilerplate_share, most_boilerplate(usual)),
            weight,
        ),
        titles=titles,
        templates=_templates(usual, figures.template),
    )


def _spread(usual: Usual, sign: Sign, spread: Spread, value: float, weight: float) -> Spread:
    """Add a value unless the sign is suspicious: pages of a broken template do not show what is usual."""
    begun = usual.since.get(sign)
    if begun is not None and usual.page_count - begun.page < TRIAL_PAGES:
        return spread
    return spread.after(value, weight)


def _templates(usual: Usual, name: str) -> dict[str, Template]:
    """The most recently seen templates, including this one; the oldest are dropped when there are too many."""
    templates = dict(usual.templates)
    known = templates.get(name, Template(usual.page_count, usual.page_count, 0))
    templates[name] = Template(known.first, usual.page_count, known.count + 1)
    newest = sorted(templates.items(), key=lambda entry: -entry[1].last)[:TEMPLATES]
    return dict(newest)


def log_length(figures: Figures) -> float:
    """The logarithm of a body's length in characters; lengths are compared on this scale."""
    return math.log(max(1, figures.body_characters))


def has_taken_over(usual: Usual, name: str) -> bool:
    """Whether a template is new and on most pages since; many sources have rare ones that come and go."""
    template = usual.templates.get(name)
    if template is None or template.first < LEARNING_PAGES:
        return False
    pages = usual.page_count - template.first
    return pages < NEW_TEMPLATE_PAGES and template.count >= TAKEN_OVER_SHARE * pages


def least_length(usual: Usual) -> float:
    """The logarithm of the length below which a body counts as short."""
    if not usual.is_known:
        return 0.0
    return usual.length.mean - max(math.log(SHORT_FACTOR), SHORT_DEVIATIONS * usual.length.deviation)


def most_links(usual: Usual) -> float:
    """The share of links around a story above which there are too many."""
    if not usual.is_known:
        return 1.0
    return usual.links.mean + max(LINK_RISE, LINK_DEVIATIONS * usual.links.deviation)


def most_boilerplate(usual: Usual) -> float:
    """The share of boilerplate above which there is too much."""
    if not usual.is_known:
        return 1.0
    return usual.boilerplate.mean + max(BOILERPLATE_RISE, LINK_DEVIATIONS * usual.boilerplate.deviation)
