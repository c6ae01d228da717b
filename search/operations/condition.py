"""The state of an installation at this moment, read from its record: its sources, work under way, what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from config.sources import SourceSet
from indexer.engine import EngineHealth
from news.fills import Fill, FillKind
from news.source import Source
from news.troubles import Trouble
from news.urls import normalize_url
from search.operations.overview import Condition, DaemonState, Overview, SourceCondition, SourceOverview
from search.operations.requests import Requests
from search.operations.troubles import is_watched, troubles_of, with_noted
from store.crawls.pauses import EVERYTHING
from store.figures.overview import SourceSigns
from store.leases.service import DAEMON_LEASE
from store.service import Store
from store.views import RunView

VOLUME_DAYS = 14
GAPS_SHOWN = timedelta(days=7)  # how long a feed's gap is reported after it was noticed
COUNTED_GAPS = 200
JUDGED = 1000  # alarms, and failing documents, that are read for judging troubles


class ConditionReader:
    """Reads the state of an installation; safe to call from several threads."""

    def __init__(
        self,
        store: Store,
        sources: Callable[[], SourceSet],
        requests: Requests,
        *,
        clock: Callable[[], datetime],
        engine_health: Callable[[], EngineHealth],
        next_slot_at: Callable[[Source, datetime], datetime | None],
        daemon_state: Callable[[], DaemonState | None],
    ) -> None:
        self._store = store
        self._sources = sources
        self._requests = requests
        self._clock = clock
        self._engine_health = engine_health
        self._next_slot_at = next_slot_at
        self._daemon_state = daemon_state

    def overview(self, *, shown: int = 20) -> Overview:
        """Everything at once, at most `shown` entries per list; costs a few index ranges for each source."""
        now, pauses = self._clock(), self._store.pauses.all()
        activity, open_runs = self._store.activity, self._store.activity.open_runs()
        requests, sources = self._requests.newest(limit=shown), list(self._sources())
        ids = [source.id for source in sources]
        newest = activity.runs(source_id=None, limit=shown + len(open_runs))
        found = Overview(
            **self._condition(ids, pauses, now),
            sources=tuple(self._rows(sources, now, open_runs, pauses)),
            dead_letters=tuple(self._store.outbox.dead(limit=shown)),
            open_runs=tuple(open_runs),
            runs=tuple(run for run in newest if run.ended_at is not None)[:shown],
            requests=tuple(requests),
            held_by=tuple(self._requests.held_by(requests)),
            failures=tuple(activity.failures(source_ids=ids, limit=shown)),
            gaps=tuple(self.gaps(limit=COUNTED_GAPS)),
            unfollowed=self._store.overview.unfollowed(ids),
        )
        return replace(found, troubles=self._troubles(found))

    def by_source(self, source_ids: Collection[str] | None = None) -> dict[str, SourceOverview]:
        """How these sources, or all, are doing, by id; unknown ones are left out."""
        sources = [each for each in self._sources() if source_ids is None or each.id in source_ids]
        rows = self._rows(sources, self._clock(), self._store.activity.open_runs(), self._store.pauses.all())
        return {row.source.id: row for row in rows}

    def gaps(self, *, source_id: str | None = None, limit: int) -> list[Fill]:
        """Recent gaps of feeds and those not filled yet, newest first."""
        since = self._clock() - GAPS_SHOWN
        return self._store.fills.recent(source_id, kind=FillKind.GAP, since=since, limit=limit)

    def troubles(self) -> tuple[tuple[Trouble, ...], frozenset[str]]:
        """What is wrong, the worst first, and the ids of the watched sources: those neither paused nor off."""
        now, pauses, sources = self._clock(), self._store.pauses.all(), list(self._sources())
        ids = [source.id for source in sources]
        signs = self._store.overview.signs(ids, now=now)
        running = {run.source_id: run for run in self._store.activity.open_runs()}
        rows = tuple(
            SourceCondition(
                source=source,
                figures=signs[source.id],
                paused_at=pauses.get(source.id),
                running=running.get(source.id),
                owner=self._owner_of(source, signs[source.id]),
            )
            for source in sources
        )
        found = Condition(**self._condition(ids, pauses, now), sources=rows)
        return self._troubles(found), frozenset(row.source.id for row in rows if is_watched(row))

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
                owner=self._owner_of(source, figures[source.id]),
            )
            for source in sources
        ]

    def _owner_of(self, source: Source, signs: SourceSigns) -> str | None:
        """The source to which all belongs that this one names, as after its file was renamed or copied."""
        if signs.last_run is None or signs.next_due_at is not None:  # not asked yet, or it has rows of its own
            return None
        links = (*source.feeds, *source.sitemaps, *(section.url for section in source.sections))
        owners = self._store.frontier.owners([url for link in links if (url := normalize_url(link))])
        return min(owners) if owners and source.id not in owners else None

    def _condition(self, source_ids: Sequence[str], pauses: Mapping[str, datetime], now: datetime) -> dict[str, Any]:
        """The fields of `Condition` except those about sources."""
        failing = self._store.activity.failures(source_ids=source_ids, limit=JUDGED, documents_only=True)
        return {
            "made_at": now,
            "daemon": self._store.leases.living_holder_of(DAEMON_LEASE, now=now),
            "daemon_state": self._daemon_state(),
            "engine": self._engine_health(),
            "outbox": self._store.outbox.counts(),
            "paused_at": pauses.get(EVERYTHING),
            "last_backup_at": self._store.last_backup_at(),
            "space": self._store.free_space(),
            "failing_documents": tuple(failing),
            "alarms": tuple(self._store.audits.alarms(None, limit=JUDGED)),
            "standing": self._store.standing_alerts.figures(),
            "unreached": tuple(self._store.notices.failing(now=now)),
        }

    def _troubles(self, found: Condition) -> tuple[Trouble, ...]:
        noted = self._store.notices.noted() if found.daemon is not None else []
        return tuple(with_noted(troubles_of(found), noted, by_the_daemon=found.daemon_state is not None))
