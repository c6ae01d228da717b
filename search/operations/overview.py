"""Records of an installation's state at one moment, as given to page, API, metrics, command line and notices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from indexer.engine import EngineHealth
from news.fills import Fill
from news.requests import RequestView
from news.source import Source
from news.troubles import Trouble, TroubleKind
from store.figures.overview import SourceFigures, SourceSigns
from store.learned.audits import AlarmView
from store.notices import NoticeDelivery
from store.standing.alerts import StandingFigures
from store.upkeep.free_space import FreeSpace
from store.views import FailureView, OutboxCounts, RunView


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceCondition:
    """Whether a source is doing well."""

    source: Source
    figures: SourceSigns
    paused_at: datetime | None  # None = not paused individually
    running: RunView | None  # the crawl under way
    owner: str | None = (
        None  # id of another source to which all belongs that this one names, so that it fetches nothing
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceOverview(SourceCondition):
    """How a source is doing, in full."""

    figures: SourceFigures
    volume: tuple[int, ...]  # new articles of the last days, oldest first, today last
    next_slot_at: datetime | None  # when its schedule is next due


@dataclass(frozen=True, kw_only=True, slots=True)
class ReloadRefusal:
    """Why the daemon rejected changed settings or sources; the old ones stay in force."""

    at: datetime
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class DaemonState:
    """What only the daemon knows about itself."""

    since_at: datetime  # when it was started
    crash_count: int = 0  # consecutive crashes of its worker
    refusal: ReloadRefusal | None = None  # the newest reload's, if it was refused


@dataclass(frozen=True, kw_only=True, slots=True)
class Condition:
    """Whether the installation is doing well: the input for finding troubles."""

    made_at: datetime
    daemon: str | None  # holder of the daemon's lease; None = no daemon is running
    daemon_state: DaemonState | None  # None = it runs in another process, or not at all
    engine: EngineHealth
    outbox: OutboxCounts
    paused_at: datetime | None  # when everything was paused
    last_backup_at: datetime | None  # None = none has been made yet
    space: FreeSpace  # of the data folder
    sources: tuple[SourceCondition, ...]
    failing_documents: tuple[FailureView, ...]  # feeds, sitemaps and section pages whose last fetch failed
    alarms: tuple[AlarmView, ...]  # sources whose pages do not read as they usually did
    standing: StandingFigures
    unreached: tuple[NoticeDelivery, ...]  # the newest for operators who do not receive their notices


@dataclass(frozen=True, kw_only=True, slots=True)
class Overview(Condition):
    """How the installation is doing, in full."""

    sources: tuple[SourceOverview, ...]
    dead_letters: tuple[tuple[str, str], ...]  # of the outbox: article id and reason
    open_runs: tuple[RunView, ...]
    runs: tuple[RunView, ...]  # the newest that have ended
    requests: tuple[RequestView, ...]  # open ones first
    held_by: tuple[str | None, ...]  # what each request waits for
    failures: tuple[FailureView, ...]
    gaps: tuple[Fill, ...]  # of feeds: recent ones and those not filled yet
    unfollowed: Mapping[str, int] = field(default_factory=dict)  # by id, articles of sources that no file describes
    troubles: tuple[Trouble, ...] = ()  # what is wrong, the worst first

    @property
    def refusal(self) -> ReloadRefusal | None:
        """The newest reload's refusal, if it was refused."""
        return self.daemon_state.refusal if self.daemon_state is not None else None

    def without_places(self) -> Overview:
        """What readers without a key may see: which search engine is used, but not where it runs."""
        name = self.engine.name
        troubles = (replace(each, evidence=name) if each.kind is TroubleKind.ENGINE else each for each in self.troubles)
        return replace(self, engine=replace(self.engine, detail=name), troubles=tuple(troubles))
