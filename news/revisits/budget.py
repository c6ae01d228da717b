"""Spending a source's requests where they find most: how likely an edit must be to make a revisit worthwhile.

If edits came at a steady pace, most would be caught by revisiting every article after the same number of expected
edits, whatever its own pace: the gain of a visit, 1 - exp(-edits), is then the same everywhere. That number is the
edits expected of all articles in a day divided by the revisits allowed in a day.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime

DAY_SECONDS = 86_400.0  # how long revisits are remembered, so that days are compared with days
WEEK_SECONDS = 7 * DAY_SECONDS  # how long their expected edits are remembered: a source's edits per day change slowly
OVERSPENT_POWER = 3  # a choice: overspending by a tenth requires a third more edits
MOST_SPENT = 1.2  # a choice: times a day's budget that may be spent before revisits are held back
FIRST_EDITS = 0.1  # a choice: the edits a revisit must promise while a source is still unknown
LEAST_EDITS = 0.02  # a choice: one chance in fifty is not worth a request, however many requests are left


@dataclass(frozen=True, kw_only=True, slots=True)
class Spending:
    """A source's recent revisits, weighted less the older they are."""

    revisits: float = 0.0  # per day
    edits: float = 0.0  # expected in the time that a day's revisits covered, averaged over a week
    started_at: datetime | None = None  # the first revisit
    counted_at: datetime | None = None  # the moment at which the two numbers hold

    def spend(self, now: datetime, *, edits: float) -> Spending:
        """The record after one more revisit, which covered this many expected edits."""
        memory = self._edit_memory(now)
        return Spending(
            revisits=self.revisits * _kept(self.counted_at, now) + 1,
            edits=self.edits * _kept(self.counted_at, now, memory) + edits * DAY_SECONDS / memory,
            started_at=self.started_at or now,
            counted_at=max(now, self.counted_at or now),
        )

    def worthwhile_edits(self, now: datetime, *, revisits_per_day: int) -> float:
        """How many expected edits make a revisit worth its request; higher after overspending.

        A source's edits per day are learned during its first days, when FIRST_EDITS fills in.
        """
        first = _kept(self.started_at, now)
        known = self.edits_per_day(now) / revisits_per_day
        expected = FIRST_EDITS * first + known * (1 - first)
        spent = self._spent(now) / revisits_per_day + first
        return max(LEAST_EDITS, expected) * float(max(1.0, spent) ** OVERSPENT_POWER)

    def edits_per_day(self, now: datetime) -> float:
        """The edits expected of the source's articles per day; unreliable during a source's first day."""
        return self.edits * _kept(self.counted_at, now, self._edit_memory(now))

    def of_late(self, now: datetime) -> float:
        """The revisits in about the last day, weighted less the older they are."""
        return self._spent(now)

    def left(self, now: datetime, *, revisits_per_day: int) -> int:
        """How many revisits may be made now, however promising: a bucket that drains with time."""
        full = revisits_per_day * (MOST_SPENT - _kept(self.started_at, now))
        return max(0, math.ceil(full - self._spent(now)))

    def _spent(self, now: datetime) -> float:
        """The revisits in a day; callers that compare them count the day before the first one as fully spent."""
        return self.revisits * _kept(self.counted_at, now)

    def _edit_memory(self, now: datetime) -> float:
        """A week, or the time the source has been known, so that the mean is right from the first day on."""
        known = (now - self.started_at).total_seconds() if self.started_at else 0.0
        return min(max(known, DAY_SECONDS / 2), WEEK_SECONDS)


def _kept(since: datetime | None, now: datetime, memory_seconds: float = DAY_SECONDS) -> float:
    """The share of what was counted at `since` that still counts."""
    return math.exp(-max(0.0, (now - since).total_seconds()) / memory_seconds) if since is not None else 1.0
