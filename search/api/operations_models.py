"""Request and response bodies for operations over the API: requests, pauses and crawls."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    JsonValue,
    StringConstraints,
    WithJsonSchema,
    field_validator,
)

from news.requests import RequestKind, RequestState, RequestView
from news.times import as_utc
from search.api.written import Written
from search.operations.requests import MAX_URLS
from store.crawls.pauses import EVERYTHING
from store.views import RunView

Url = Annotated[
    str,
    StringConstraints(min_length=1, max_length=2048),
    WithJsonSchema({"type": "string", "format": "uri", "pattern": "^https?://", "maxLength": 2048}),
]
SourceId = Annotated[str, StringConstraints(min_length=1, max_length=64)]

_FETCH: dict[str, JsonValue] = {"kind": {"const": "fetch"}, "until": {"type": "null"}}
_SENSIBLE: list[JsonValue] = [  # what `Requests.ask` accepts, as far as a schema can express it
    {
        "title": "A crawl is of one source",
        "required": ["kind", "source"],
        "properties": {
            "kind": {"const": "crawl"},
            "source": {"type": "string"},
            "urls": {"maxItems": 0},
            "since": {"type": "null"},
            "until": {"type": "null"},
            "failed": {"const": False},
        },
    },
    {"required": ["source"], "properties": {**_FETCH, "source": {"type": "string"}}},
    {"required": ["urls"], "properties": {**_FETCH, "urls": {"minItems": 1}}},
    {"required": ["since"], "properties": {**_FETCH, "since": {"type": "string"}}},
    {"required": ["failed"], "properties": {**_FETCH, "failed": {"const": True}}},
    {"required": ["kind"], "properties": {"kind": {"enum": ["replay", "reindex"]}, "until": {"type": "null"}}},
    {
        "title": "A backfill is of one source and a span of time",
        "required": ["kind", "source", "since", "until"],
        "properties": {
            "kind": {"const": "backfill"},
            "source": {"type": "string"},
            "urls": {"maxItems": 0},
            "since": {"type": "string"},
            "until": {"type": "string"},
            "failed": {"const": False},
        },
    },
]


class NewRequestModel(BaseModel):
    """Work to be done; what is left out does not narrow it."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"kind": "fetch", "urls": ["https://news.example/world/harbour-reopens"]}],
            "anyOf": _SENSIBLE,
        },
    )

    kind: RequestKind = Field(
        RequestKind.FETCH,
        description="crawl asks a source for news now; fetch fetches known articles again; replay extracts them again "
        "from the archive; reindex sends them to the index again as the store has them; backfill finds a source's "
        "articles from a span of time in its sitemaps",
    )
    source: SourceId | None = Field(None, description="Source id; a crawl or a backfill covers one source")
    urls: list[Url] = Field([], max_length=MAX_URLS, description="Addresses of articles, known or not")
    since: Written | None = Field(
        None, description="First met at this time or later; for a backfill, when its span begins. UTC unless stated"
    )
    until: Written | None = Field(None, description="For a backfill: when its span ends, inclusive; UTC unless stated")
    failed: bool = Field(False, strict=True, description="Only URLs whose last fetch failed")

    @field_validator("since", "until")
    @classmethod
    def _in_utc(cls, value: datetime | None) -> datetime | None:
        try:
            return as_utc(value) if value is not None else None
        except OverflowError:  # at the end of the calendar, where every zone but UTC overflows
            return value.replace(tzinfo=UTC) if value else None


class RequestScopeModel(BaseModel):
    """What a request covers."""

    source: str | None
    urls: list[str] = Field(description="Addresses, normalized")
    since: datetime | None
    until: datetime | None = Field(description="For a backfill: when its span ends, inclusive")
    failed: bool


class RequestModel(BaseModel):
    """A request and its progress."""

    id: str
    kind: RequestKind = Field(description="What is asked for, such as fetching articles again")
    scope: RequestScopeModel = Field(description="What it covers")
    state: RequestState = Field(
        description="open until it is begun, then running, and in the end done, failed or cancelled"
    )
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    total: int = Field(description="How many URLs or articles it covers; 0 while unknown")
    done: int
    counts: dict[str, int] = Field(description="How often each outcome occurred")
    detail: str = Field(description="Why it failed, or what it is waiting for")
    held_by: str | None = Field(description='What it is waiting for, such as "no daemon is running"; null if nothing')


class RequestsModel(BaseModel):
    """The newest requests, open ones first."""

    requests: list[RequestModel]


class NewPauseModel(BaseModel):
    """What is to be paused."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"scope": "trtworld"}]})

    scope: SourceId = Field(description=f'A source id, or "{EVERYTHING}" for every source')


class PauseModel(BaseModel):
    """A pause in effect."""

    scope: str
    paused_at: datetime


class RunModel(BaseModel):
    """One crawl of one source."""

    id: int
    source: str
    trigger: str = Field(description="schedule, revisit, request, cli or demo")
    started_at: datetime
    ended_at: datetime | None
    finish_reason: str | None = Field(
        description="finished, all_failed, url_limit, time_limit, stopped, failed, busy, lost, …"
    )
    counts: dict[str, int] = Field(description="How often each outcome occurred, and new_urls: how many URLs were new")


class RunsModel(BaseModel):
    """The newest crawls."""

    runs: list[RunModel]


def request_body(view: RequestView, *, held_by: str | None) -> RequestModel:
    """A request."""
    scope = view.scope
    return RequestModel(
        id=view.id,
        kind=view.kind,
        scope=RequestScopeModel(
            source=scope.source_id, urls=list(scope.urls), since=scope.since, until=scope.until, failed=scope.failed
        ),
        state=view.state,
        created_at=view.created_at,
        started_at=view.started_at,
        ended_at=view.ended_at,
        total=view.total_count,
        done=view.done_count,
        counts=dict(view.counts),
        detail=view.detail,
        held_by=held_by,
    )


def run_body(run: RunView) -> RunModel:
    """A crawl."""
    return RunModel(
        id=run.id,
        source=run.source_id,
        trigger=run.trigger,
        started_at=run.started_at,
        ended_at=run.ended_at,
        finish_reason=run.finish_reason,
        counts=dict(run.counts),
    )
