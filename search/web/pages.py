"""Answers that are pages: a template rendered with what every page needs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jinja2 import Environment
from starlette.responses import HTMLResponse, Response

from search.web.problems import NOWHERE, Problem


def error_response(environment: Environment, problem: Problem, *, asked: str, query: str = "") -> Response:
    """Render a problem as a page; `asked` names what was invalid, if that is the problem: search, address or form."""
    context = {"problem": problem, "asked": asked, "nowhere": NOWHERE}
    return page_response(
        environment, "error.html", query=query, status=problem.status, headers=problem.headers, **context
    )


def page_response(
    environment: Environment,
    template: str,
    *,
    query: str = "",
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    **context: Any,
) -> Response:
    """The page of a template; `query` stands in its search box."""
    html = environment.get_template(template).render(query=query, **{"search_fields": (), **context})
    return HTMLResponse(html, status_code=status, headers=dict(headers or {}))
