"""How an installation is doing at one moment, as page, API, metrics, command line and notices are given it: records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from indexer.engine import EngineHealth
from news.fills import Fill
from news.requests import RequestView
from news.source import Source
from news.troubles import Trouble, TroubleKind
from store.free_space import FreeSpace
from store.learned.audits import AlarmView
from store.notices import NoticeDelivery
from store.overview import SourceFigures, SourceSigns
from store.standing.alerts import StandingFigures
from store.views import FailureView, OutboxCounts, RunView


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceCondition:
    """Whether a source is well."""

    source: Source
    figures: SourceSigns
    paused_at: datetime | None  # None = it is not paused by itself
    running: RunView | None  # the crawl under way


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceOverview(SourceCondition):
    """How a source is doing."""

    figures: SourceFigures
    volume: tuple[int, ...]  # new articles of the last days, oldest first, today last
    next_slot_at: datetime | None  # when its schedule asks it next


@dataclass(frozen=True, kw_only=True, slots=True)
class ReloadRefusal:
    """Why the daemon did not take settings or sources that changed; the old ones stay in force."""

    at: datetime
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class DaemonState:
    """What only a daemon knows of itself."""

    since_at: datetime  # when it was started
    crash_count: int = 0  # of its worker, in a row
    refusal: ReloadRefusal | None = None  # of the newest reload


@dataclass(frozen=True, kw_only=True, slots=True)
class Condition:
    """Whether the installation is well: what troubles are made of."""

    made_at: datetime
    daemon: str | None  # who holds the daemon's lease; None = none is running
    daemon_state: DaemonState | None  # None = it runs in another process, or not at all
    engine: EngineHealth
    outbox: OutboxCounts
    paused_at: datetime | None  # everything is, since then
    last_backup_at: datetime | None  # None = none was made yet
    space: FreeSpace  # of the data folder
    sources: tuple[SourceCondition, ...]
    failing_documents: tuple[FailureView, ...]  # feeds, sitemaps and section pages whose last fetch failed
    alarms: tuple[AlarmView, ...]  # sources whose pages do not read as they usually did
    standing: StandingFigures
    unreached: tuple[NoticeDelivery, ...]  # the newest of operators who do not get what they are told


@dataclass(frozen=True, kw_only=True, slots=True)
class Overview(Condition):
    """How the installation is doing."""

    sources: tuple[SourceOverview, ...]
    dead_letters: tuple[tuple[str, str], ...]  # of the outbox: article id and reason
    open_runs: tuple[RunView, ...]
    runs: tuple[RunView, ...]  # the newest that have ended
    requests: tuple[RequestView, ...]  # open ones first
    held_by: tuple[str | None, ...]  # what each of them waits for
    failures: tuple[FailureView, ...]
    gaps: tuple[Fill, ...]  # of feeds, those of the last days and those not filled yet
    unfollowed: Mapping[str, int] = field(default_factory=dict)  # articles of sources that no file describes, by id
    troubles: tuple[Trouble, ...] = ()  # what is wrong, the worst first

    @property
    def refusal(self) -> ReloadRefusal | None:
        """The newest reload, where it was refused."""
        return self.daemon_state.refusal if self.daemon_state is not None else None

    def without_places(self) -> Overview:
        """The same for readers without a key: what the search engine is, and not where it lies."""
        name = self.engine.name
        troubles = (replace(each, evidence=name) if each.kind is TroubleKind.ENGINE else each for each in self.troubles)
        return replace(self, engine=replace(self.engine, detail=name), troubles=tuple(troubles))
