"""Operating an installation: asking for work, pausing, and how everything is doing. API, page and CLI call it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from config.sources import SourceSet
from indexer.engine import EngineHealth
from news.errors import NotFoundError
from news.fills import Fill, FillKind
from news.requests import RequestKind, RequestScope, RequestState, RequestView
from news.source import Source
from news.troubles import Trouble
from search.asking import hold_reason, owner_of
from search.errors import BadRequest
from search.overview import Condition, DaemonState, Overview, SourceCondition, SourceOverview
from search.troubles import is_watched, troubles_of, with_noted
from store.holders import shown_holder
from store.learned.audits import AlarmView
from store.leases import lease_names
from store.overview import Totals
from store.pauses import EVERYTHING
from store.service import Store
from store.sizes import Sizes
from store.standing.alerts import StandingFigures
from store.subscriptions import Subscriptions
from store.views import FailureView, RunView

MAX_URLS = 1000  # of one request
VOLUME_DAYS = 14
COUNTED_REQUESTS = 1000
DAEMON_LEASE = "daemon"
GAPS_SHOWN = timedelta(days=7)  # how long a gap of a feed is told after it was noticed
COUNTED_GAPS = 200
JUDGED = 1000  # alarms, and documents that fail, which troubles are made of


def _span(
    source_id: str | None, since: datetime | None, until: datetime | None, *, beside: bool
) -> tuple[datetime, datetime]:
    """The two ends of a backfill, in whichever order they came. Raises BadRequest."""
    if source_id is None or since is None or until is None or beside:
        raise BadRequest(
            "a backfill is of one source and a span of time: give source, since and until, and nothing else"
        )
    return min(since, until), max(since, until)


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
        self._engine_health = engine_health
        self._clock = clock
        self._next_slot_at = next_slot_at
        self._wake = wake
        self._daemon_state = daemon_state
        self.stopping = threading.Event()  # set when the server goes: streams of progress end

    def request(
        self,
        kind: RequestKind,
        *,
        source_id: str | None = None,
        urls: Sequence[str] = (),
        since: datetime | None = None,
        until: datetime | None = None,
        failed: bool = False,
    ) -> tuple[RequestView, bool]:
        """Ask for work; (the request, whether it is new: an equal one that is open is the same).

        Raises NotFoundError for an unknown source, a URL no source takes or one that was forgotten, and BadRequest for
        what makes no sense.
        """
        sources = self._sources()
        only = sources.get(source_id) if source_id is not None else None
        if len(urls) > MAX_URLS:
            raise BadRequest(f"{len(urls)} URLs are too many for one request; send at most {MAX_URLS} at a time")
        if kind is RequestKind.CRAWL and (urls or since or failed):
            raise BadRequest("a crawl is of a whole source; to fetch single articles again, ask for kind fetch")
        owned = {}
        for url in urls:
            normalized, source = owner_of(url, [only] if only else sources)
            owned[normalized] = source.id
        if barred := self._store.forgetting.first_forgotten(owned):
            raise NotFoundError(f"{barred[0]} was forgotten on {barred[1].date()} and is never taken up again")
        if kind is RequestKind.BACKFILL:
            since, until = _span(source_id, since, until, beside=bool(urls or failed))
        elif until is not None:
            raise BadRequest("only the span of a backfill has an end; leave out until")
        scope = RequestScope(source_id=source_id, urls=tuple(sorted(owned)), since=since, until=until, failed=failed)
        if scope.is_everything and kind in {RequestKind.CRAWL, RequestKind.FETCH}:
            raise BadRequest("nothing named: give a source, URLs, a date, or all that failed")
        made = self._store.requests.create(kind, scope, url_sources=owned, among=list(sources.by_id), now=self._clock())
        self._wake()
        return made

    def get_request(self, request_id: str) -> RequestView:
        """One request. Raises NotFoundError."""
        view = self._store.requests.get(request_id)
        if view is None:
            raise NotFoundError(f"there is no request {request_id[:64]!r}; `newsdex requests list` shows the newest")
        return view

    def first_failure(self, view: RequestView) -> str:
        """Why a request that is done got nothing of what it asked for; empty where it got something."""
        return self._store.requests.first_failure(view.id) if view.state is RequestState.DONE else ""

    def requests(self, *, limit: int, only_open: bool = False) -> list[RequestView]:
        """The newest requests, open ones first."""
        return self._store.requests.recent(limit=limit, only_open=only_open)

    def held_by(self, views: Sequence[RequestView]) -> list[str | None]:
        """For each request, what keeps it waiting; None when nothing does."""
        daemon, pauses, sources = self.daemon(), self.pauses(), self._sources()
        askers, is_full = self._askers(views, sources), self._store.free_space().is_used_up
        return [
            hold_reason(view, daemon=daemon, pauses=pauses, sources=sources, askers=askers, is_disk_full=is_full)
            for view in views
        ]

    def _askers(self, views: Sequence[RequestView], sources: SourceSet) -> dict[str, str]:
        """Who asks a server of the sources of these requests, where it is no crawl of their own."""
        asked = {view.scope.source_id for view in views if view.state is RequestState.OPEN} - {None}
        asked -= {run.source_id for run in self._store.activity.open_runs()} if asked else set()
        names = {each: lease_names(sources.get(each)) for each in asked if each is not None and each in sources}
        if not names:
            return {}
        held = self._store.leases.holders([name for mine in names.values() for name in mine], now=self._clock())
        first = {each: next((held[name] for name in mine if name in held), None) for each, mine in names.items()}
        return {each: shown_holder(holder) for each, holder in first.items() if holder is not None}

    def cancel(self, request_id: str) -> RequestView:
        """End a request; one that has ended stays as it is. Raises NotFoundError."""
        self._store.requests.cancel(request_id, now=self._clock())
        self._wake()
        return self.get_request(request_id)

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

    def failures(self, *, source_id: str | None = None, limit: int) -> list[FailureView]:
        """URLs whose last fetch failed; of sources that are no more only those of the one named."""
        source_ids = list(self._sources().by_id) if source_id is None else [source_id]
        return self._store.activity.failures(source_ids=source_ids, limit=limit)

    def standing(self) -> StandingFigures:
        """How standing searches are doing."""
        return self._store.standing_alerts.figures()

    def totals(self) -> Totals:
        """How much is kept."""
        return self._store.overview.totals()

    def sizes(self) -> Sizes:
        """How much room record and archive take."""
        return self._store.sizes()

    def open_request_count(self) -> int:
        """How many requests have not ended, counted up to a bound."""
        return len(self._store.requests.recent(limit=COUNTED_REQUESTS, only_open=True))

    def newest_run_id(self) -> int:
        """The id of the newest crawl."""
        return self._store.overview.newest_run_id()

    def runs_after(self, run_id: int, *, also: Collection[int]) -> list[RunView]:
        """The crawls begun after this one, and those of these ids."""
        return self._store.overview.runs_after(run_id, also=also)

    @property
    def subscriptions(self) -> Subscriptions:
        """What the hubs of feeds were asked for."""
        return self._store.subscriptions

    def wake(self) -> None:
        """Tell a daemon that there is something to do."""
        self._wake()

    def daemon(self) -> str | None:
        """Who runs the daemon; None when nobody does, so that requests wait."""
        return self._store.leases.living_holder_of(DAEMON_LEASE, now=self._clock())

    def now(self) -> datetime:
        """The clock that everything here is told by."""
        return self._clock()

    def alarms(self, *, source_id: str | None = None, limit: int) -> list[AlarmView]:
        """Sources, or one, whose pages do not read as they usually did."""
        return self._store.audits.alarms(source_id, limit=limit)

    def gaps(self, *, source_id: str | None = None, limit: int) -> list[Fill]:
        """Gaps of feeds, those of the last days and those not filled yet, newest first."""
        since = self._clock() - GAPS_SHOWN
        return self._store.fills.recent(source_id, kind=FillKind.GAP, since=since, limit=limit)

    def by_source(self, source_ids: Collection[str] | None = None) -> dict[str, SourceOverview]:
        """How these sources are doing, or all, by id; unknown ones are left out."""
        sources = [each for each in self._sources() if source_ids is None or each.id in source_ids]
        rows = self._rows(sources, self._clock(), self._store.activity.open_runs(), self.pauses())
        return {row.source.id: row for row in rows}

    def _rows(
        self, sources: Sequence[Source], now: datetime, open_runs: Sequence[RunView], pauses: Mapping[str, datetime]
    ) -> list[SourceOverview]:
        figures = self._store.overview.sources([source.id for source in sources], now=now)
        volumes = self._store.activity.daily_counts(days=VOLUME_DAYS, now=now)
        running = {run.source_id: run for run in open_runs}
        return [
            SourceOverview(
                source=source,
                figures=figures[source.id],
                volume=tuple(volumes.get(source.id, (0,) * VOLUME_DAYS)),
                paused_at=pauses.get(source.id),
                next_slot_at=self._next_slot_at(source, now) if source.enabled else None,
                running=running.get(source.id),
            )
            for source in sources
        ]

    def overview(self, *, shown: int = 20) -> Overview:
        """Everything at once, at most so many of each list; a few index ranges for each source."""
        now, pauses = self._clock(), self.pauses()
        open_runs = self._store.activity.open_runs()
        requests, sources = self.requests(limit=shown), list(self._sources())
        found = Overview(
            **self._condition(sources, pauses, now),
            sources=tuple(self._rows(sources, now, open_runs, pauses)),
            dead_letters=tuple(self._store.outbox.dead(limit=shown)),
            open_runs=tuple(open_runs),
            runs=tuple(run for run in self.runs(limit=shown + len(open_runs)) if run.ended_at is not None)[:shown],
            requests=tuple(requests),
            held_by=tuple(self.held_by(requests)),
            failures=tuple(self.failures(limit=shown)),
            gaps=tuple(self.gaps(limit=COUNTED_GAPS)),
            unfollowed=self._store.overview.unfollowed([source.id for source in sources]),
        )
        return replace(found, troubles=self._troubles(found))

    def troubles(self) -> tuple[tuple[Trouble, ...], frozenset[str]]:
        """What is wrong, the worst first, and the sources that this may be of: not those that are paused or off."""
        now, pauses, sources = self._clock(), self.pauses(), list(self._sources())
        signs = self._store.overview.signs([source.id for source in sources], now=now)
        running = {run.source_id: run for run in self._store.activity.open_runs()}
        rows = tuple(
            SourceCondition(
                source=source,
                figures=signs[source.id],
                paused_at=pauses.get(source.id),
                running=running.get(source.id),
            )
            for source in sources
        )
        found = Condition(**self._condition(sources, pauses, now), sources=rows)
        return self._troubles(found), frozenset(row.source.id for row in rows if is_watched(row))

    def _condition(self, sources: Sequence[Source], pauses: Mapping[str, datetime], now: datetime) -> dict[str, Any]:
        """The fields of `Condition` but for the sources' own."""
        failing = self._store.activity.failures(
            source_ids=[source.id for source in sources], limit=JUDGED, documents_only=True
        )
        return {
            "made_at": now,
            "daemon": self.daemon(),
            "daemon_state": self._daemon_state(),
            "engine": self._engine_health(),
            "outbox": self._store.outbox.counts(),
            "paused_at": pauses.get(EVERYTHING),
            "last_backup_at": self._store.last_backup_at(),
            "space": self._store.free_space(),
            "failing_documents": tuple(failing),
            "alarms": tuple(self.alarms(limit=JUDGED)),
            "standing": self.standing(),
            "unreached": tuple(self._store.notices.failing(now=now)),
        }

    def _troubles(self, found: Condition) -> tuple[Trouble, ...]:
        noted = self._store.notices.noted() if found.daemon is not None else []
        return tuple(with_noted(troubles_of(found), noted, by_the_daemon=found.daemon_state is not None))
