"""Operating an installation: requesting work, pausing, and its state. Called by the API, the page and the CLI."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection
from datetime import UTC, date, datetime

from config.sources import SourceSet
from indexer.engine import EngineHealth
from news.completeness import Completeness, span_of_days
from news.source import Source
from search.errors import BadRequest
from search.operations.condition import ConditionReader
from search.operations.overview import DaemonState
from search.operations.requests import Requests
from store.crawls.pauses import EVERYTHING
from store.crawls.subscriptions import Subscriptions
from store.figures.overview import Totals
from store.learned.audits import AlarmView
from store.leases.service import DAEMON_LEASE
from store.service import Store
from store.upkeep.sizes import Sizes
from store.views import FailureView, RunView


class Operations:
    """What operators can do; safe to call from several threads."""

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
        """`sources` returns the sources in force, `wake` tells a daemon that there is something to do.

        `daemon_state` returns what only the daemon knows about itself; None in any other process.
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
        self.stopping = threading.Event()  # set when the server stops: progress streams end

    def now(self) -> datetime:
        """The time of the clock that everything here uses."""
        return self._clock()

    def wake(self) -> None:
        """Tell a daemon that there is something to do."""
        self._wake()

    def daemon(self) -> str | None:
        """The holder of the daemon's lease; None when no daemon is running, so that requests wait."""
        return self._store.leases.living_holder_of(DAEMON_LEASE, now=self._clock())

    def pause(self, scope: str) -> datetime:
        """Stop starting crawls of this source, or of all for EVERYTHING; returns since when. Raises NotFoundError."""
        if scope != EVERYTHING:
            self._sources().get(scope)
        self._store.pauses.pause(scope, now=self._clock())
        return self._store.pauses.all().get(scope, self._clock())

    def resume(self, scope: str) -> bool:
        """End a pause; False when there was none. EVERYTHING also ends those of single sources."""
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
        """The crawls started after this one, and those with these ids."""
        return self._store.overview.runs_after(run_id, also=also)

    def failures(self, *, source_id: str | None = None, limit: int) -> list[FailureView]:
        """URLs whose last fetch failed; for sources no longer followed, only if the source is named."""
        source_ids = list(self._sources().by_id) if source_id is None else [source_id]
        return self._store.activity.failures(source_ids=source_ids, limit=limit)

    def completeness(self, source_id: str, *, first: date | None, last: date | None, limit: int) -> Completeness:
        """What is held of what a source named, by day (UTC), and the newest of what is missing.

        Raises NotFoundError and BadRequest.
        """
        self._sources().get(source_id)
        try:
            days = span_of_days(first, last, today=self._clock().astimezone(UTC).date())
        except ValueError as error:
            raise BadRequest(str(error)) from None
        return self._store.completeness.of(source_id, first=days[0], last=days[1], limit=limit)

    def alarms(self, *, source_id: str | None = None, limit: int) -> list[AlarmView]:
        """Alarms of all sources, or of one: pages that do not read as they usually did."""
        return self._store.audits.alarms(source_id, limit=limit)

    def totals(self) -> Totals:
        """How much is stored."""
        return self._store.overview.totals()

    def sizes(self) -> Sizes:
        """How much space the record and the archive take."""
        return self._store.sizes()

    @property
    def subscriptions(self) -> Subscriptions:
        """The subscriptions at the hubs of feeds."""
        return self._store.subscriptions
