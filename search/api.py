"""The HTTP API: typed JSON under /api/v1, and the two health addresses."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from news.errors import NotFoundError
from news.rendering import BodyForm
from search.bodies import SEARCH_PATH, article_body, check_bodies, copies_body, search_body, similar_body
from search.etags import tagged_response
from search.export import MEDIA_TYPES, exported
from search.models import (
    ArticleModel,
    CopiesModel,
    HealthModel,
    SearchModel,
    SimilarModel,
    SourceModel,
    SourcesModel,
    SuggestionsModel,
)
from search.params import MAX_QUERY_CHARACTERS, ExportParams, SearchParams
from search.problems import problem_response, unavailable
from search.results import ArticlePage
from search.service import SearchService

EXPORT_PATH = "/api/v1/export"

_DESCRIPTIONS = {
    400: "The query is longer than is read, or is doubtful in a strict search",
    404: "No such article, page or cursor",
    422: "A parameter breaks its rules",
    503: "The search engine or the store does not answer now; Retry-After says when to ask again",
}


def _problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemModel"}}}
    return {status: {"description": _DESCRIPTIONS[status], "content": content} for status in statuses}


ArticleId = Annotated[str, Path(description="The id of a hit")]
Typed = Annotated[
    str, Query(description="A query as far as it is typed", json_schema_extra={"maxLength": MAX_QUERY_CHARACTERS})
]
Version = Annotated[int | None, Query(ge=1, description="An earlier version's number; the newest if left out")]

Form = Annotated[BodyForm, Query(alias="format", description="What to write the body as, besides text and blocks")]


def _known(service: SearchService, article_id: str, version: int | None) -> ArticlePage:
    """The article; raises NotFoundError."""
    page = service.article(article_id, version=version)
    if page is None:
        raise NotFoundError(f"there is no article {article_id[:64]!r}{f' version {version}' if version else ''}")
    return page


def api_router(service: SearchService) -> APIRouter:
    """The routes of the API. Handlers are plain functions: the service blocks, so they run in the thread pool."""
    router = APIRouter()

    @router.get(
        SEARCH_PATH,
        tags=["search"],
        summary="Search articles",
        response_model=SearchModel,
        responses=_problems(400, 404, 422, 503),
    )
    def search(request: Request, params: Annotated[SearchParams, Query()]) -> Response:
        return tagged_response(request, search_body(service.search(params)), fleeting={"took_ms"})

    @router.get(
        EXPORT_PATH,
        tags=["search"],
        summary="Everything a search finds, as a stream",
        response_class=StreamingResponse,
        responses={200: {"content": {"application/x-ndjson": {}, "text/csv": {}}}, **_problems(400, 422, 503)},
    )
    def export(params: Annotated[ExportParams, Query()]) -> StreamingResponse:
        pages = service.export(params.search, with_text=params.text)
        return StreamingResponse(
            exported(pages, params.format, with_text=params.text),
            media_type=MEDIA_TYPES[params.format],
            headers={"Content-Disposition": f'attachment; filename="newsdex.{params.format}"'},
        )

    @router.get(
        "/api/v1/suggest", tags=["search"], summary="Complete the last word", responses=_problems(400, 422, 503)
    )
    def suggest(q: Typed) -> SuggestionsModel:
        return SuggestionsModel(suggestions=list(service.suggest(q)))

    @router.get(
        "/api/v1/articles/{article_id}",
        tags=["articles"],
        summary="One article with its versions and fetches",
        response_model=ArticleModel,
        responses=_problems(404, 422, 503),
    )
    def article(
        request: Request, article_id: ArticleId, version: Version = None, form: Form = BodyForm.TEXT
    ) -> Response:
        return tagged_response(request, article_body(_known(service, article_id, version), form))

    @router.get(
        "/api/v1/articles/{article_id}/similar",
        tags=["articles"],
        summary="Articles like this one",
        response_model=SimilarModel,
        responses=_problems(404, 422, 503),
    )
    def similar(request: Request, article_id: ArticleId) -> Response:
        found = service.similar(_known(service, article_id, None))
        return tagged_response(request, similar_body(found))

    @router.get(
        "/api/v1/articles/{article_id}/copies",
        tags=["articles"],
        summary="Articles with almost the same text",
        response_model=CopiesModel,
        responses=_problems(404, 422, 503),
    )
    def copies(request: Request, article_id: ArticleId) -> Response:
        found = service.copies(_known(service, article_id, None).view.stored.id)
        return tagged_response(request, copies_body(found))

    @router.get("/api/v1/sources", tags=["search"], summary="The sources", responses=_problems(503))
    def sources() -> SourcesModel:
        return SourcesModel(
            sources=[SourceModel(id=each.id, name=each.name, articles=each.articles) for each in service.sources()]
        )

    @router.get("/healthz", tags=["health"], summary="Whether the server is alive")
    def healthz() -> HealthModel:
        return HealthModel(status="ok")

    @router.get(
        "/readyz",
        tags=["health"],
        summary="Whether searches can be answered now",
        response_model=HealthModel,
        responses=_problems(503),
    )
    def readyz() -> HealthModel | Response:
        readiness = service.ready()
        checks = check_bodies(readiness)
        if readiness.ok:
            return HealthModel(status="ready", checks=checks)
        failed = "; ".join(f"{check.name}: {check.detail}" for check in readiness.checks if not check.ok)
        return problem_response(unavailable(failed, checks))

    return router
