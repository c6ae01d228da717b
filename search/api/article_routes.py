"""The routes of one article: its story and versions, their changes, its citation, and similar articles."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.requests import Request
from starlette.responses import Response

from news.errors import NotFoundError
from news.rendering import BodyForm
from search.api.bodies import article_body, copies_body, similar_body
from search.api.described import problems
from search.api.etags import tagged_response
from search.api.models import ArticleModel, CopiesModel, SimilarModel
from search.articles.changes import ChangesModel, changes_body
from search.articles.citation import MEDIA_TYPES as CITATION_TYPES
from search.articles.citation import SUFFIXES, CitationForm, cited
from search.params import Moment, end_of
from search.results import ArticlePage
from search.service import SearchService

ArticleId = Annotated[str, Path(description="The id of a hit")]
Version = Annotated[int | None, Query(ge=1, description="An earlier version's number; the newest if left out")]

AsOf = Annotated[
    Moment | None,
    Query(
        description="The version that stood at the end of this day, or at this time; ignored together with `version`"
    ),
]
Form = Annotated[
    BodyForm, Query(alias="format", description="Return the body in this form too, besides text and blocks")
]
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


def add_articles(router: APIRouter, service: SearchService) -> None:
    """Add the routes; their handlers are plain functions, since the service blocks."""
    _add_story(router, service)
    _add_likeness(router, service)


def _add_story(router: APIRouter, service: SearchService) -> None:
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
        """Its edits, each as the words added and removed; blocks that only moved are listed too."""
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


def _add_likeness(router: APIRouter, service: SearchService) -> None:
    @router.get(
        "/api/v1/articles/{article_id}/similar",
        tags=["articles"],
        summary="Articles like this one",
        response_model=SimilarModel,
        responses=problems(404, 422, 503),
    )
    def similar(request: Request, article_id: ArticleId) -> Response:
        """Up to five articles whose words are most like its own."""
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


def _known(
    service: SearchService, article_id: str, version: int | None, as_of: date | datetime | None = None
) -> ArticlePage:
    """The article; raises NotFoundError."""
    page = service.article(article_id, version=version, at=end_of(as_of) if as_of and not version else None)
    if page is None:
        which = f" version {version}" if version else f" that was known then ({as_of})" if as_of else ""
        raise NotFoundError(f"there is no article {article_id[:64]!r}{which}")
    return page
