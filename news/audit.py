"""Self-audit: whether a page reads as its source's pages usually do, and when enough do not to raise an alarm."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from news.usual import (
    TRIAL_PAGES,
    Beginning,
    Figures,
    Sign,
    Usual,
    has_taken_over,
    least_length,
    log_length,
    most_boilerplate,
    most_links,
    with_page,
)

# Bernoulli CUSUM (E. S. Page, Continuous inspection schemes, Biometrika 1954): each page adds the logarithm of how much
# likelier it is on a broken source, where a sign is on BROKEN_RATE of the pages, than on this one; the sum restarts
# when it falls below zero. With these choices a rare sign raises an alarm on its seventh page in a row, one usually on
# a third of the pages on its eighteenth, and one that is usual on more pages than that is ignored.
BROKEN_RATE = 0.9
ALARM_AT = 18.0
MOST_SUSPICION = ALARM_AT + 6.0  # the cap, so that a few good pages end an alarm

RECENT_PAGES = 60  # addresses; a page that is read repeatedly counts once
DAYS = 30  # days of scores kept

TEASER_SHARE = 0.5  # of the body's words that are also the page's own summary
MIN_STATED_SHARE = 0.5  # of the words of the body text stated in the page's data
BROKEN_SHARE = 0.01  # of the words that show traces of a wrong encoding


# How much a sign lowers the score of 1 where the source's pages usually lack it; choices
_WEIGHTS = {
    Sign.NO_ARTICLE: 1.0, Sign.TEASER_BODY: 0.5, Sign.SHORT_BODY: 0.3, Sign.OTHER_BODY: 0.4, Sign.BROKEN_TEXT: 0.4,
    Sign.NO_TITLE: 0.4, Sign.LINKED_BODY: 0.2, Sign.BOILERPLATE_BODY: 0.2, Sign.NO_DATE: 0.2, Sign.NO_AUTHOR: 0.1,
    Sign.NEW_TEMPLATE: 0.0,
}  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Alarm:
    """A sign that is on far more pages than usual."""

    sign: Sign
    since_at: datetime
    evidence: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Audit:
    """The result of auditing one page."""

    score: float  # 1 = as usual, 0 = nothing was read
    usual: Usual  # including this page
    raised: tuple[Alarm, ...] = ()
    ended: tuple[Sign, ...] = ()


def audit(usual: Usual, figures: Figures, *, page: int, url: str, now: datetime) -> Audit:
    """Judge a page against its source and learn from it; `page` identifies the page, `url` is for people."""
    if page in usual.pages:
        others = replace(usual, titles=())  # they include its own headline
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
    learned = replace(with_page(usual, figures, signs), suspicion=suspicion, since=since, standing=standing)
    learned = replace(learned, pages=(page, *usual.pages)[:RECENT_PAGES], scores=_scores(usual, score, now))
    return Audit(score=score, usual=learned, raised=raised, ended=ended)


def signs_of(usual: Usual, figures: Figures) -> Mapping[Sign, bool]:
    """Map each sign to whether the page has it; signs that cannot be judged are left out."""
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
        signs[Sign.SHORT_BODY] = log_length(figures) < least_length(usual)
        signs[Sign.LINKED_BODY] = figures.link_share > most_links(usual)
        signs[Sign.BOILERPLATE_BODY] = figures.boilerplate_share > most_boilerplate(usual)
        signs[Sign.NEW_TEMPLATE] = has_taken_over(usual, figures.template)
    return signs


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


def _scores(usual: Usual, score: float, now: datetime) -> dict[str, tuple[int, float]]:
    day = now.date().isoformat()
    count, total = usual.scores.get(day, (0, 0.0))
    scores = {**usual.scores, day: (count + 1, round(total + score, 3))}
    return dict(sorted(scores.items())[-DAYS:])


def _evidence(usual: Usual, sign: Sign, figures: Figures, url: str) -> str:
    why = f" ({figures.reason})" if figures.reason else ""
    rate = usual.since[sign].rate if sign in usual.since else usual.rate(sign)
    return f"usually on {rate:.0%} of the pages, now on nearly every one{why}, such as {url}"
