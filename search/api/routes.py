"""The HTTP API: typed JSON under /api/v1, and the two health addresses."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from news.errors import NotFoundError
from news.rendering import BodyForm
from search.api.bodies import SEARCH_PATH, article_body, check_bodies, copies_body, search_body, similar_body
from search.api.described import problems
from search.api.etags import tagged_response
from search.api.models import (
    ArticleModel,
    CopiesModel,
    HealthModel,
    SearchModel,
    SimilarModel,
    SourceModel,
    SourcesModel,
    SuggestionsModel,
)
from search.changes import ChangesModel, changes_body
from search.citation import MEDIA_TYPES as CITATION_TYPES
from search.citation import SUFFIXES, CitationForm, cited
from search.errors import AWAY
from search.export import MEDIA_TYPES, exported
from search.params import MAX_QUERY_CHARACTERS, ExportParams, Moment, SearchParams, end_of
from search.results import ArticlePage
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

ArticleId = Annotated[str, Path(description="The id of a hit")]
Typed = Annotated[
    str, Query(description="A query as far as it is typed", json_schema_extra={"maxLength": MAX_QUERY_CHARACTERS})
]
Version = Annotated[int | None, Query(ge=1, description="An earlier version's number; the newest if left out")]

AsOf = Annotated[
    Moment | None,
    Query(description="The version that stood at the end of this day, or at this time; nothing beside `version`"),
]
Form = Annotated[BodyForm, Query(alias="format", description="What to write the body as, besides text and blocks")]
CitationAs = Annotated[CitationForm, Query(alias="format", description="CSL-JSON, BibTeX, or one line of text")]
CITED = {
    "application/vnd.citationstyles.csl+json": {
        "schema": {"type": "array", "items": {"type": "object"}},
        "example": [{"id": "newsdex-00e30bbd8257d5dcbfd4-1", "type": "article-newspaper", "title": "Harbour …"}],
    },
    "application/x-bibtex": {
        "schema": {"type": "string"},
        "example": "@misc{newsdex-00e30bbd8257d5dcbfd4-1,\n  title = {{Harbour …}},\n}\n",
    },
    "text/plain": {
        "schema": {"type": "string"},
        "example": "Jane Doe. “Harbour ….” News Example. 24 Nov 2026. https://…",
    },
}


def _known(
    service: SearchService, article_id: str, version: int | None, as_of: date | datetime | None = None
) -> ArticlePage:
    """The article; raises NotFoundError."""
    page = service.article(article_id, version=version, at=end_of(as_of) if as_of and not version else None)
    if page is None:
        which = f" version {version}" if version else f" that was known then ({as_of})" if as_of else ""
        raise NotFoundError(f"there is no article {article_id[:64]!r}{which}")
    return page


def api_router(service: SearchService, outages: Outages) -> APIRouter:
    """The routes of the API. Handlers that ask the service are plain functions: it blocks, so they run in threads."""
    router = APIRouter()

    @router.get(
        SEARCH_PATH,
        tags=["search"],
        summary="Search articles",
        response_model=SearchModel,
        responses=problems(400, 404, 422, 503),
    )
    def search(request: Request, params: Annotated[SearchParams, Query()]) -> Response:
        """One page of hits with facets; the page for people takes the same words, filters, order and page."""
        return tagged_response(request, search_body(service.search(params)), fleeting={"took_ms"})

    @router.get(
        EXPORT_PATH,
        tags=["search"],
        summary="Everything a search finds, as a stream",
        response_class=StreamingResponse,
        responses={200: {"content": EXPORTED}, **problems(400, 422, 503)},
    )
    def export(params: Annotated[ExportParams, Query()]) -> StreamingResponse:
        """A stream that is made while it is sent, however much is found. One that is cut off failed on the way."""
        pages = service.export(params.search, with_text=params.text)
        return StreamingResponse(
            exported(pages, params.format, with_text=params.text),
            media_type=MEDIA_TYPES[params.format],
            headers={"Content-Disposition": f'attachment; filename="newsdex.{params.format}"'},
        )

    @router.get("/api/v1/suggest", tags=["search"], summary="Complete the last word", responses=problems(400, 422, 503))
    def suggest(q: Typed) -> SuggestionsModel:
        """Whole queries whose last word is completed by words of the newest headlines."""
        return SuggestionsModel(suggestions=list(service.suggest(q)))

    @router.get(
        "/api/v1/articles/{article_id}",
        tags=["articles"],
        summary="One article with its versions and fetches",
        response_model=ArticleModel,
        responses=problems(404, 422, 503),
    )
    def article(
        request: Request,
        article_id: ArticleId,
        version: Version = None,
        as_of: AsOf = None,
        form: Form = BodyForm.TEXT,
    ) -> Response:
        """Its story as it is now or in an earlier version, what was fetched, and where that is archived."""
        return tagged_response(request, article_body(_known(service, article_id, version, as_of), form))

    @router.get(
        "/api/v1/articles/{article_id}/changes",
        tags=["articles"],
        summary="What each version changed, word by word",
        response_model=ChangesModel,
        responses=problems(404, 422, 503),
    )
    def changes(request: Request, article_id: ArticleId) -> Response:
        """Its edits, each as the words that came and went; what only moved is told, too."""
        page = _known(service, article_id, None)
        return tagged_response(request, changes_body(page.view.stored.id, page.view.stored.url, page.versions))

    @router.get(
        "/api/v1/articles/{article_id}/citation",
        tags=["articles"],
        summary="How to cite an article",
        response_class=Response,
        responses={200: {"content": CITED}, **problems(404, 422, 503)},
    )
    def citation(article_id: ArticleId, version: Version = None, form: CitationAs = CitationForm.CSL) -> Response:
        """Its authors, headline, source, day and address, and which version was archived when."""
        page = _known(service, article_id, version)
        name = f"newsdex-{page.view.stored.id}.{SUFFIXES[form]}"
        headers = {"Content-Disposition": f'inline; filename="{name}"'}
        return Response(cited(page, form), media_type=CITATION_TYPES[form], headers=headers)

    @router.get(
        "/api/v1/articles/{article_id}/similar",
        tags=["articles"],
        summary="Articles like this one",
        response_model=SimilarModel,
        responses=problems(404, 422, 503),
    )
    def similar(request: Request, article_id: ArticleId) -> Response:
        """Up to ten articles whose words are most like its own."""
        found = service.similar(_known(service, article_id, None))
        return tagged_response(request, similar_body(found))

    @router.get(
        "/api/v1/articles/{article_id}/copies",
        tags=["articles"],
        summary="Articles with almost the same text",
        response_model=CopiesModel,
        responses=problems(404, 422, 503),
    )
    def copies(request: Request, article_id: ArticleId) -> Response:
        """The cluster of one text under several addresses: cut, edited, re-headlined or syndicated."""
        found = service.copies(_known(service, article_id, None).view.stored.id)
        return tagged_response(request, copies_body(found))

    @router.get("/api/v1/sources", tags=["search"], summary="The sources", responses=problems(503))
    def sources() -> SourcesModel:
        """Every source that is followed, and how many of its articles can be found."""
        return SourcesModel(
            sources=[SourceModel(id=each.id, name=each.name, articles=each.articles) for each in service.sources()]
        )

    @router.get("/healthz", tags=["health"], summary="Whether the server is alive")
    async def healthz() -> HealthModel:
        """Always answers while the process lives; asks nothing else."""
        # In the loop itself: searches that wait for a server that hangs may hold every thread
        return HealthModel(status="ok")

    @router.get(
        "/readyz",
        tags=["health"],
        summary="Whether searches can be answered now",
        response_model=HealthModel,
        responses=problems(503),
    )
    def readyz() -> HealthModel | Response:
        """Asks the store and the search engine. A full disk is told; searches are answered all the same."""
        readiness = service.ready()
        checks = check_bodies(readiness)
        if readiness.ok:
            return HealthModel(status="ready", checks=checks)
        failed = [check for check in readiness.checks if check.is_needed and not check.ok]
        for check in failed:
            outages.note(check.name, check.detail)
        return problem_response(unavailable("; ".join(AWAY[check.name] for check in failed), checks=checks))

    return router
