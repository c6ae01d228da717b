"""Bodies of the API's status reports: what fails, what is wrong and how each source is doing."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, Field

from news.fills import Fill
from news.troubles import Trouble
from search.api.operations_models import RunModel, run_body
from search.operations.overview import Overview, ReloadRefusal, SourceOverview
from store.learned.audits import AlarmView
from store.views import FailureView


class FailureModel(BaseModel):
    """A URL whose last fetch failed in a way that may be temporary."""

    url: str
    source: str
    kind: str = Field(description="feed, sitemap, section or article")
    outcome: str
    detail: str
    failures: int = Field(description="How many times in a row it has failed")
    since_at: datetime | None = Field(description="When the first of these failures was")
    next_due_at: datetime | None


class FailuresModel(BaseModel):
    """Failing URLs: discovery documents first."""

    failures: list[FailureModel]


class SourceStatusModel(BaseModel):
    """How a source is doing."""

    id: str
    name: str
    enabled: bool
    paused_at: datetime | None
    articles: int
    volume: list[int] = Field(description="New articles of each of the last 14 days (UTC), oldest first, today last")
    due: int = Field(description="URLs whose time has come")
    failing: int = Field(description="URLs whose last fetch failed")
    failing_documents: int = Field(description="Of those, feeds, sitemaps and section pages")
    documents_failing_since: datetime | None = Field(description="When the first of these began to fail")
    lost_pages: int = Field(
        description="Pages that were read and answer 404 or 410, if so many that it is an outage; otherwise 0"
    )
    silent_since: datetime | None = Field(
        description="When its newest article came out, where that is unusually long ago for it"
    )
    running: RunModel | None = Field(description="The crawl under way")
    last_run: RunModel | None
    last_success_at: datetime | None
    next_slot_at: datetime | None = Field(description="When its schedule next polls it; null if no daemon is running")
    next_due_at: datetime | None = Field(description="When its next URL is due")


class UnfollowedModel(BaseModel):
    """A source that no file describes any more."""

    id: str
    articles: int = Field(description="How many of its articles are kept")


class OutboxModel(BaseModel):
    """What is waiting to be delivered to the search engine."""

    pending: int
    oldest_at: datetime | None
    dead: int = Field(description="Dead letters: articles that the engine refuses")


class AlarmModel(BaseModel):
    """A source whose pages do not read as they usually did."""

    source: str
    kind: str = Field(description="no_article, no_title, no_date, no_author, short_body, teaser_body, …")
    since_at: datetime
    evidence: str


class TroubleModel(BaseModel):
    """Something that is wrong now."""

    kind: str = Field(description="space, engine, outbox, worker, documents, crawl, alarm, silent, stalled, backup, …")
    severity: str = Field(description="urgent: work has stopped for all sources; warning: for one source or task")
    source: str | None = Field(description="Source id; null if it concerns the whole installation")
    what: str = Field(description="What is wrong, as a clause that does not name the source")
    evidence: str
    todo: str = Field(description="What to do about it")
    since_at: datetime | None = Field(description="When it began; null if unknown")


class GapModel(BaseModel):
    """A span of time whose entries a feed had already dropped when it was read, and how it was filled."""

    source: str
    feed: str | None
    since_at: datetime
    until_at: datetime
    noticed_at: datetime
    filled_at: datetime | None = Field(
        description="When sitemaps and sections had been read for it; null while under way"
    )
    documents: int = Field(description="How many sitemaps and section pages were read for it")
    found: int = Field(description="How many unknown articles were found in them")
    detail: str


class ReloadRefusalModel(BaseModel):
    """Why changed settings or sources were not accepted; the old ones stay in force."""

    at: datetime
    reason: str


class StatusModel(BaseModel):
    """How the installation is doing."""

    daemon: str | None = Field(description="Process that runs the daemon; null if none does: requests wait for one")
    reload_refused: ReloadRefusalModel | None = Field(
        description="Why the newest SIGHUP was refused; null if it was accepted"
    )
    paused_at: datetime | None = Field(description="Since when everything is paused; null if it is not")
    last_backup_at: datetime | None = Field(description="When the last whole backup was made; null if none was")
    free_bytes: int = Field(description="Free space on the file system of the data folder")
    engine_ok: bool
    engine: str = Field(description="What the search engine says about itself")
    engine_takes_nothing: str | None = Field(
        description="Why it takes no articles although it answers; null if it does"
    )
    documents: int | None = Field(description="How many documents are in the index")
    outbox: OutboxModel
    sources: list[SourceStatusModel]
    unfollowed: list[UnfollowedModel] = Field(description="Sources that no file describes but that have articles")
    troubles: list[TroubleModel] = Field(description="Everything that is wrong, the worst first")
    alarms: list[AlarmModel] = Field(description="Alarms that are still on, newest first")
    gaps: list[GapModel] = Field(
        description="Gaps of feeds: those of the last seven days or not filled yet, newest first"
    )


def failure_body(failure: FailureView) -> FailureModel:
    """A failing URL."""
    return FailureModel(
        url=failure.url,
        source=failure.source_id,
        kind=failure.kind,
        outcome=failure.outcome,
        detail=failure.detail,
        failures=failure.failure_count,
        since_at=failure.since_at,
        next_due_at=failure.next_due_at,
    )


def alarm_body(alarm: AlarmView) -> AlarmModel:
    """An alarm about a source."""
    return AlarmModel(source=alarm.source_id, kind=alarm.kind, since_at=alarm.since_at, evidence=alarm.evidence)


def trouble_body(trouble: Trouble) -> TroubleModel:
    """Something that is wrong."""
    return TroubleModel(
        kind=trouble.kind,
        severity=trouble.severity,
        source=trouble.source_id or None,
        what=trouble.what,
        evidence=trouble.evidence,
        todo=trouble.todo,
        since_at=trouble.since_at,
    )


def gap_body(gap: Fill) -> GapModel:
    """A gap of a feed."""
    return GapModel(
        source=gap.source_id,
        feed=gap.feed_url,
        since_at=gap.span.since_at,
        until_at=gap.span.until_at,
        noticed_at=gap.created_at,
        filled_at=gap.ended_at,
        documents=gap.document_count,
        found=gap.found_count,
        detail=gap.detail,
    )


def status_body(overview: Overview) -> StatusModel:
    """The state of the installation."""
    return StatusModel(
        daemon=overview.daemon,
        reload_refused=_refusal(overview.refusal),
        paused_at=overview.paused_at,
        last_backup_at=overview.last_backup_at,
        free_bytes=overview.space.free_bytes,
        engine_ok=overview.engine.ok,
        engine=overview.engine.detail,
        engine_takes_nothing=overview.engine.takes_nothing,
        documents=overview.engine.documents,
        outbox=OutboxModel(
            pending=overview.outbox.pending,
            oldest_at=overview.outbox.oldest_at,
            dead=overview.outbox.dead,
        ),
        sources=[_source(each) for each in overview.sources],
        unfollowed=[UnfollowedModel(id=each, articles=count) for each, count in overview.unfollowed.items()],
        troubles=[trouble_body(each) for each in overview.troubles],
        alarms=[alarm_body(each) for each in overview.alarms],
        gaps=[gap_body(gap) for gap in overview.gaps],
    )


def _refusal(found: ReloadRefusal | None) -> ReloadRefusalModel | None:
    return ReloadRefusalModel(at=found.at, reason=found.reason) if found else None


def _source(row: SourceOverview) -> SourceStatusModel:
    figures = row.figures
    return SourceStatusModel(
        id=row.source.id,
        name=row.source.name,
        enabled=row.source.enabled,
        paused_at=row.paused_at,
        articles=figures.articles,
        volume=list(row.volume),
        due=figures.due,
        failing=figures.failing,
        failing_documents=figures.failing_documents,
        documents_failing_since=figures.documents_failing_since,
        lost_pages=figures.lost_pages,
        silent_since=figures.silent_since,
        running=run_body(row.running) if row.running else None,
        last_run=run_body(figures.last_run) if figures.last_run else None,
        last_success_at=figures.last_success_at,
        next_slot_at=row.next_slot_at,
        next_due_at=figures.next_due_at,
    )
