"""The HTTP API: typed JSON under /api/v1, and the two health endpoints."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from search.api.article_routes import add_articles
from search.api.bodies import SEARCH_PATH, check_bodies, search_body
from search.api.described import problems
from search.api.etags import tagged_response
from search.api.models import HealthModel, SearchModel, SourceModel, SourcesModel, SuggestionsModel
from search.errors import AWAY
from search.export import MEDIA_TYPES, exported
from search.params import MAX_QUERY_CHARACTERS, ExportParams, SearchParams
from search.service import SearchService
from search.web.outages import Outages
from search.web.problems import problem_response, unavailable

EXPORT_PATH = "/api/v1/export"
EXPORTED = {
    "application/x-ndjson": {
        "schema": {"type": "string"},
        "example": '{"id":"00e30bbd8257d5dcbfd4","title":"Harbour …"}\n',
    },
    "application/jsonl": {
        "schema": {"type": "string"},
        "example": '{"id":"00e30bbd8257d5dcbfd4","title":"Harbour …"}\n',
    },
    "text/csv": {
        "schema": {"type": "string"},
        "example": "id,url,title,…\r\n00e30bbd8257d5dcbfd4,https://…,Harbour …\r\n",
    },
}

Typed = Annotated[
    str, Query(description="A query as typed so far", json_schema_extra={"maxLength": MAX_QUERY_CHARACTERS})
]


def api_router(service: SearchService, outages: Outages) -> APIRouter:
    """The API routes. Handlers that call the service are plain functions: it blocks, so they run in threads."""
    router = APIRouter()
    _add_searches(router, service)
    add_articles(router, service)
    _add_sources(router, service)
    _add_health(router, service, outages)
    return router


def _add_searches(router: APIRouter, service: SearchService) -> None:
    @router.get(
        SEARCH_PATH,
        tags=["search"],
        summary="Search articles",
        response_model=SearchModel,
        responses=problems(400, 404, 422, 503),
    )
    def search(request: Request, params: Annotated[SearchParams, Query()]) -> Response:
        """One page of hits with facets; the web page takes the same query, filters, order and page."""
        return tagged_response(request, search_body(service.search(params)), fleeting={"took_ms"})

    @router.get(
        EXPORT_PATH,
        tags=["search"],
        summary="Everything a search finds, as a stream",
        response_class=StreamingResponse,
        responses={200: {"content": EXPORTED}, **problems(400, 422, 503)},
    )
    def export(params: Annotated[ExportParams, Query()]) -> StreamingResponse:
        """A stream that is produced while it is sent, however long. If it is cut off, the export failed on the way."""
        pages = service.export(params.search, with_text=params.text, with_receipt=params.receipt)
        return StreamingResponse(
            exported(pages, params.format, with_text=params.text, with_receipt=params.receipt),
            media_type=MEDIA_TYPES[params.format],
            headers={"Content-Disposition": f'attachment; filename="newsdex.{params.format}"'},
        )

    @router.get("/api/v1/suggest", tags=["search"], summary="Complete the last word", responses=problems(400, 422, 503))
    def suggest(q: Typed) -> SuggestionsModel:
        """Whole queries whose last word is completed by words of the newest headlines."""
        return SuggestionsModel(suggestions=list(service.suggest(q)))


def _add_sources(router: APIRouter, service: SearchService) -> None:
    @router.get("/api/v1/sources", tags=["search"], summary="The sources", responses=problems(503))
    def sources() -> SourcesModel:
        """Every source that is followed, and how many of its articles can be found."""
        return SourcesModel(
            sources=[SourceModel(id=each.id, name=each.name, articles=each.articles) for each in service.sources()]
        )


def _add_health(router: APIRouter, service: SearchService, outages: Outages) -> None:
    @router.get("/healthz", tags=["health"], summary="Whether the server is alive")
    async def healthz() -> HealthModel:
        """Answers as long as the process lives, whatever else is down."""
        # In the event loop itself: searches waiting for a hung server may occupy every thread
        return HealthModel(status="ok")

    @router.get(
        "/readyz",
        tags=["health"],
        summary="Whether searches can be answered now",
        response_model=HealthModel,
        responses=problems(503),
    )
    def readyz() -> HealthModel | Response:
        """Asks the store and the search engine. A full disk is reported, but searches are still answered."""
        readiness = service.ready()
        checks = check_bodies(readiness)
        if readiness.ok:
            return HealthModel(status="ready", checks=checks)
        failed = [check for check in readiness.checks if check.is_needed and not check.ok]
        for check in failed:
            outages.note(check.name, check.detail)
        return problem_response(unavailable("; ".join(AWAY[check.name] for check in failed), checks=checks))
