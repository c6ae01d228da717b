"""The status page: how everything is doing, with buttons for holders of a key. It needs no JavaScript."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter
from jinja2 import Environment
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from news.keys import Scope
from news.requests import RequestKind
from search.errors import BadRequest
from search.operations.service import Operations
from search.page.login import form_of
from search.page.status_view import headline, in_order, request_title
from search.web.guard import key_of
from search.web.pages import page_response
from store.crawls.pauses import EVERYTHING

STATUS_PATH = "/status"
LINES = 12  # per list; the API returns more


def status_router(operations: Operations, environment: Environment) -> APIRouter:
    """The routes of the page. Whatever blocks on the store runs in the thread pool."""
    router = APIRouter(include_in_schema=False)

    def show(request: Request) -> Response:
        key = key_of(request)
        overview = operations.condition.overview(shown=LINES)
        overview = overview if key else overview.without_places()
        names = {row.source.id: row.source.name for row in overview.sources}
        return page_response(
            environment,
            "status.html",
            overview=overview,
            headline=headline(overview),
            sources=in_order(overview.sources),
            requests=list(zip(overview.requests, overview.held_by, strict=True)),
            names=names,
            lines=LINES,
            key=key,
            may_operate=key is not None and key.scope.allows(Scope.OPERATE),
            everything=EVERYTHING,
            request_title=lambda view: request_title(view, names),
        )

    router.add_api_route(STATUS_PATH, show, methods=["GET", "HEAD"], response_model=None)
    actions: dict[str, Callable[[dict[str, str]], object]] = {
        "requests": lambda form: operations.requests.ask(
            _kind(form), source_id=form.get("source") or None, failed=form.get("failed") == "1"
        ),
        "cancel": lambda form: operations.requests.cancel(form.get("id", "")),
        "pause": lambda form: operations.pause(form.get("scope", "")),
        "resume": lambda form: operations.resume(form.get("scope", "")),
    }
    for name, action in actions.items():
        router.add_api_route(f"{STATUS_PATH}/{name}", _handler(action), methods=["POST"], response_model=None)
    return router


def _handler(action: Callable[[dict[str, str]], object]) -> Callable[[Request], object]:
    async def handle(request: Request) -> Response:
        await run_in_threadpool(action, form_of(await request.body()))
        return RedirectResponse(STATUS_PATH, status_code=303)

    return handle


def _kind(form: dict[str, str]) -> RequestKind:
    try:
        return RequestKind(form.get("kind", ""))
    except ValueError:
        raise BadRequest("the form names no kind of work; reload the page") from None
