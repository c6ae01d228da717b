"""How much of what a source names is held: its articles day by day, and those that are missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

DAYS_SHOWN = 14  # unless other days are asked for
MOST_DAYS = 366


class Missing(StrEnum):
    """Why an article that was named is not held; each is counted in a tally's field of that name."""

    WAITING = "waiting"
    FAILING = "failing"
    REFUSED = "refused"
    GONE = "gone"


@dataclass(frozen=True, kw_only=True, slots=True)
class DayTally:
    """The articles of one day (UTC), as they or the documents that name them are dated, by what became of them."""

    day: date
    held: int = 0  # including those that their publisher removed since
    waiting: int = 0  # not asked for yet
    failing: int = 0  # retried
    refused: int = 0  # robots.txt, the source's hosts or the address guard forbid them
    gone: int = 0  # answered 404 or 410 before they could be read
    no_article: int = 0  # pages without a story, which are not missing

    @property
    def missing(self) -> int:
        """Articles that were named and are not held."""
        return self.waiting + self.failing + self.refused + self.gone

    @property
    def share(self) -> float | None:
        """The share of named articles that is held, 0 to 1; None if none was named."""
        return _share(self.held, self.missing)

    @property
    def is_named(self) -> bool:
        """Whether anything was named for the day."""
        return self.held + self.missing + self.no_article > 0


@dataclass(frozen=True, kw_only=True, slots=True)
class MissingArticle:
    """An article that a feed, sitemap or section page named and that is not held."""

    url: str
    dated_at: datetime  # as it was dated where it was found; else when it was found
    title: str | None  # as it was called there
    why: Missing
    outcome: str | None  # of its last fetch, if any
    detail: str
    discovered_from: str | None
    next_due_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Completeness:
    """What is held of the articles that a source named for some days."""

    source_id: str
    days: Sequence[DayTally]  # every day of the span, oldest first
    missing_articles: Sequence[MissingArticle]  # the newest ones

    @property
    def held(self) -> int:
        """Articles held."""
        return sum(each.held for each in self.days)

    @property
    def missing(self) -> int:
        """Articles that were named and are not held."""
        return sum(each.missing for each in self.days)

    @property
    def share(self) -> float | None:
        """The share of named articles that is held, 0 to 1; None if none was named."""
        return _share(self.held, self.missing)


def _share(held: int, missing: int) -> float | None:
    return held / (held + missing) if held + missing else None


def percent(share: float) -> str:
    """A share as it is shown: whole only if nothing is missing.

    >>> percent(1.0), percent(0.99996), percent(2 / 3)
    ('100 %', '99.9 %', '66.7 %')
    """
    return "100 %" if share == 1 else f"{min(share * 100, 99.9):.1f} %"


def span_of_days(first: date | None, last: date | None, *, today: date) -> tuple[date, date]:
    """The first and last day to look at: up to today, and as many as are usually shown, unless they are named.

    Raises ValueError if they are out of order or too many.

    >>> span_of_days(None, None, today=date(2026, 11, 28))
    (datetime.date(2026, 11, 15), datetime.date(2026, 11, 28))
    """
    last = last or (today if first is None or first <= today else first)
    first = first or last - timedelta(days=min(DAYS_SHOWN, (last - date.min).days + 1) - 1)
    if last < first:
        raise ValueError(f"the last day, {last}, is before the first, {first}")
    if (last - first).days >= MOST_DAYS:
        raise ValueError(f"{first} to {last} are more than {MOST_DAYS} days; ask for fewer")
    return first, last


def every_day(first: date, last: date, tallies: Iterable[DayTally]) -> list[DayTally]:
    """A tally for each day of the span, empty where there is none."""
    known = {each.day: each for each in tallies}
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return [known.get(day, DayTally(day=day)) for day in days]
