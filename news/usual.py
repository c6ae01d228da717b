"""How the pages of a source usually read: the statistics over the figures of all its pages."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from news.chart import MEMORY_PAGES, Chart, counted
from news.parts import LEARNING_PAGES, Part
from news.signs import Figures, Sign

RECENT_STORIES = 30
COMPARED_STORIES = 20  # the newest, whose sentences are kept
RECENT_PAGES = 60  # addresses; a page that is read repeatedly counts once
TEMPLATES = 40
LANGUAGES = 8
SPREAD_PAGES = 12  # needed to know a mean and a deviation; a choice

SHORT_FACTOR, SHORT_DEVIATIONS = 3.0, 2.5  # short = below the usual length by both
RISE_DEVIATIONS = 3.0  # above the usual share, and by at least this much of all:
RISES = {
    Sign.OTHER_BODY: 0.25, Sign.PARTIAL_BODY: 0.25, Sign.LISTED_BODY: 0.15, Sign.LINKED_BODY: 0.08,
    Sign.BOILERPLATE_BODY: 0.2,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spread:
    """A running mean and variance."""

    mean: float = 0.0
    variance: float = 0.0
    count: int = 0

    @property
    def deviation(self) -> float:
        """The standard deviation."""
        return math.sqrt(self.variance)

    def after(self, value: float) -> Spread:
        """The spread with one more value; old ones lose weight as in the rates."""
        weight = 1 / min(MEMORY_PAGES, self.count + 1)
        gap = value - self.mean
        variance = (1 - weight) * (self.variance + weight * gap * gap)
        return Spread(self.mean + weight * gap, variance, self.count + 1)


@dataclass(frozen=True, slots=True)
class Template:
    """A place on the page where texts stand."""

    first: int  # number of the first page
    last: int
    count: int  # number of pages


@dataclass(frozen=True, slots=True)
class Story:
    """What later pages are compared with, of one that was read."""

    title: int | None = None  # as in Figures
    moment: int | None = None
    sentences: tuple[int, ...] = ()  # their digests


@dataclass(frozen=True, kw_only=True, slots=True)
class Usual(Chart):
    """How the pages of a source usually read, and what has been suspicious recently."""

    length: Spread = field(default_factory=Spread)  # of the logarithm of the body's characters
    shares: Mapping[Sign, Spread] = field(default_factory=dict)  # of the signs that are shares risen above the usual
    stories: tuple[Story, ...] = ()  # the newest
    pages: tuple[int, ...] = ()  # keys of the newest pages
    languages: Mapping[str, int] = field(default_factory=dict)  # number of pages in each
    templates: Mapping[str, Template] = field(default_factory=dict)
    scattered: Chart = field(default_factory=Chart)  # of signs on some pages, whatever their part
    parts: Mapping[str, Part] = field(default_factory=dict)
    scores: Mapping[str, tuple[int, float]] = field(default_factory=dict)  # day -> pages, sum of their scores

    @property
    def is_known(self) -> bool:
        """Whether enough pages were seen to know what is usual."""
        return self.page_count >= LEARNING_PAGES


def with_page(usual: Usual, figures: Figures, signs: Mapping[Sign, bool]) -> Usual:
    """The statistics with one more page, which has these signs."""
    learned = counted(usual, signs)
    if figures.reason is not None:
        return learned
    story = Story(figures.title, figures.moment, tuple(digest for digest, _ in figures.sentences))
    return replace(
        learned,
        length=_with_length(usual, figures),
        shares=_with_shares(usual, figures),
        stories=_with_story(usual, story),
        languages=_with_language(usual, figures.language),
        templates=_with_template(usual, figures.template),
    )


def _with_story(usual: Usual, story: Story) -> tuple[Story, ...]:
    older = usual.stories[COMPARED_STORIES - 1 : RECENT_STORIES - 1]
    return (story, *usual.stories[: COMPARED_STORIES - 1], *(replace(each, sentences=()) for each in older))


def _with_length(usual: Usual, figures: Figures) -> Spread:
    if usual.is_on_trial(Sign.SHORT_BODY):  # pages of a broken template do not show what is usual
        return usual.length
    return usual.length.after(max(log_length(figures), least_length(usual)))


def _with_shares(usual: Usual, figures: Figures) -> dict[Sign, Spread]:
    shares = dict(usual.shares)
    for sign, value in shares_of(figures).items():
        if not usual.is_on_trial(sign):
            shares[sign] = shares.get(sign, Spread()).after(min(value, most_share(usual, sign)))
    return shares


def _with_language(usual: Usual, language: str | None) -> Mapping[str, int]:
    if language is None or usual.is_on_trial(Sign.OTHER_LANGUAGE):
        return usual.languages
    counts = {**usual.languages, language: usual.languages.get(language, 0) + 1}
    return dict(sorted(counts.items(), key=lambda entry: -entry[1])[:LANGUAGES])


def _with_template(usual: Usual, name: str) -> dict[str, Template]:
    """The most recently seen templates, including this one; the oldest are dropped when there are too many."""
    templates = dict(usual.templates)
    known = templates.get(name, Template(usual.page_count, usual.page_count, 0))
    templates[name] = Template(known.first, usual.page_count, known.count + 1)
    newest = sorted(templates.items(), key=lambda entry: -entry[1].last)[:TEMPLATES]
    return dict(newest)


def log_length(figures: Figures) -> float:
    """The logarithm of a body's length in characters; lengths are compared on this scale."""
    return math.log(max(1, figures.body_characters))


def least_length(usual: Usual) -> float:
    """The logarithm of the length below which a body counts as short."""
    if usual.length.count < SPREAD_PAGES:
        return 0.0
    return usual.length.mean - max(math.log(SHORT_FACTOR), SHORT_DEVIATIONS * usual.length.deviation)


def shares_of(figures: Figures) -> dict[Sign, float]:
    """The page's shares of what is a fault if there is much more of it than usual; those not measured are left out."""
    shares = {
        Sign.OTHER_BODY: None if figures.stated_share is None else 1 - figures.stated_share,
        Sign.PARTIAL_BODY: figures.left_share,
        Sign.LISTED_BODY: figures.line_share,
        Sign.LINKED_BODY: figures.link_share,
        Sign.BOILERPLATE_BODY: figures.boilerplate_share,
    }
    return {sign: share for sign, share in shares.items() if share is not None}


def most_share(usual: Usual, sign: Sign) -> float:
    """The share above which there is too much."""
    spread = usual.shares.get(sign, Spread())
    if spread.count < SPREAD_PAGES:
        return 1.0
    return spread.mean + max(RISES[sign], RISE_DEVIATIONS * spread.deviation)
