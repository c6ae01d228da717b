"""The daemon's periodic chores: renewing its lease, housekeeping, subscribing at hubs, applying retention."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from scheduler.housekeeping import apply_retention, close_lost_runs, finish_forgetting, place_older_copies
from scheduler.hubs import ask_hubs, leave_hubs
from scheduler.in_force import InForce
from scheduler.lock import DaemonLock
from scheduler.outages import outage
from store.leases.service import HEARTBEAT_SECONDS
from store.service import Store

HOUSEKEEPING_SECONDS = 60
RETENTION_SECONDS = 3600
VECTORS_SECONDS = 60


class Chores:
    """The daemon's own jobs; each is repeated later if the store fails."""

    def __init__(
        self,
        in_force: InForce,
        store: Store,
        lock: DaemonLock,
        *,
        clock: Callable[[], datetime],
        goes_on: Callable[[], bool],
        fail: Callable[[str], None],
        make_vectors: Callable[[Callable[[], bool]], object] | None = None,
    ) -> None:
        """`goes_on` turns False when the daemon is to stop; `fail` makes it stop and say why.

        `make_vectors` makes some vectors of articles, as long as what it is given says that it goes on; None = off.
        """
        self._in_force = in_force
        self._store = store
        self._lock = lock
        self._clock = clock
        self._goes_on = goes_on
        self._fail = fail
        self._make_vectors = make_vectors
        self._heartbeat_outage = outage("heartbeat", "the daemon's lease could not be renewed")
        self._tidying_outage = outage("housekeeping", "housekeeping failed")
        self._hubs_outage = outage("hubs", "hubs could not be asked")
        self._retention_outage = outage("retention", "retention could not be applied")
        self._vectors_outage = outage("vectors", "vectors could not be made")
        self._copies_after_id: str | None = ""  # older articles are placed up to this id; None = all are

    def add_to(self, jobs: Any) -> None:
        """Add the jobs to a scheduler of APScheduler."""
        every = {"trigger": "interval"}
        jobs.add_job(self._heartbeat, **every, seconds=HEARTBEAT_SECONDS, id="heartbeat")
        jobs.add_job(self._tidy, **every, seconds=HOUSEKEEPING_SECONDS, id="housekeeping")
        jobs.add_job(self._ask_hubs, **every, seconds=HOUSEKEEPING_SECONDS, id="hubs")
        if self._make_vectors is not None:
            args = [self._make_vectors]
            jobs.add_job(self._add_vectors, **every, args=args, seconds=VECTORS_SECONDS, id="vectors")
        jobs.add_job(self._apply_retention, **every, seconds=RETENTION_SECONDS, id="retention")

    def _heartbeat(self) -> None:
        held = found = True  # if the store cannot say; another daemon would find the lease expired
        with self._heartbeat_outage.told():
            held = self._lock.renew(now=self._clock())
            found = self._lock.is_found()
        if not held:
            self._fail("another daemon took over this record while this one stood still; it ends to leave it alone")
        elif not found:
            data_dir = self._in_force.settings.data_dir
            self._fail(f"the record in {data_dir} was moved, deleted or replaced; put it back there and start again")

    def _tidy(self) -> None:
        with self._tidying_outage.told():
            close_lost_runs(self._store, now=self._clock())
            finish_forgetting(self._store, goes_on=self._goes_on)
            if self._copies_after_id is not None:
                self._copies_after_id = place_older_copies(
                    self._store, self._copies_after_id, now=self._clock, goes_on=self._goes_on
                )

    def _ask_hubs(self) -> None:
        with self._hubs_outage.told():
            followed = [source.id for source in self._in_force.sources.enabled()]
            leave_hubs(self._store, self._in_force.settings, followed, now=self._clock())
            ask_hubs(self._store, self._in_force.settings, followed, now=self._clock())

    def _add_vectors(self, make: Callable[[Callable[[], bool]], object]) -> None:
        with self._vectors_outage.told():
            make(self._goes_on)

    def _apply_retention(self) -> None:
        with self._retention_outage.told():
            retention = self._in_force.settings.retention
            apply_retention(self._store, retention, now=self._clock(), goes_on=self._goes_on)
