"""The web page: search and articles as server-rendered HTML that needs no JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from jinja2 import Environment
from pydantic import BeforeValidator, ValidationError
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from news.errors import NotFoundError
from search.page.addresses import params_of
from search.page.contexts import article_context, search_context
from search.params import Moment, end_of
from search.service import SearchService
from search.web.pages import error_response, page_response
from search.web.problems import problem_of


def web_router(service: SearchService, environment: Environment, *, now: Callable[[], datetime]) -> APIRouter:
    """The routes of the page. Handlers are plain functions: the service blocks, so they run in threads."""
    router = APIRouter(include_in_schema=False)

    def search(request: Request) -> Response:
        try:
            params = params_of(request.query_params)
        except ValidationError as error:
            query = request.query_params.get("q", "")
            return error_response(environment, problem_of(error), asked="search", query=query)
        context = search_context(service, params, now())
        return page_response(environment, "search.html", query=params.q, **context)

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
        context = article_context(service, page, changes=changes, beside=beside)
        return page_response(environment, "article.html", **context)

    for path, handler in (("/", search), ("/articles/{article_id}", article)):
        router.add_api_route(path, handler, methods=["GET", "HEAD"], response_class=HTMLResponse, response_model=None)
    return router
