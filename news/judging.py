"""Which signs a page has, compared with how the pages of its source usually read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from news.parts import LEARNING_PAGES
from news.signs import Figures, Sign
from news.usual import COMPARED_STORIES, SPREAD_PAGES, Spread, Usual, least_length, log_length, most_share, shares_of

BODILESS = frozenset({"empty", "no_body"})  # news.article.NotArticleReason

# Shares of words or characters; choices
TEASER_SHARE = 0.5  # of the body's words that are also the page's own summary
MIN_STATED_SHARE = 0.5  # of the words of the body text stated in the page's data
BROKEN_SHARE = 0.01  # of the words that show traces of a wrong encoding
MIN_TITLE_SHARE = 0.3  # of the words of the shorter of two headlines
# Of the headline's words: fewer are in 3 to 6 % of the texts of the fundus and wcxb sets, and in 70 to 90 % of the
# texts of other pages in the same language
MIN_TOPIC_SHARE = 0.4
REPEATED_SHARE = 0.5  # of the body's longest sentences: with less in common, stories differ (news.boilerplate)
DOUBLED_SHARE = 0.3  # of the body's long sentences

MAX_DAYS_OFF = 1  # zones, and feeds that state when an entry was last changed
DATED_STORIES = 10  # the newest, of which at least
ONE_DATE_STORIES = 8  # have the page's date
OLD_MINUTES = timedelta(days=3) // timedelta(minutes=1)  # that far from now; the day's stories may well share a date
TIMED_RATE = 0.5  # of a source's pages: if more state only a day, stories that share one are nothing to wonder at

RARE_LANGUAGE = 0.05  # of the source's pages
NEW_TEMPLATE_PAGES = 40  # a template counts as new for this many pages of the source
TAKEN_OVER_SHARE = 0.5  # of the pages since it first appeared


def signs_of(usual: Usual, figures: Figures, now: datetime) -> dict[Sign, bool]:
    """Map each sign to whether the page has it; signs that cannot be judged are left out."""
    if figures.reason is not None:
        return {Sign.NO_ARTICLE: True} | ({Sign.SHORT_BODY: True} if _lacks_body(usual, figures) else {})
    found = {
        Sign.NO_ARTICLE: False,
        Sign.NO_DATE: not figures.has_date,
        Sign.NO_AUTHOR: not figures.has_author,
        Sign.OWN_AUTHOR: figures.is_own_author,
        Sign.TEASER_BODY: figures.teaser_share >= TEASER_SHARE,
        Sign.DOUBLED_BODY: figures.doubled_share >= DOUBLED_SHARE,
        Sign.BROKEN_TEXT: figures.broken_share >= BROKEN_SHARE,
    }
    if figures.stated_share is not None:
        found[Sign.OTHER_BODY] = figures.stated_share < MIN_STATED_SHARE
    found |= dict(_of_headline(usual, figures))
    found |= dict(_of_date(usual, figures, now))
    if figures.sentences and len(usual.stories) >= COMPARED_STORIES:  # with fewer, less seems to be repeated than is
        found[Sign.REPEATED_BODY] = repeated_share(usual, figures) >= REPEATED_SHARE
    return found | dict(_of_usual(usual, figures, found))


def _lacks_body(usual: Usual, figures: Figures) -> bool:
    """Whether the page has less text than usual: of some pages without their body a few lines are taken for it."""
    return figures.reason in BODILESS and usual.length.count >= SPREAD_PAGES


def _of_headline(usual: Usual, figures: Figures) -> Iterator[tuple[Sign, bool]]:
    yield Sign.NO_TITLE, figures.title is None or any(figures.title == story.title for story in usual.stories)
    if figures.title_share is not None:
        yield Sign.OTHER_TITLE, figures.title_share < MIN_TITLE_SHARE
    if figures.topic_share is not None:
        yield Sign.OFF_TOPIC, figures.topic_share < MIN_TOPIC_SHARE


def _of_date(usual: Usual, figures: Figures, now: datetime) -> Iterator[tuple[Sign, bool]]:
    is_confirmed = figures.days_off is not None and figures.days_off <= MAX_DAYS_OFF
    if figures.days_off is not None:
        yield Sign.OTHER_DATE, not is_confirmed
    if figures.moment is not None:
        yield Sign.NO_TIME, figures.is_day_only
        if not figures.is_day_only or usual.rate_before(Sign.NO_TIME) < TIMED_RATE:
            yield Sign.ONE_DATE, not is_confirmed and _is_one_date(usual, figures.moment, now)


def _is_one_date(usual: Usual, moment: int, now: datetime) -> bool:
    dated = [story.moment for story in usual.stories if story.moment is not None][:DATED_STORIES]
    is_old = abs(now.timestamp() // 60 - moment) >= OLD_MINUTES
    return is_old and dated.count(moment) >= ONE_DATE_STORIES


def repeated_share(usual: Usual, figures: Figures) -> float:
    """The share of the body's longest sentences that recent stories with other headlines have too."""
    others = {
        digest
        for story in usual.stories
        if story.title is None or story.title != figures.title
        for digest in story.sentences
    }
    total = sum(size for _, size in figures.sentences)
    return sum(size for digest, size in figures.sentences if digest in others) / max(1, total)


def _of_usual(usual: Usual, figures: Figures, found: Mapping[Sign, bool]) -> Iterator[tuple[Sign, bool]]:
    """The signs that are there if much differs from the usual, besides those that were found without it."""
    if usual.length.count >= SPREAD_PAGES:
        yield Sign.SHORT_BODY, log_length(figures) < least_length(usual)
    for sign, share in shares_of(figures).items():
        if usual.shares.get(sign, Spread()).count >= SPREAD_PAGES:
            yield sign, found.get(sign, False) or share > most_share(usual, sign)
    known = sum(usual.languages.values())
    if figures.language is not None and known >= LEARNING_PAGES:
        yield Sign.OTHER_LANGUAGE, usual.languages.get(figures.language, 0) < RARE_LANGUAGE * known
    if usual.is_known:
        yield Sign.NEW_TEMPLATE, has_taken_over(usual, figures.template)


def has_taken_over(usual: Usual, name: str) -> bool:
    """Whether a template is new and on most pages since; many sources have rare ones that come and go."""
    template = usual.templates.get(name)
    if template is None or template.first < LEARNING_PAGES:
        return False
    pages = usual.page_count - template.first
    return pages < NEW_TEMPLATE_PAGES and template.count >= TAKEN_OVER_SHARE * pages


def score_of(usual: Usual, signs: Mapping[Sign, bool]) -> float:
    """How well a page with these signs reads: 1 = as usual, 0 = nothing was read."""
    if signs.get(Sign.NO_ARTICLE):
        return 0.0
    lost = sum(_WEIGHTS.get(sign, 0.0) * (1 - usual.rate(sign)) for sign, is_set in signs.items() if is_set)
    return round(max(0.0, 1.0 - lost), 3)


# How much a sign lowers the score of 1 where the source's pages usually lack it; choices
_WEIGHTS = {
    Sign.REPEATED_BODY: 0.5, Sign.TEASER_BODY: 0.5, Sign.SHORT_BODY: 0.3, Sign.OTHER_BODY: 0.4, Sign.BROKEN_TEXT: 0.4,
    Sign.NO_TITLE: 0.4, Sign.OTHER_TITLE: 0.3, Sign.OFF_TOPIC: 0.2, Sign.LINKED_BODY: 0.2, Sign.LISTED_BODY: 0.2,
    Sign.PARTIAL_BODY: 0.2, Sign.DOUBLED_BODY: 0.2, Sign.BOILERPLATE_BODY: 0.2, Sign.OTHER_LANGUAGE: 0.2,
    Sign.NO_DATE: 0.2, Sign.OTHER_DATE: 0.2, Sign.ONE_DATE: 0.2, Sign.NO_AUTHOR: 0.1, Sign.OWN_AUTHOR: 0.1,
}  # fmt: skip
