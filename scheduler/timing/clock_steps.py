"""Clock changes: detected by comparison with elapsed time, or by a record that is ahead of the clock."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta

from store.upkeep.planned import SAME_SLOTS

LEAST_STEP = timedelta(seconds=10)  # smaller steps are ordinary clock correction and do not matter to any plan
NO_STEP = timedelta(0)
LEAST_BEHIND = SAME_SLOTS  # smaller lags pass by themselves and repeat no slot
SETTLING_SECONDS = 600.0  # a machine that boots without the time gets it from the network within minutes


def passed_seconds() -> float:
    """Elapsed seconds independent of the clock, including sleep of the machine where the system counts it."""
    counted = getattr(time, "CLOCK_BOOTTIME", None)  # Linux; Python's monotonic clock stops during sleep
    return time.monotonic() if counted is None else time.clock_gettime(counted)


class ClockSteps:
    """Measures by how much the clock was set."""

    def __init__(self, clock: Callable[[], datetime], *, passed: Callable[[], float] = passed_seconds) -> None:
        self._clock = clock
        self._passed = passed
        self._seen = self._read()

    def since_last(self) -> timedelta:
        """How far the clock was set since the last call: positive is forward, NO_STEP is not at all."""
        before, self._seen = self._seen, self._read()
        step = (self._seen[0] - before[0]) - timedelta(seconds=self._seen[1] - before[1])
        return step if abs(step) >= LEAST_STEP else NO_STEP

    def _read(self) -> tuple[datetime, float]:
        return self._clock(), self._passed()


class ClockBehind:
    """A clock that starts behind the newest time in the record: it was ahead then, or has yet to be set now.

    A clock that has not been set within SETTLING_SECONDS is assumed to be right.
    """

    def __init__(
        self,
        reached_at: datetime | None,
        clock: Callable[[], datetime],
        *,
        passed: Callable[[], float] = passed_seconds,
    ) -> None:
        self._reached_at = reached_at
        self._clock = clock
        self._passed = passed
        self._begun = passed()

    def by(self) -> timedelta:
        """How far the clock is behind now; NO_STEP if only little."""
        behind = NO_STEP if self._reached_at is None else self._reached_at - self._clock()
        return behind if behind > LEAST_BEHIND else NO_STEP

    def settled(self) -> timedelta:
        """How far the clock had been ahead, told once after settling; NO_STEP before and afterwards."""
        behind = self.by()
        if behind and self._passed() - self._begun < SETTLING_SECONDS:
            return NO_STEP
        self._reached_at = None
        return behind
