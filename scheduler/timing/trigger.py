"""An APScheduler trigger for a source's slots.

APScheduler's own cron trigger fires twice in the fold of an autumn change and reads the clock itself; this one uses
the pure functions of `scheduler.timing.slots`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from apscheduler.triggers.base import BaseTrigger

from news.schedule import Schedule
from scheduler.timing.slots import next_fire_at


class SlotTrigger(BaseTrigger):  # type: ignore[misc]  # APScheduler 3 ships no types
    """Fires at the slots of one source's schedule."""

    def __init__(self, schedule: Schedule, source_id: str) -> None:
        self._schedule = schedule
        self._source_id = source_id

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime | None:
        """The next slot after both times, so that a clock set back does not repeat one."""
        after = now if previous_fire_time is None else max(previous_fire_time, now)
        return next_fire_at(self._schedule, self._source_id, after)

    def __str__(self) -> str:
        """The name shown in APScheduler's log."""
        return f"slots of {self._source_id}"

    def __getstate__(self) -> dict[str, Any]:
        """Raise TypeError: jobs are created from the sources at every start and never stored."""
        raise TypeError("jobs of slots are not stored")
