"""JSON that commands print for programs: the API's bodies wherever the API has the same data."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from cli.operating import operations_of, usable_sources
from cli.output import plain
from cli.wiring import Installation
from indexer.engine import EngineHealth
from news.fills import Fill
from search.api.operations_models import run_body
from search.api.status_models import alarm_body, gap_body, status_body
from store.crawls.paces import AskedRequest
from store.learned.audits import AlarmView
from store.views import SourceStatus


def plain_body(body: BaseModel) -> dict[str, Any]:
    """A body of the API with its field names."""
    return body.model_dump(mode="json", by_alias=True)


def source_status_body(status: SourceStatus) -> dict[str, Any]:
    """How a source is doing, with its last crawl as in the API."""
    return {
        "articles": status.articles,
        "urls": status.urls,
        "due": status.due,
        "failing": status.failing,
        "last_run": plain_body(run_body(status.last_run)) if status.last_run else None,
        "newest_article_at": status.newest_article_at,
    }


def alarm_record(alarm: AlarmView) -> dict[str, Any]:
    """An alarm as in the API, and when it ended."""
    return {**plain_body(alarm_body(alarm)), "ended_at": alarm.ended_at}


def fill_record(fill: Fill) -> dict[str, Any]:
    """A gap or backfill, using the field names of the API's gaps."""
    return {"kind": fill.kind, **plain_body(gap_body(fill)), "waiting": fill.waiting_count}


def asked_record(asked: AskedRequest) -> dict[str, Any]:
    """A request that was made to a host."""
    return {"source" if name == "source_id" else name: value for name, value in plain(asked).items()}


def status_of(opened: Installation, health: EngineHealth) -> dict[str, Any]:
    """The API's status of the installation, plus what only someone at the machine needs."""
    sources = usable_sources(opened)
    operations = operations_of(opened, sources=sources, engine_health=lambda: health)
    overview, counts = operations.condition.overview(), opened.store.counts()
    standing = overview.standing
    return {
        **plain_body(status_body(overview)),
        "removed": counts.removed,
        "versions": counts.versions,
        "urls": counts.urls,
        **plain(operations.sizes()),
        "dead_letters": [{"article_id": article_id, "reason": reason} for article_id, reason in overview.dead_letters],
        "open_requests": operations.requests.open_count(),
        "saved_searches": {
            "count": standing.searches,
            "paused": standing.paused,
            "waiting": standing.waiting,
            "pending": standing.alerts.pending,
            "dead": standing.alerts.dead,
        },
    }
