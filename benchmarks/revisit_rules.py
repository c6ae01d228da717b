"""The rules that are compared: newsdex's, and the ones it has to beat. Times are seconds since the start."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from news.revisits.due import article_due_at
from news.revisits.habits import ArticleHistory, Habits, after_visit
from news.revisits.hazard import Hazard

EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
DAY = 86_400.0
LEAST_WAIT_SECONDS = 3600.0  # store.learned.revisits.LEAST_WAIT


class Rule(Protocol):
    """Says when an article is asked for again."""

    def met(self, article: int, now: float) -> float:
        """The due time after the first fetch."""

    def visited(self, article: int, now: float, changed: bool) -> float:
        """The due time after a revisit."""

    def held_until(self, now: float) -> float:
        """When what is due now may be asked for: later, where too much was spent."""


class _Unlimited:
    """A rule without a budget."""

    def held_until(self, now: float) -> float:
        return now


class FixedInterval(_Unlimited):
    """Every article again after the same time, for good."""

    def __init__(self, interval: float) -> None:
        self._interval = interval

    def met(self, article: int, now: float) -> float:
        return now + self._interval

    def visited(self, article: int, now: float, changed: bool) -> float:
        return now + self._interval


class Nutch(_Unlimited):
    """Apache Nutch's AdaptiveFetchSchedule with the rates of its nutch-default.xml: 0.4 up, 0.2 down.

    With `sync` also its sync_delta (rate 0.3), which is on by default there; without, the plain rule.
    """

    LEAST, MOST = 60.0, 365 * DAY

    def __init__(self, interval: float, *, sync: bool) -> None:
        self._start = interval
        self._sync = sync
        self._intervals: dict[int, float] = {}
        self._changed: dict[int, float] = {}

    def met(self, article: int, now: float) -> float:
        self._intervals[article], self._changed[article] = self._start, now
        return now + self._start

    def visited(self, article: int, now: float, changed: bool) -> float:
        interval = self._intervals[article] * (0.8 if changed else 1.4)
        self._changed[article] = now if changed else self._changed[article]
        delta = now - self._changed[article] if self._sync else 0.0
        interval = min(max(interval, delta, self.LEAST), self.MOST)
        self._intervals[article] = interval
        return now - 0.3 * delta + interval


class QuietTime(_Unlimited):
    """What newsdex did before: wait for half of the time an article stood unchanged, 15 minutes to 30 days."""

    def __init__(self, share: float) -> None:
        self._share = share
        self._least = 900.0 * share / 0.5
        self._changed: dict[int, float] = {}

    def met(self, article: int, now: float) -> float:
        self._changed[article] = now
        return now + self._least

    def visited(self, article: int, now: float, changed: bool) -> float:
        if changed:
            self._changed[article] = now
        return now + min(max((now - self._changed[article]) * self._share, self._least), 30 * DAY)


@dataclass(kw_only=True, slots=True)
class _Known:
    history: ArticleHistory
    seen_at: datetime


class Learned:
    """newsdex's rule, its statistics written after every visit and read by a crawl every `batch` visits."""

    def __init__(self, revisits_per_day: int, *, batch: int = 16) -> None:
        self._budget = revisits_per_day
        self._batch = batch
        self._habits = self._read = Habits()
        self._hazard = Hazard.learned(self._read.watched)
        self._visits = 0
        self._known: dict[int, _Known] = {}

    def met(self, article: int, now: float) -> float:
        at = _moment(now)
        history = ArticleHistory(born_at=at, met_at=at, changed_at=at, change_count=0)
        self._known[article] = _Known(history=history, seen_at=at)
        return self._due(history, at)

    def visited(self, article: int, now: float, changed: bool) -> float:
        known, at = self._known[article], _moment(now)
        old = known.history
        self._habits = after_visit(
            self._habits, old, seen_at=known.seen_at, now=at, changed=changed, hazard=self._hazard
        )
        self._visits += 1
        if self._visits % self._batch == 0:
            self._read = self._habits
            self._hazard = Hazard.learned(self._read.watched)
        known.seen_at = at
        if changed:
            known.history = ArticleHistory(
                born_at=old.born_at, met_at=old.met_at, changed_at=at, change_count=old.change_count + 1
            )
        return self._due(known.history, at)

    def held_until(self, now: float) -> float:
        left = self._read.spending.left(_moment(now), revisits_per_day=self._budget)
        return now if left else now + LEAST_WAIT_SECONDS

    def _due(self, history: ArticleHistory, at: datetime) -> float:
        due = article_due_at(history, self._read, hazard=self._hazard, revisits_per_day=self._budget, now=at)
        return (due - EPOCH).total_seconds()


def _moment(now: float) -> datetime:
    return EPOCH + timedelta(seconds=now)
