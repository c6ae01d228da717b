"""Operating an installation: asking for work, pausing, and how everything is doing. API, page and CLI call it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection
from datetime import datetime

from config.sources import SourceSet
from indexer.engine import EngineHealth
from news.source import Source
from search.operations.condition import ConditionReader
from search.operations.overview import DaemonState
from search.operations.requests import Requests
from store.learned.audits import AlarmView
from store.leases import DAEMON_LEASE
from store.overview import Totals
from store.pauses import EVERYTHING
from store.service import Store
from store.sizes import Sizes
from store.subscriptions import Subscriptions
from store.views import FailureView, RunView


class Operations:
    """What operators do; safe to call from several threads."""

    def __init__(
        self,
        store: Store,
        sources: Callable[[], SourceSet],
        *,
        engine_health: Callable[[], EngineHealth],
        clock: Callable[[], datetime],
        next_slot_at: Callable[[Source, datetime], datetime | None] = lambda source, now: None,
        wake: Callable[[], None] = lambda: None,
        daemon_state: Callable[[], DaemonState | None] = lambda: None,
    ) -> None:
        """`sources` gives the sources in force, `wake` tells a daemon that there is something to do.

        `daemon_state` tells what only the daemon knows of itself; None in any other process.
        """
        self._store = store
        self._sources = sources
        self._clock = clock
        self._wake = wake
        self.requests = Requests(store, sources, clock=clock, wake=wake)
        self.condition = ConditionReader(
            store,
            sources,
            self.requests,
            clock=clock,
            engine_health=engine_health,
            next_slot_at=next_slot_at,
            daemon_state=daemon_state,
        )
        self.stopping = threading.Event()  # set when the server goes: streams of progress end

    def now(self) -> datetime:
        """The clock that everything here is told by."""
        return self._clock()

    def wake(self) -> None:
        """Tell a daemon that there is something to do."""
        self._wake()

    def daemon(self) -> str | None:
        """Who runs the daemon; None when nobody does, so that requests wait."""
        return self._store.leases.living_holder_of(DAEMON_LEASE, now=self._clock())

    def pause(self, scope: str) -> datetime:
        """Begin no crawl of this source, or of any for EVERYTHING; since when it is so. Raises NotFoundError."""
        if scope != EVERYTHING:
            self._sources().get(scope)
        self._store.pauses.pause(scope, now=self._clock())
        return self._store.pauses.all().get(scope, self._clock())

    def resume(self, scope: str) -> bool:
        """End a pause; False when there was none. EVERYTHING ends those of single sources too."""
        ended = self._store.pauses.resume(scope)
        self._wake()
        return ended

    def pauses(self) -> dict[str, datetime]:
        """What is paused, and since when."""
        return self._store.pauses.all()

    def runs(self, *, source_id: str | None = None, limit: int) -> list[RunView]:
        """The newest crawls."""
        return self._store.activity.runs(source_id=source_id, limit=limit)

    def newest_run_id(self) -> int:
        """The id of the newest crawl."""
        return self._store.overview.newest_run_id()

    def runs_after(self, run_id: int, *, also: Collection[int]) -> list[RunView]:
        """The crawls begun after this one, and those of these ids."""
        return self._store.overview.runs_after(run_id, also=also)

    def failures(self, *, source_id: str | None = None, limit: int) -> list[FailureView]:
        """URLs whose last fetch failed; of sources that are no more only those of the one named."""
        source_ids = list(self._sources().by_id) if source_id is None else [source_id]
        return self._store.activity.failures(source_ids=source_ids, limit=limit)

    def alarms(self, *, source_id: str | None = None, limit: int) -> list[AlarmView]:
        """Sources, or one, whose pages do not read as they usually did."""
        return self._store.audits.alarms(source_id, limit=limit)

    def totals(self) -> Totals:
        """How much is kept."""
        return self._store.overview.totals()

    def sizes(self) -> Sizes:
        """How much room record and archive take."""
        return self._store.sizes()

    @property
    def subscriptions(self) -> Subscriptions:
        """What the hubs of feeds were asked for."""
        return self._store.subscriptions
