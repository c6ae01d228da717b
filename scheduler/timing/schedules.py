"""Firing slots: turning schedules and the clock into due rows in the store."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from config.sources import SourceSet
from crawler.crawls.declared import declared
from news.source import Source
from scheduler.timing.slots import due_slot
from scheduler.timing.trigger import SlotTrigger
from store.outage import Outage
from store.service import Store
from store.views import SlotView

TICK_SECONDS = 15  # how soon a forward step of the clock is noticed: APScheduler sleeps until its next job
log = logging.getLogger(__name__)


def make_jobs() -> Any:
    """An APScheduler whose jobs exist only in this process; what is due is kept in the store."""
    jobs = BackgroundScheduler(
        timezone=UTC,
        executors={"default": ThreadPoolExecutor(4)},
        # A late job still runs, once: the store knows which slots have fired
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    jobs.add_job(lambda: None, "interval", seconds=TICK_SECONDS, id="tick")
    return jobs


class Schedules:
    """The schedules of the followed sources."""

    def __init__(
        self, store: Store, jobs: Any, *, clock: Callable[[], datetime], on_due: Callable[[], None] = lambda: None
    ) -> None:
        self._store = store
        self._jobs = jobs
        self._clock = clock
        self._on_due = on_due
        self._followed: dict[str, Source] = {}
        # A slot that could not be written stays due: the next one of its source includes it
        self._outage = Outage(log, waits="slots cannot be written", goes_on="slots are written again")

    def follow(self, sources: SourceSet) -> None:
        """Follow these sources' schedules from now on; missed slots fire at once, coalesced."""
        followed = {source.id: source for source in sources.enabled()}
        for source in followed.values():
            if source != self._followed.get(source.id):
                self._begin(source)
        with_jobs = {_job_id(source.id) for source in followed.values() if not source.schedule.is_adaptive}
        for source in self._followed.values():
            if _job_id(source.id) not in with_jobs and self._jobs.get_job(_job_id(source.id)) is not None:
                self._jobs.remove_job(_job_id(source.id))
        self._followed = followed
        for source in followed.values():
            self.fire(source)

    def _begin(self, source: Source) -> None:
        """Add the source's documents, which are due as they are new, and schedule its slots."""
        now = self._clock()
        known = declared(source)
        self._store.frontier.add(known, source_id=source.id, found_on=None, now=now)
        if not source.schedule.is_adaptive:
            trigger = SlotTrigger(source.schedule, source.id)
            job_id = _job_id(source.id)
            self._jobs.add_job(self.fire, trigger, args=[source], id=job_id, name=source.id, replace_existing=True)
        elif not known and self._store.slots.last(source.id) is None:  # only robots.txt can lead on, in a crawl
            self._store.slots.fire(source.id, now, missed_count=0, now=now)

    def intervals(self) -> dict[str, timedelta]:
        """The interval between slots by source id, for schedules that are intervals."""
        every = ((source.id, source.schedule.every_seconds) for source in self._followed.values())
        return {source_id: timedelta(seconds=seconds) for source_id, seconds in every if seconds is not None}

    def fire(self, source: Source) -> None:
        """Fire the source's newest slot if it is due."""
        fired = None
        with self._outage.told():
            fired = self._fire(source, now=self._clock())
        if fired is None:
            return
        fields = {"source_id": source.id, "slot_at": fired.slot_at.isoformat(), "missed_count": fired.missed_count}
        if fired.skipped is not None:
            log.info("%s is due, with no crawl of its own: %s", source.id, fired.skipped, extra=fields)
        else:
            log.info("%s is due", source.id, extra=fields)
        self._on_due()

    def _fire(self, source: Source, *, now: datetime) -> SlotView | None:
        due = due_slot(source.schedule, source.id, last=self._store.slots.last(source.id), now=now)
        if due is None:
            return None
        return self._store.slots.fire(source.id, due.slot_at, missed_count=due.missed_count, now=now)


def _job_id(source_id: str) -> str:
    return f"source:{source_id}"
