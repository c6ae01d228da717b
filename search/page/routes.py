"""The web page: search and articles as server-rendered HTML that needs no JavaScript."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from jinja2 import Environment
from pydantic import BeforeValidator, ValidationError
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from news.errors import EngineError, NotFoundError, StoreError
from news.versions.diff import VersionDiff, diff_versions
from search.api.bodies import SEARCH_PATH
from search.articles.citation import citation_line
from search.articles.copies import Copies
from search.links import PAGE_PATH, export_query, next_href, search_href
from search.page.languages import no_codes
from search.page.listing import (
    active_filters,
    edit_choices,
    facet_groups,
    hidden_fields,
    pager,
    range_choices,
    sort_choices,
    unknown_sources,
    without_filters,
)
from search.page.timeline_view import timeline_view
from search.params import FILTERS_OF_VALUES, MAX_DEPTH, MAX_SIZE, Moment, SearchParams, end_of
from search.request import doubt_of
from search.results import ArticlePage, FoundArticle
from search.service import SearchService
from search.suggestions.addresses import address_of
from search.web.problems import NOWHERE, Problem, problem_of
from store.views import CopyView, UrlView

_PARAMETERS = {field.alias or name: field for name, field in SearchParams.model_fields.items()}


def web_router(service: SearchService, environment: Environment, *, now: Callable[[], datetime]) -> APIRouter:
    """The routes of the page. Handlers are plain functions: the service blocks, so they run in threads."""
    router = APIRouter(include_in_schema=False)

    def search(request: Request) -> Response:
        try:
            params = params_of(request.query_params)
        except ValidationError as error:
            query = request.query_params.get("q", "")
            return error_response(environment, problem_of(error), asked="search", query=query)
        context = _search_context(service, params, now())
        return _page(environment, "search.html", query=params.q, **context)

    def article(
        article_id: str,
        version: Annotated[int | None, Query(ge=1)] = None,
        as_of: Annotated[Moment | None, BeforeValidator(lambda given: given or None), Query()] = None,
        changes: bool = False,
        beside: Annotated[str, Query(max_length=64)] = "",
    ) -> Response:
        page = service.article(article_id, version=version, at=end_of(as_of) if as_of else None)
        if page is None:
            then = f" that was known then ({as_of})" if as_of else ""
            raise NotFoundError(f"There is no article at this address{then}.")
        stored = page.view.stored
        if as_of:
            return RedirectResponse(f"/articles/{stored.id}?version={page.shown.version}", status_code=303)
        if stored.id != article_id:
            return RedirectResponse(f"/articles/{stored.id}", status_code=301)
        context = _article_context(service, page, changes=changes, beside=beside)
        return _page(environment, "article.html", query="", **context)

    for path, handler in (("/", search), ("/articles/{article_id}", article)):
        router.add_api_route(path, handler, methods=["GET", "HEAD"], response_class=HTMLResponse, response_model=None)
    return router


def _article_context(service: SearchService, page: ArticlePage, *, changes: bool, beside: str) -> dict[str, Any]:
    """What the page of an article shows."""
    copies = service.copies(page.view.stored.id)
    return {
        "page": page,
        "view": page.view,
        "stored": page.view.stored,
        "article": page.shown.article,
        "similar": _similar(service, page),
        "diff": _diff(page) if changes else None,
        "citation": citation_line(page),
        "copies": copies,
        "beside": _beside(page, copies, beside),
    }


def _meaning_href(service: SearchService, params: SearchParams) -> str | None:
    """The search in the other order, with meaning or without; None where there is no such order."""
    if not service.has_meaning or not (params.meaning or params.may_be_in_meaning_order):
        return None
    return search_href(PAGE_PATH, params, meaning=not params.meaning)


def _search_context(service: SearchService, params: SearchParams, moment: datetime) -> dict[str, Any]:
    """What the page of a search shows."""
    page = service.search(params, for_page=True)
    return {
        "page": page,
        "now": moment,
        "timeline": timeline_view(page.timeline, params),
        "spelling_href": search_href(PAGE_PATH, params, q=page.spelling) if page.spelling else None,
        "byline_href": search_href(PAGE_PATH, params, q=page.byline) if page.byline else None,
        "doubt": doubt_of(params.q, now=moment),
        "export_query": export_query(params),
        "api_href": search_href(SEARCH_PATH, params, page=params.page, cursor=params.cursor),
        "copies_href": search_href(PAGE_PATH, params, collapse=not params.collapse),
        "meaning_href": _meaning_href(service, params),
        "params": params,
        "facets": facet_groups(page, service.source_names),
        "filters": active_filters(params, service.source_names),
        "unfiltered": without_filters(params),
        "sorts": sort_choices(params),
        "ranges": range_choices(params, moment),
        "edits": edit_choices(params),
        "pager": pager(page),
        "first_href": search_href(PAGE_PATH, params, page=1),
        "last_href": search_href(PAGE_PATH, params, page=page.last_page),
        "address": address_of(params.q),
        "met": _met(service, params) if not page.total else None,
        "unknown_languages": no_codes(params.language),
        "unknown_sources": unknown_sources(page, service.source_names, moment),
        "next_href": next_href(PAGE_PATH, page.next_params),
        "search_fields": hidden_fields(params, "q"),
        "date_fields": hidden_fields(params, "published_from", "published_to", "as_of"),
    }


def _met(service: SearchService, params: SearchParams) -> UrlView | None:
    """The record of the address searched for, if the store answers; the search itself does not need it."""
    address = address_of(params.q)
    try:
        return service.met(address) if address else None
    except StoreError:
        return None


def _similar(service: SearchService, page: ArticlePage) -> tuple[FoundArticle, ...]:
    """Similar articles; none when the search engine is down, since the article is readable without it."""
    try:
        return service.similar(page)
    except EngineError:
        return ()


def _diff(page: ArticlePage) -> VersionDiff | None:
    """What the shown version changed."""
    return diff_versions(page.previous.article, page.shown.article) if page.previous else None


def _beside(page: ArticlePage, copies: Copies, other_id: str) -> tuple[CopyView, VersionDiff] | None:
    """A copy, and how the shown article differs from it."""
    other = next((one for one in copies.others(page.view.stored.id) if one.article_id == other_id), None)
    return (other, diff_versions(other.article, page.shown.article)) if other else None


def params_of(query: QueryParams) -> SearchParams:
    """Parse a search from an address; empty fields, unknown parameters and malformed numbers are ignored.

    Raises pydantic's ValidationError.
    """
    values: dict[str, Any] = {}
    for name in _PARAMETERS:
        given = [value for value in query.getlist(name) if value]
        if given:
            values[name] = tuple(dict.fromkeys(given)) if name in FILTERS_OF_VALUES else given[-1]
    for name, most in (("page", MAX_DEPTH), ("size", MAX_SIZE)):
        if name in values and (number := _number_within(values.pop(name), most)) is not None:
            values[name] = number
    return SearchParams.model_validate(values)


def _number_within(written: str, most: int) -> int | None:
    """The written number, clamped to 1 … `most`, since readers do not fix addresses; None if malformed."""
    try:
        return min(max(int(written), 1), most)
    except ValueError:
        return None


def error_response(environment: Environment, problem: Problem, *, asked: str, query: str = "") -> Response:
    """Render a problem as a page; `asked` names what was invalid, if that is the problem: search, address or form."""
    context = {"problem": problem, "asked": asked, "nowhere": NOWHERE}
    return _page(environment, "error.html", query=query, status=problem.status, headers=problem.headers, **context)


def _page(
    environment: Environment,
    template: str,
    *,
    query: str,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    **context: Any,
) -> Response:
    html = environment.get_template(template).render(query=query, **{"search_fields": (), **context})
    return HTMLResponse(html, status_code=status, headers=dict(headers or {}))


class StaticAssets(StaticFiles):
    """Static files that browsers may cache forever: their addresses change with their content."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response
