"""Compensation for clock changes: adjusts the times of jobs and of everything planned in the record."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from scheduler.outages import outage
from scheduler.timing.clock_steps import NO_STEP, ClockBehind, ClockSteps
from scheduler.timing.schedules import Schedules
from store.service import Store

log = logging.getLogger(__name__)


class ClockMinder:
    """Checks the clock once a second, in the daemon's main thread."""

    def __init__(
        self,
        store: Store,
        jobs: Any,
        schedules: Schedules,
        *,
        clock: Callable[[], datetime],
        on_sooner: Callable[[], None],
    ) -> None:
        """`on_sooner` is called once the record's plans were moved to earlier times; it may raise StoreError."""
        self._store = store
        self._jobs = jobs
        self._schedules = schedules
        self._clock = clock
        self._on_sooner = on_sooner
        self._steps = ClockSteps(clock)
        self._behind = ClockBehind(None, clock)
        self._set_back = NO_STEP  # how far the clock was set back and the record was not yet adjusted
        self._outage = outage("planned", "what is planned could not be brought nearer")

    def look_for_a_clock_ahead(self) -> None:
        """Find out whether the record was written by a clock ahead of today's."""
        with self._outage.told():
            self._behind = ClockBehind(self._store.planned.reached_at(), self._clock)
        if behind := self._behind.by():
            log.warning("the newest crawl lies %s in the future: is the clock right?", behind)
            log.warning("if it is not set within ten minutes, what was planned is brought nearer by as much")

    def look(self) -> None:
        """Handle what happened to the clock since the last check."""
        self.mind(self._steps.since_last())

    def mind(self, step: timedelta) -> None:
        """Handle a clock that was set by this much."""
        if step:
            log.warning("the clock was set %s by %s", "forward" if step > NO_STEP else "back", abs(step))
            for job in self._jobs.get_jobs():  # a job scheduled in the far future would otherwise wait for that time
                job.modify(next_run_time=self._clock())
        self._set_back = max(NO_STEP, self._set_back - step, self._behind.settled())
        if not self._set_back:
            return
        with self._outage.told():  # if this fails it is retried a second later
            intervals = self._schedules.intervals()
            self._store.planned.clock_set_back(self._set_back, now=self._clock(), intervals=intervals)
            log.info("what was planned comes %s sooner", self._set_back)
            self._set_back = NO_STEP
            self._on_sooner()
