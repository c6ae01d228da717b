"""Spending a source's requests where they find most: how likely an edit must be before a revisit is worth one.

Were edits to come at a steady pace, most would be caught when every article is asked for after the same number of
expected edits, whatever its own pace: the gain of a visit, 1 - exp(-edits), then pays the same everywhere. That number
is what the articles are expected to bring in a day over what may be asked in a day.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime

DAY_SECONDS = 86_400.0  # how long revisits are remembered, so that days are compared with days
WEEK_SECONDS = 7 * DAY_SECONDS  # how long what was expected of them is: a source's edits a day change slowly
OVERSPENT_POWER = 3  # a choice: a tenth too much spent asks for a third more edits
MOST_SPENT = 1.2  # a choice: days' budgets that count as spent before revisits are held back
FIRST_EDITS = 0.1  # a choice: what a revisit has to promise before a source is known
LEAST_EDITS = 0.02  # a choice: one chance in fifty is not worth a request, however many are left


@dataclass(frozen=True, kw_only=True, slots=True)
class Spending:
    """A source's revisits of late, the further back the less they count."""

    revisits: float = 0.0  # in a day
    edits: float = 0.0  # expected in the time those of a day covered, on the mean of a week
    started_at: datetime | None = None  # the first revisit
    counted_at: datetime | None = None  # the moment the two numbers hold for

    def spend(self, now: datetime, *, edits: float) -> Spending:
        """The record after one more revisit, which covered so many expected edits."""
        memory = self._edit_memory(now)
        return Spending(
            revisits=self.revisits * _kept(self.counted_at, now) + 1,
            edits=self.edits * _kept(self.counted_at, now, memory) + edits * DAY_SECONDS / memory,
            started_at=self.started_at or now,
            counted_at=max(now, self.counted_at or now),
        )

    def worthwhile_edits(self, now: datetime, *, revisits_per_day: int) -> float:
        """The number of expected edits from which on a revisit is worth its request; more while too much was spent.

        What a source brings in a day is learned in the first ones, in which FIRST_EDITS stand for it.
        """
        first = _kept(self.started_at, now)
        known = self.edits_per_day(now) / revisits_per_day
        expected = FIRST_EDITS * first + known * (1 - first)
        spent = self._spent(now) / revisits_per_day + first
        return max(LEAST_EDITS, expected) * float(max(1.0, spent) ** OVERSPENT_POWER)

    def edits_per_day(self, now: datetime) -> float:
        """The edits to be expected of the source's articles in a day; of a source's first day little is known."""
        return self.edits * _kept(self.counted_at, now, self._edit_memory(now))

    def of_late(self, now: datetime) -> float:
        """Revisits in about the last day, the further back the less they count."""
        return self._spent(now)

    def left(self, now: datetime, *, revisits_per_day: int) -> int:
        """How many revisits may be made now, however much they promise: a bucket that drains with time."""
        full = revisits_per_day * (MOST_SPENT - _kept(self.started_at, now))
        return max(0, math.ceil(full - self._spent(now)))

    def _spent(self, now: datetime) -> float:
        """Revisits in a day; what compares them takes the day before the first one as spent in full."""
        return self.revisits * _kept(self.counted_at, now)

    def _edit_memory(self, now: datetime) -> float:
        """A week, or as long as the source is known, so that the mean is right from the first day on."""
        known = (now - self.started_at).total_seconds() if self.started_at else 0.0
        return min(max(known, DAY_SECONDS / 2), WEEK_SECONDS)


def _kept(since: datetime | None, now: datetime, memory_seconds: float = DAY_SECONDS) -> float:
    """The share of what was counted then that still counts."""
    return math.exp(-max(0.0, (now - since).total_seconds()) / memory_seconds) if since is not None else 1.0
