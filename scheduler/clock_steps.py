"""Clocks that are set while the daemon runs: noticed by the time that passes meanwhile."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta

LEAST_STEP = timedelta(seconds=10)  # less is how clocks are kept right, and matters to nothing that is planned
NO_STEP = timedelta(0)


def passed_seconds() -> float:
    """Time that passes whatever the clock says, sleep of the machine included where the system counts it."""
    counted = getattr(time, "CLOCK_BOOTTIME", None)  # Linux; Python's monotonic clock stands still in sleep
    return time.monotonic() if counted is None else time.clock_gettime(counted)


class ClockSteps:
    """Tells by how much a clock was set."""

    def __init__(self, clock: Callable[[], datetime], *, passed: Callable[[], float] = passed_seconds) -> None:
        self._clock = clock
        self._passed = passed
        self._seen = self._read()

    def since_last(self) -> timedelta:
        """How far the clock was set since this was asked last: positive is forward, NO_STEP is not at all."""
        before, self._seen = self._seen, self._read()
        step = (self._seen[0] - before[0]) - timedelta(seconds=self._seen[1] - before[1])
        return step if abs(step) >= LEAST_STEP else NO_STEP

    def _read(self) -> tuple[datetime, float]:
        return self._clock(), self._passed()
