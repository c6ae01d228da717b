"""Spending a source's requests where they find most: how likely an edit must be before a revisit is worth one.

Were edits to come at a steady pace, most would be caught when every article is asked for after the same number of
expected edits, whatever its own pace: the gain of a visit, 1 - exp(-edits), then pays the same everywhere. That number
is what the articles are expected to bring in a day over what may be asked in a day.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime

MEMORY_SECONDS = 86_400.0  # how long spending is remembered, so that days are compared with days
OVERSPENT_POWER = 3  # a choice: a tenth too much spent asks for a third more edits
MOST_SPENT = 1.5  # a choice: days' budgets that count as spent before revisits are held back
LEAST_EDITS = 0.02  # a choice: one chance in fifty is not worth a request, however many are left


@dataclass(frozen=True, kw_only=True, slots=True)
class Spending:
    """A source's revisits of late, the further back the less they count."""

    revisits: float = 0.0
    edits: float = 0.0  # expected in the time those revisits covered
    started_at: datetime | None = None  # the first revisit
    counted_at: datetime | None = None  # the moment the two numbers hold for

    def spend(self, now: datetime, *, edits: float) -> Spending:
        """The record after one more revisit, which covered so many expected edits."""
        keep = _kept(self.counted_at, now)
        return Spending(
            revisits=self.revisits * keep + 1,
            edits=self.edits * keep + edits,
            started_at=self.started_at or now,
            counted_at=max(now, self.counted_at or now),
        )

    def worthwhile_edits(self, now: datetime, *, revisits_per_day: int) -> float:
        """The number of expected edits from which on a revisit is worth its request; more while too much was spent.

        The day before the first revisit counts as one that was spent in full, so that the first one is not overspent.
        """
        keep = _kept(self.counted_at, now)
        spent = self.revisits * keep / revisits_per_day + _kept(self.started_at, now)
        expected = self.edits * keep / revisits_per_day
        return max(LEAST_EDITS, expected) * float(max(1.0, spent) ** OVERSPENT_POWER)

    def left(self, now: datetime, *, revisits_per_day: int) -> int:
        """How many revisits may be made now, however much they promise: a bucket that drains with time."""
        spent = self.revisits * _kept(self.counted_at, now)
        return max(0, math.ceil(MOST_SPENT * revisits_per_day - spent))


def _kept(since: datetime | None, now: datetime) -> float:
    """The share of what was counted then that still counts."""
    return math.exp(-max(0.0, (now - since).total_seconds()) / MEMORY_SECONDS) if since is not None else 1.0
