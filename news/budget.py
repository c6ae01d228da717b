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
LEAST_EDITS = 0.02  # a choice: one chance in fifty is not worth a request, however many are left


@dataclass(frozen=True, kw_only=True, slots=True)
class Spending:
    """A source's revisits of late, the further back the less they count."""

    revisits: float = 0.0
    edits: float = 0.0  # expected in the time those revisits covered
    counted_at: datetime | None = None  # the moment the two numbers hold for

    def at(self, now: datetime) -> Spending:
        """The same seen from a later moment."""
        if self.counted_at is None:
            return Spending(counted_at=now)
        passed = max(0.0, (now - self.counted_at).total_seconds())
        keep = math.exp(-passed / MEMORY_SECONDS)
        return Spending(revisits=self.revisits * keep, edits=self.edits * keep, counted_at=max(now, self.counted_at))

    def spend(self, now: datetime, *, edits: float) -> Spending:
        """The record after one more revisit, which covered so many expected edits."""
        past = self.at(now)
        return Spending(revisits=past.revisits + 1, edits=past.edits + edits, counted_at=past.counted_at)

    def worthwhile_edits(self, now: datetime, *, revisits_per_day: int) -> float:
        """The number of expected edits from which on a revisit is worth its request; more while too much was spent."""
        past = self.at(now)
        overspent = max(1.0, past.revisits / revisits_per_day)
        return overspent * max(LEAST_EDITS, past.edits / revisits_per_day)
