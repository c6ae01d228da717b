"""The web application: the API, the page, their errors and their headers."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from functools import partial
from urllib.parse import urlencode

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from jinja2 import Environment
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from news.errors import NewsdexError
from search.api.openapi import TAGS, describe, methods_at
from search.api.operations_routes import operations_router
from search.api.routes import api_router
from search.api.standing_routes import standing_router
from search.links import PAGE_PATH
from search.operations.service import Operations
from search.page.assets import STATIC_FOLDER, STATIC_PATH, StaticAssets
from search.page.help_page import help_router
from search.page.login import login_router
from search.page.render import make_environment
from search.page.routes import web_router
from search.page.sources import source_router
from search.page.standing import SEARCHES_PATH, searches_router
from search.page.status import STATUS_PATH, status_router
from search.service import SearchService
from search.standing.service import StandingService
from search.standing.token_routes import open_router
from search.web.access import LOGIN_PATH, SAFE_METHODS, Access
from search.web.guard import AccessGuard
from search.web.headers import SECURITY_HEADERS, SecurityHeaders
from search.web.limits import Limits, limits_of
from search.web.metrics import METRICS_PATH, metrics_router
from search.web.outages import Outages
from search.web.pages import error_response
from search.web.problems import Problem, problem_of, problem_response
from search.web.websub import websub_router
from store.clock import utc_now

OPENAPI_PATH = "/api/v1/openapi.json"
ROOT_OPENAPI_PATH = "/openapi.json"  # where programs first look for a description

_log = logging.getLogger(__name__)


def create_app(
    service: SearchService,
    *,
    version: str = "",
    now: Callable[[], datetime] = utc_now,
    operations: Operations | None = None,
    access: Access | None = None,
    limits: Limits | None = None,
    standing: StandingService | None = None,
    display_zone: tzinfo = UTC,
) -> FastAPI:
    """Build the application over one service; it opens and closes nothing itself.

    With `operations` it also reports the installation's state and accepts work, and with `standing` it saves searches;
    `access` must then guard them. Without `access` anyone may read; without `limits` as often as they like.
    """
    if (operations is not None or standing is not None) and access is None:
        raise ValueError("operations or saved searches without access would let everybody write")
    app = FastAPI(
        title="newsdex",
        version=version or "1",
        description="Search news articles, read their record, and run what collects them.",
        openapi_url=OPENAPI_PATH,
        docs_url=None,  # its page loads scripts from elsewhere
        redoc_url=None,
        openapi_tags=TAGS,
        generate_unique_id_function=lambda route: route.name,
    )
    environment = make_environment(display_zone)
    outages = Outages()
    tell = partial(_tell, environment, outages)
    app.include_router(api_router(service, outages))
    app.include_router(web_router(service, environment, now=now))
    app.include_router(source_router(service, environment, operations, now=now))
    app.include_router(help_router(environment))
    app.mount(STATIC_PATH, StaticAssets(directory=STATIC_FOLDER), name="static")
    app.add_api_route("/favicon.ico", lambda: RedirectResponse(f"{STATIC_PATH}/favicon.svg"), include_in_schema=False)
    app.add_api_route(ROOT_OPENAPI_PATH, lambda: RedirectResponse(OPENAPI_PATH), include_in_schema=False)
    if operations is not None:
        _add_operating(app, operations, environment)
    environment.globals["searches_path"] = SEARCHES_PATH if standing is not None else None
    if standing is not None:
        _add_standing(app, standing, environment, now)
    if access is not None:
        app.include_router(login_router(access, environment))
        limits = limits or limits_of(None, is_public=False)
        app.add_middleware(AccessGuard, access=access, limits=limits, tell=tell)
    app.add_middleware(SecurityHeaders)
    _tell_errors(app, tell)
    describe(app)
    return app


def _add_operating(app: FastAPI, operations: Operations, environment: Environment) -> None:
    environment.globals["status_path"] = STATUS_PATH
    app.include_router(operations_router(operations))
    app.include_router(metrics_router(operations))
    app.include_router(websub_router(operations.subscriptions, clock=operations.now, wake=operations.wake))
    app.include_router(status_router(operations, environment))


def _add_standing(
    app: FastAPI, standing: StandingService, environment: Environment, now: Callable[[], datetime]
) -> None:
    app.include_router(standing_router(standing))
    app.include_router(open_router(standing, environment))
    app.include_router(searches_router(standing, environment, now=now))


def _tell(environment: Environment, outages: Outages, request: Request, problem: Problem) -> Response:
    path = request.url.path
    if problem.part is not None and problem.cause:
        outages.note(problem.part, problem.cause)
    if not _is_page(path):
        return problem_response(problem)
    if problem.status == 401 and request.method in SAFE_METHODS:
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"{LOGIN_PATH}?{urlencode({'next': path + query})}", status_code=303)
    asked = "search" if path == PAGE_PATH else "address" if request.method in SAFE_METHODS else "form"
    return error_response(environment, problem, asked=asked, query=request.query_params.get("q", ""))


def _tell_errors(app: FastAPI, tell: Callable[[Request, Problem], Response]) -> None:
    async def known(request: Request, error: Exception) -> Response:
        problem = problem_of(error)
        if problem.status == 405:  # a router lists the methods of one route only, but an address may have several
            methods = methods_at(app.openapi(), request.url.path)
            problem = replace(problem, headers={"Allow": ", ".join(methods)} if methods else problem.headers)
        return tell(request, problem)

    async def unforeseen(request: Request, error: Exception) -> Response:
        # The server logs the traceback and closes the connection; no middleware sees this response.
        response = tell(request, problem_of(error))
        response.headers.update({**SECURITY_HEADERS, "Connection": "close"})
        return response

    for kind in (NewsdexError, HTTPException, RequestValidationError):
        app.add_exception_handler(kind, known)
    app.add_exception_handler(Exception, unforeseen)


def _is_page(path: str) -> bool:
    return not path.startswith(("/api/", "/healthz", "/readyz", METRICS_PATH, f"{STATIC_PATH}/"))
