"""Removes days of the request rather than the story: today's date at the top of a page, and generated timestamps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from crawler.extraction.dates.day_statements import Statement
from crawler.extraction.dates.moments import Moment, clock_of
from crawler.extraction.dates.shown_days import NOWHERE

# From this many passages before the headline, a shown day is today's if a line below the headline shows an earlier
# one: the earlier was the story's on 23 of 24 pages of the developers' corpora, but on only two of five if the other
# is right above the headline.
PASSAGES_ABOVE = 2
PASSAGES_BEHIND = 12
STAMP = timedelta(minutes=10)  # at most, between a stamp and the fetch; a choice
MIN_APART = timedelta(days=2)  # between a stamp and the shown day, more than time zones explain

_STAMPED = ("json-ld", "json-ld created", "meta", "itemprop", "vague meta")


def without_days_of_asking(statements: Sequence[Statement], fetched_at: datetime | None) -> list[Statement]:
    """The statements without today's date and stamps of the fetch, if a line below the headline shows an older day."""
    below = min((one.moment for one in statements if _is_below(one)), key=lambda moment: moment.day, default=None)
    if below is None:
        return list(statements)
    return [one for one in statements if not (_is_todays(one, below, fetched_at) or _is_stamp(one, below, fetched_at))]


def _is_below(one: Statement) -> bool:
    """Whether a day is shown between the headline and the story."""
    shown = one.measures if one.place == "shown" else None
    if not shown or not 0 <= shown["distance"] <= PASSAGES_BEHIND or shown["linked"] == 1:
        return False
    return not any(shown[name] for name in ("modified", "in_story", "in_comment", "in_related", "in_figure"))


def _is_todays(one: Statement, below: Moment, fetched_at: datetime | None) -> bool:
    shown = one.measures if one.place == "shown" else None
    if not shown or one.moment.day <= below.day or shown["published"]:
        return False
    is_of_fetch = fetched_at is not None and one.moment.day_only and one.moment.day == fetched_at.strftime("%Y-%m-%d")
    return -shown["distance"] >= (1 if is_of_fetch else PASSAGES_ABOVE) and shown["distance"] > NOWHERE


def _is_stamp(one: Statement, below: Moment, fetched_at: datetime | None) -> bool:
    """Whether a stated time of publication is just that of the fetch, as the page shows an earlier day."""
    if fetched_at is None or one.place not in _STAMPED or one.moment.day_only:
        return False
    is_now = any(abs(at - fetched_at) <= STAMP for at in (one.moment.at, clock_of(one.moment)))
    return is_now and one.moment.at - below.at > MIN_APART
