"""Self-audit: whether a source's pages read as they usually do, from a few figures of each."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

LEARNING_PAGES = 30  # before a source has a usual; a choice
MEMORY_PAGES = 500.0  # after so many, half of what is known of a source is older; a choice

# Bernoulli CUSUM (E. S. Page, Continuous inspection schemes, Biometrika 1954): each page adds the logarithm of how much
# likelier it is on a broken source, where a sign is on BROKEN_RATE of the pages, than on this one; below zero it starts
# anew. With these choices a sign that is rare raises an alarm on its seventh page in a row, one that is on a third of
# the usual pages on the eighteenth, and one that is on more than that is no sign of anything.
BROKEN_RATE = 0.9
LEAST_RATE = 0.05
ALARM_AT = 18.0
TRIAL_PAGES = 100  # so long a sign is compared with what was usual when it began
MOST_SUSPICION = ALARM_AT + 6.0  # so that some good pages end an alarm

RECENT_TITLES = 30
RECENT_PAGES = 60  # addresses; a page that is read again and again counts once
TEMPLATES = 40
NEW_TEMPLATE_PAGES = 40  # after so many pages of the source a template is not new
TAKEN_OVER_SHARE = 0.5  # of the pages since its first that have it
DAYS = 30  # of scores kept

SHORT_FACTOR, SHORT_DEVIATIONS = 3.0, 2.5  # shorter than the usual length by both
TEASER_SHARE = 0.5  # of the body's words that are the page's own summary
MIN_STATED_SHARE = 0.5  # of the words of the body that the page states in its data
LINK_RISE, LINK_DEVIATIONS = 0.08, 3.0
BOILERPLATE_RISE = 0.2
BROKEN_SHARE = 0.01  # of the words that hold the marks of a wrong encoding


class Sign(StrEnum):
    """What may be wrong with a page as it was read."""

    NO_ARTICLE = "no_article"
    NO_TITLE = "no_title"  # none, or the same as on other pages of late
    NO_DATE = "no_date"
    NO_AUTHOR = "no_author"
    SHORT_BODY = "short_body"
    TEASER_BODY = "teaser_body"  # hardly more than the page's summary
    OTHER_BODY = "other_body"  # not the text that the page states in its data
    LINKED_BODY = "linked_body"  # links to other stories among the text
    BOILERPLATE_BODY = "boilerplate_body"
    BROKEN_TEXT = "broken_text"
    NEW_TEMPLATE = "new_template"  # the text stands elsewhere on the page than it did


# How much a sign takes from the score of 1, where the source's pages usually lack it; choices
_WEIGHTS = {
    Sign.NO_ARTICLE: 1.0, Sign.TEASER_BODY: 0.5, Sign.SHORT_BODY: 0.3, Sign.OTHER_BODY: 0.4, Sign.BROKEN_TEXT: 0.4,
    Sign.NO_TITLE: 0.4, Sign.LINKED_BODY: 0.2, Sign.BOILERPLATE_BODY: 0.2, Sign.NO_DATE: 0.2, Sign.NO_AUTHOR: 0.1,
    Sign.NEW_TEMPLATE: 0.0,
}  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Figures:
    """What is measured of one page as it was read; of a page without an article, the reason alone."""

    reason: str | None = None  # why there is no article
    title: int | None = None  # digest of the headline the page shows; None = it shows none
    has_date: bool = True  # of its own, not the feed's
    has_author: bool = True
    body_characters: int = 0
    teaser_share: float = 0.0  # of the body's words that are the page's summary
    stated_share: float | None = None  # of the words of a body stated as data that are in the body; None = not stated
    link_share: float = 0.0  # of the characters around the story
    boilerplate_share: float = 0.0  # of the text that was left out as boilerplate
    broken_share: float = 0.0  # of the words that hold the marks of a wrong encoding
    template: str = ""  # where the text stood


@dataclass(frozen=True, slots=True)
class Spread:
    """A running mean and deviation."""

    mean: float = 0.0
    variance: float = 0.0

    @property
    def deviation(self) -> float:
        """The standard deviation."""
        return math.sqrt(self.variance)

    def after(self, value: float, weight: float) -> Spread:
        """With one more value; `weight` is its share of all."""
        gap = value - self.mean
        return Spread(self.mean + weight * gap, (1 - weight) * (self.variance + weight * gap * gap))


@dataclass(frozen=True, slots=True)
class Template:
    """A place where texts stand."""

    first: int  # number of the first page
    last: int
    count: int  # pages


@dataclass(frozen=True, slots=True)
class Beginning:
    """Where a suspicion began."""

    at: datetime
    page: int  # the source's pages before it
    rate: float  # of the sign until then: what follows must not make itself usual at once


@dataclass(frozen=True, kw_only=True, slots=True)
class Usual:
    """How the pages of a source usually read, and what is suspicious of late."""

    page_count: int = 0
    rates: Mapping[Sign, tuple[float, float]] = field(default_factory=dict)  # pages with the sign, pages judged
    length: Spread = field(default_factory=Spread)  # of the logarithm of the body's characters
    links: Spread = field(default_factory=Spread)
    boilerplate: Spread = field(default_factory=Spread)
    titles: tuple[int, ...] = ()  # of the newest pages
    pages: tuple[int, ...] = ()  # keys of the newest
    templates: Mapping[str, Template] = field(default_factory=dict)
    suspicion: Mapping[Sign, float] = field(default_factory=dict)
    since: Mapping[Sign, Beginning] = field(default_factory=dict)  # where a suspicion began
    standing: Mapping[Sign, datetime] = field(default_factory=dict)  # alarms, and since when
    scores: Mapping[str, tuple[int, float]] = field(default_factory=dict)  # day -> pages, sum of their scores

    def rate(self, sign: Sign) -> float:
        """The usual share of pages with a sign, never quite zero or one."""
        seen_with, seen = self.rates.get(sign, (0.0, 0.0))
        return max(LEAST_RATE, (seen_with + 1) / (seen + 2))

    @property
    def is_known(self) -> bool:
        """Whether enough pages were seen to tell what is usual."""
        return self.page_count >= LEARNING_PAGES


@dataclass(frozen=True, kw_only=True, slots=True)
class Alarm:
    """A sign that is on far more pages than it usually is."""

    sign: Sign
    since_at: datetime
    evidence: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Audit:
    """What a page came to."""

    score: float  # 1 = as usual, 0 = nothing was read
    usual: Usual  # with the page in it
    raised: tuple[Alarm, ...] = ()
    ended: tuple[Sign, ...] = ()


def audit(usual: Usual, figures: Figures, *, page: int, url: str, now: datetime) -> Audit:
    """Judge a page against its source, and learn from it; `page` tells pages apart, `url` is for people."""
    if page in usual.pages:
        others = replace(usual, titles=())  # its own headline is among them
        return Audit(score=_score(usual, signs_of(others, figures)), usual=usual)
    signs = signs_of(usual, figures)
    score = _score(usual, signs)
    suspicion, since = _suspicion(usual, signs, now)
    raised = tuple(
        Alarm(sign=sign, since_at=since[sign].at, evidence=_evidence(usual, sign, figures, url))
        for sign, value in suspicion.items()
        if value >= ALARM_AT and sign not in usual.standing
    )
    ended = tuple(sign for sign in usual.standing if suspicion.get(sign, 0.0) <= 0.0)
    standing = {sign: at for sign, at in usual.standing.items() if sign not in ended}
    standing |= {alarm.sign: alarm.since_at for alarm in raised}
    learned = replace(_learned(usual, figures, signs), suspicion=suspicion, since=since, standing=standing)
    learned = replace(learned, pages=(page, *usual.pages)[:RECENT_PAGES], scores=_scores(usual, score, now))
    return Audit(score=score, usual=learned, raised=raised, ended=ended)


def signs_of(usual: Usual, figures: Figures) -> Mapping[Sign, bool]:
    """Sign -> whether the page has it; signs it says nothing about are left out."""
    if figures.reason is not None:
        return {Sign.NO_ARTICLE: True}
    signs = {
        Sign.NO_ARTICLE: False,
        Sign.NO_TITLE: figures.title is None or figures.title in usual.titles,
        Sign.NO_DATE: not figures.has_date,
        Sign.NO_AUTHOR: not figures.has_author,
        Sign.TEASER_BODY: figures.teaser_share >= TEASER_SHARE,
        Sign.BROKEN_TEXT: figures.broken_share >= BROKEN_SHARE,
    }
    if figures.stated_share is not None:
        signs[Sign.OTHER_BODY] = figures.stated_share < MIN_STATED_SHARE
    if usual.is_known:
        signs[Sign.SHORT_BODY] = _length(figures) < _least_length(usual)
        signs[Sign.LINKED_BODY] = figures.link_share > _most_links(usual)
        signs[Sign.BOILERPLATE_BODY] = figures.boilerplate_share > _most_boilerplate(usual)
        signs[Sign.NEW_TEMPLATE] = _has_taken_over(usual, figures.template)
    return signs


def _length(figures: Figures) -> float:
    return math.log(max(1, figures.body_characters))


def _has_taken_over(usual: Usual, name: str) -> bool:
    """Whether a template is new and most pages have it since; many sources have rare ones that come and go."""
    template = usual.templates.get(name)
    if template is None or template.first < LEARNING_PAGES:
        return False
    pages = usual.page_count - template.first
    return pages < NEW_TEMPLATE_PAGES and template.count >= TAKEN_OVER_SHARE * pages


def _least_length(usual: Usual) -> float:
    if not usual.is_known:
        return 0.0
    return usual.length.mean - max(math.log(SHORT_FACTOR), SHORT_DEVIATIONS * usual.length.deviation)


def _most_links(usual: Usual) -> float:
    if not usual.is_known:
        return 1.0
    return usual.links.mean + max(LINK_RISE, LINK_DEVIATIONS * usual.links.deviation)


def _most_boilerplate(usual: Usual) -> float:
    if not usual.is_known:
        return 1.0
    return usual.boilerplate.mean + max(BOILERPLATE_RISE, LINK_DEVIATIONS * usual.boilerplate.deviation)


def _score(usual: Usual, signs: Mapping[Sign, bool]) -> float:
    lost = sum(_WEIGHTS[sign] * (1 - usual.rate(sign)) for sign, is_set in signs.items() if is_set)
    return 0.0 if signs.get(Sign.NO_ARTICLE) else round(max(0.0, 1.0 - lost), 3)


def _suspicion(
    usual: Usual, signs: Mapping[Sign, bool], now: datetime
) -> tuple[dict[Sign, float], dict[Sign, Beginning]]:
    suspicion, since = dict(usual.suspicion), dict(usual.since)
    if not usual.is_known:
        return suspicion, since
    for sign, is_set in signs.items():
        begun = since.get(sign, Beginning(now, usual.page_count, usual.rate(sign)))
        rate = begun.rate if usual.page_count - begun.page < TRIAL_PAGES else usual.rate(sign)
        if is_set and rate < BROKEN_RATE:
            step = math.log(BROKEN_RATE / rate)
        else:  # what is on nearly every page has become usual
            step = math.log((1 - BROKEN_RATE) / (1 - min(rate, BROKEN_RATE / 2)))
        value = min(MOST_SUSPICION, suspicion.get(sign, 0.0) + step)
        if value <= 0.0:
            suspicion.pop(sign, None)
            since.pop(sign, None)
        else:
            suspicion[sign] = value
            since[sign] = begun
    return suspicion, since


def _learned(usual: Usual, figures: Figures, signs: Mapping[Sign, bool]) -> Usual:
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
        length=_spread(usual, Sign.SHORT_BODY, usual.length, max(_length(figures), _least_length(usual)), weight),
        links=_spread(usual, Sign.LINKED_BODY, usual.links, min(figures.link_share, _most_links(usual)), weight),
        boilerplate=_spread(
            usual,
            Sign.BOILERPLATE_BODY,
            usual.boilerplate,
            min(figures.boilerplate_share, _most_boilerplate(usual)),
            weight,
        ),
        titles=titles,
        templates=_templates(usual, figures.template),
    )


def _spread(usual: Usual, sign: Sign, spread: Spread, value: float, weight: float) -> Spread:
    """With one more value, unless it is suspicious by now: pages of a broken template do not tell what is usual."""
    begun = usual.since.get(sign)
    if begun is not None and usual.page_count - begun.page < TRIAL_PAGES:
        return spread
    return spread.after(value, weight)


def _templates(usual: Usual, name: str) -> dict[str, Template]:
    """The templates seen last; one that has not been seen for long is forgotten where there are too many."""
    templates = dict(usual.templates)
    known = templates.get(name, Template(usual.page_count, usual.page_count, 0))
    templates[name] = Template(known.first, usual.page_count, known.count + 1)
    newest = sorted(templates.items(), key=lambda entry: -entry[1].last)[:TEMPLATES]
    return dict(newest)


def _scores(usual: Usual, score: float, now: datetime) -> dict[str, tuple[int, float]]:
    day = now.date().isoformat()
    count, total = usual.scores.get(day, (0, 0.0))
    scores = {**usual.scores, day: (count + 1, round(total + score, 3))}
    return dict(sorted(scores.items())[-DAYS:])


def _evidence(usual: Usual, sign: Sign, figures: Figures, url: str) -> str:
    why = f" ({figures.reason})" if figures.reason else ""
    rate = usual.since[sign].rate if sign in usual.since else usual.rate(sign)
    return f"usually on {rate:.0%} of the pages, now on nearly every one{why}, such as {url}"
