"""The operations part of the HTTP API: work on demand, pauses, status, crawls and failures."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import StreamingResponse

from news.errors import NotFoundError
from news.requests import RequestView
from search.api.completeness_models import CompletenessModel, completeness_body
from search.api.described import KEY, READS, WRITES, problems
from search.api.event_stream import MEDIA_TYPE, Pace, Streams, progress_events
from search.api.operations_models import (
    NewPauseModel,
    NewRequestModel,
    PauseModel,
    RequestModel,
    RequestsModel,
    RunsModel,
    request_body,
    run_body,
)
from search.api.status_models import FailuresModel, StatusModel, failure_body, status_body
from search.api.written import Day
from search.operations.service import Operations
from search.web.guard import key_of
from search.web.problems import problem_response, unavailable

REQUESTS_PATH = "/api/v1/requests"
MOST_LISTED = 200
EXAMPLE = 'event: progress\ndata: {"id":"95cddcb26f012525","state":"running","total":38,"done":12,…}\n\n'
MOST_STREAMS = 64  # each asks the store twice a second

RequestId = Annotated[str, Path(max_length=64, description="The id of a request")]
Limit = Annotated[int, Query(ge=1, le=MOST_LISTED, description="How many to return, newest first")]
SourceId = Annotated[str | None, Query(max_length=64, description="Only those of this source")]


def operations_router(operations: Operations, *, pace: Pace | None = None) -> APIRouter:
    """The routes. Handlers that block on the store are plain functions, so they run in the thread pool."""
    router = APIRouter()
    _add_requests(router, operations)
    _add_events(router, operations, pace or Pace(), Streams(most=MOST_STREAMS))
    _add_pauses(router, operations)
    _add_reports(router, operations)
    return router


def _add_requests(router: APIRouter, operations: Operations) -> None:
    def body_of(view: RequestView) -> RequestModel:
        return request_body(view, held_by=operations.requests.held_by([view])[0])

    @router.post(
        REQUESTS_PATH,
        tags=["operations"],
        summary="Ask for work",
        status_code=202,
        dependencies=[KEY],
        responses={
            200: {"model": RequestModel, "description": "An equal request is already open: this one"},
            202: {"headers": {"Location": {"schema": {"type": "string"}, "description": "Where to read its progress"}}},
            **problems(404, *WRITES),
        },
    )
    def ask(wanted: NewRequestModel, response: Response) -> RequestModel:
        """Work for the daemon. If an equal request is still open, it is returned and no second one is made."""
        view, is_new = operations.requests.ask(
            wanted.kind,
            source_id=wanted.source,
            urls=wanted.urls,
            since=wanted.since,
            until=wanted.until,
            failed=wanted.failed,
        )
        response.status_code = 202 if is_new else 200
        response.headers["Location"] = f"{REQUESTS_PATH}/{view.id}"
        return body_of(view)

    @router.get(REQUESTS_PATH, tags=["operations"], summary="The newest requests", responses=problems(*READS))
    def requests(
        limit: Limit = 50, open: Annotated[bool, Query(description="Only those that have not ended")] = False
    ) -> RequestsModel:
        """What was asked for, open requests first."""
        views = operations.requests.newest(limit=limit, only_open=open)
        held = operations.requests.held_by(views)
        return RequestsModel(requests=[request_body(view, held_by=by) for view, by in zip(views, held, strict=True)])

    @router.get(
        f"{REQUESTS_PATH}/{{request_id}}",
        tags=["operations"],
        summary="One request and its progress",
        responses=problems(404, *READS),
    )
    def request(request_id: RequestId) -> RequestModel:
        """Its state, what it is waiting for, and how much is done."""
        return body_of(operations.requests.get(request_id))

    @router.post(
        f"{REQUESTS_PATH}/{{request_id}}/cancel",
        tags=["operations"],
        summary="End a request; URLs not yet processed are due when they were before",
        dependencies=[KEY],
        responses=problems(404, *WRITES),
    )
    def cancel(request_id: RequestId) -> RequestModel:
        """A request that has already ended stays as it is."""
        return body_of(operations.requests.cancel(request_id))


def _add_events(router: APIRouter, operations: Operations, pace: Pace, streams: Streams) -> None:
    def read(request_id: str) -> tuple[str, bool]:
        view = operations.requests.get(request_id)
        return request_body(view, held_by=operations.requests.held_by([view])[0]).model_dump_json(), view.ended

    async def events(request_id: str) -> AsyncIterator[str]:
        try:
            found = progress_events(
                lambda: run_in_threadpool(read, request_id), stopping=operations.stopping.is_set, pace=pace
            )
            async for each in found:
                yield each
        finally:
            streams.end()

    @router.get(
        f"{REQUESTS_PATH}/{{request_id}}/events",
        tags=["operations"],
        summary="Its progress as server-sent events, until it ends",
        response_class=StreamingResponse,
        responses={
            200: {
                "description": "Events progress and end",
                "content": {MEDIA_TYPE: {"schema": {"type": "string"}, "example": EXAMPLE}},
            },
            **problems(404, *READS),
        },
    )
    async def follow(request_id: RequestId) -> Response:
        """`progress` with the request at each change, then `end`; after 15 seconds of silence a comment."""
        await run_in_threadpool(operations.requests.get, request_id)
        if not streams.begin():
            return problem_response(unavailable(f"{MOST_STREAMS} streams are open; poll {REQUESTS_PATH}/{{id}}"))
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}  # the second is nginx's way to pass it on
        return StreamingResponse(events(request_id), media_type=MEDIA_TYPE, headers=headers)


def _add_pauses(router: APIRouter, operations: Operations) -> None:
    @router.post(
        "/api/v1/pauses",
        tags=["operations"],
        summary="Pause a source or everything",
        dependencies=[KEY],
        responses=problems(404, *WRITES),
    )
    def pause(wanted: NewPauseModel) -> PauseModel:
        """No new crawl of what is in `scope` starts, even after a restart; requests for it wait."""
        return PauseModel(scope=wanted.scope, paused_at=operations.pause(wanted.scope))

    @router.delete(
        "/api/v1/pauses/{scope}",
        tags=["operations"],
        summary="Resume a source or everything",
        status_code=204,
        dependencies=[KEY],
        responses=problems(404, *WRITES),
    )
    def resume(scope: Annotated[str, Path(max_length=64, description='A source id, or "*"')]) -> None:
        """Resuming "*" ends the pauses of single sources too."""
        if not operations.resume(scope):
            raise NotFoundError(f"{scope!r} is not paused")


def _add_reports(router: APIRouter, operations: Operations) -> None:
    @router.get("/api/v1/status", tags=["operations"], summary="How everything is doing", responses=problems(*READS))
    def status(request: Request) -> StatusModel:
        """The daemon, the search engine, what waits for it, and each source."""
        overview = operations.condition.overview()
        return status_body(overview if key_of(request) else overview.without_places())

    @router.get("/api/v1/runs", tags=["operations"], summary="The newest crawls", responses=problems(*READS))
    def runs(source: SourceId = None, limit: Limit = 50) -> RunsModel:
        """Running and finished crawls, with what they brought."""
        return RunsModel(runs=[run_body(run) for run in operations.runs(source_id=source, limit=limit)])

    @router.get("/api/v1/failures", tags=["operations"], summary="URLs that fail", responses=problems(*READS))
    def failures(source: SourceId = None, limit: Limit = 50) -> FailuresModel:
        """URLs whose last fetch failed in a way that may be temporary, and when they are tried again."""
        found = operations.failures(source_id=source, limit=limit)
        return FailuresModel(failures=[failure_body(each) for each in found])

    @router.get(
        "/api/v1/sources/{source_id}/completeness",
        tags=["operations"],
        summary="How much of what a source named is held",
        responses=problems(400, 404, *READS),
    )
    def completeness(
        source_id: Annotated[str, Path(max_length=64, description="The id of a source")],
        first: Annotated[Day | None, Query(alias="from", description="The first day, UTC")] = None,
        last: Annotated[Day | None, Query(alias="to", description="The last day, UTC; by default today")] = None,
        limit: Annotated[int, Query(ge=0, le=MOST_LISTED, description="How many missing articles to list")] = 50,
    ) -> CompletenessModel:
        """The articles that feeds, sitemaps and section pages named, day by day, and those that are missing.

        Without `from`, the last 14 days; at most 366.
        """
        return completeness_body(operations.completeness(source_id, first=first, last=last, limit=limit))
