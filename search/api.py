"""The HTTP API: typed JSON under /api/v1, and the two health addresses."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from news.errors import NotFoundError
from search.bodies import SEARCH_PATH, article_body, check_bodies, search_body
from search.models import ArticleModel, HealthModel, SearchModel, SourceModel, SourcesModel
from search.params import SearchParams
from search.problems import problem_response, unavailable
from search.service import SearchService

_DESCRIPTIONS = {
    400: "The query is longer than is read",
    404: "No such article",
    422: "A parameter breaks its rules",
    503: "The search engine or the store does not answer now; Retry-After says when to ask again",
}


def _problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemModel"}}}
    return {status: {"description": _DESCRIPTIONS[status], "content": content} for status in statuses}


def api_router(service: SearchService) -> APIRouter:
    """The routes of the API. Handlers are plain functions: the service blocks, so they run in the thread pool."""
    router = APIRouter()

    @router.get(SEARCH_PATH, tags=["search"], summary="Search articles", responses=_problems(400, 422, 503))
    def search(params: Annotated[SearchParams, Query()]) -> SearchModel:
        return search_body(service.search(params))

    @router.get(
        "/api/v1/articles/{article_id}",
        tags=["articles"],
        summary="One article with its versions and fetches",
        responses=_problems(404, 422, 503),
    )
    def article(
        article_id: Annotated[str, Path(description="The id of a hit")],
        version: Annotated[
            int | None, Query(ge=1, description="An earlier version's number; the newest if left out")
        ] = None,
    ) -> ArticleModel:
        page = service.article(article_id, version=version)
        if page is None:
            raise NotFoundError(f"there is no article {article_id[:64]!r}{f' version {version}' if version else ''}")
        return article_body(page)

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
