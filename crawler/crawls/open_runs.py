"""The runs open in this process, each with its leases."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from crawler.crawls.session import lease_token
from news.source import Source
from news.triggers import Trigger
from store.leases.service import Claim, Leases, lease_names
from store.service import Store

log = logging.getLogger(__name__)


class OpenRuns:
    """Opens and closes runs; used only in the writer's thread."""

    def __init__(self, store: Store, *, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock
        self._ids: set[int] = set()

    def begin(self, source: Source, trigger: Trigger) -> tuple[int | None, Claim]:
        """Acquire the source's leases and open its run; no run (None) if they are refused."""
        now = self._clock()
        claim = self._before(source).acquire(lease_names(source), now=now)
        if not claim.granted:
            return None, claim
        run_id = self._store.runs.start(source.id, trigger, now=now)
        self._ids.add(run_id)
        return run_id, claim

    def leases(self, source: Source, run_id: int) -> Leases:
        """The leases acquired for a run, from now on held in its name."""
        return self._before(source).hand_over(lease_names(source), lease_token(run_id))

    def _before(self, source: Source) -> Leases:
        """The leases in the name that a crawl uses until its run gives it one."""
        return self._store.leases.claimant(f"the crawl of {source.id}")

    def end(self, run_id: int) -> None:
        """Note that the crawl of this run is over."""
        self._ids.discard(run_id)

    def close_lost(self) -> None:
        """Close the runs that this process's crawls left open when the store failed. Raises StoreError."""
        for run_id in self._store.runs.close_own(but=self._ids, now=self._clock()):
            self._store.leases.claimant(lease_token(run_id)).release_all()
            log.warning("run %d, which the store failed, is closed", run_id, extra={"run_id": run_id})
