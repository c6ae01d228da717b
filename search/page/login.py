"""Login to the page: a key goes in, and a cookie comes out that only this server can read, and no script."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from fastapi import APIRouter
from jinja2 import Environment
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from search.web.access import COOKIE, COOKIE_SECONDS, LOGIN_PATH, Access
from search.web.pages import page_response

LOGOUT_PATH = "/logout"
MOST_FIELDS = 50


def login_router(access: Access, environment: Environment) -> APIRouter:
    """The routes. The form's body is read before the handler, which blocks on the store."""
    router = APIRouter(include_in_schema=False)

    def page(back_to: str, *, wrong: bool = False) -> Response:
        status = 401 if wrong else 200
        return page_response(environment, "login.html", status=status, back_to=back_to, wrong=wrong)

    def show(request: Request) -> Response:
        return page(local_path(request.query_params.get("next", "")))

    async def log_in(request: Request) -> Response:
        form = form_of(await request.body())
        back_to, written = local_path(form.get("next", "")), form.get("key", "").strip()
        if await run_in_threadpool(access.check, written) is None:
            return page(back_to, wrong=True)
        answer = RedirectResponse(back_to, status_code=303)
        answer.set_cookie(
            COOKIE, written, max_age=COOKIE_SECONDS, httponly=True, samesite="strict", secure=is_https(request)
        )
        return answer

    def log_out(request: Request) -> Response:
        answer = RedirectResponse("/", status_code=303)
        answer.delete_cookie(COOKIE, httponly=True, samesite="strict", secure=is_https(request))
        return answer

    router.add_api_route(LOGIN_PATH, show, methods=["GET", "HEAD"], response_model=None)
    router.add_api_route(LOGIN_PATH, log_in, methods=["POST"], response_model=None)
    router.add_api_route(LOGOUT_PATH, log_out, methods=["POST"], response_model=None)
    return router


def form_of(body: bytes) -> dict[str, str]:
    """The fields of an application/x-www-form-urlencoded body, for repeated ones the last value.

    Empty for anything else.
    """
    try:
        fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        return {}
    return {name: values[-1] for name, values in fields.items()}


def local_path(text: str) -> str:
    """The text if it is an address of this server, otherwise the front page.

    >>> local_path("/status?a=b"), local_path("//evil.example/"), local_path("https://evil.example/")
    ('/status?a=b', '/', '/')
    """
    try:
        parts = urlsplit(text)
    except ValueError:
        return "/"
    strange = parts.scheme or parts.netloc or "\\" in text or any(ord(char) < 33 or ord(char) > 126 for char in text)
    return "/" if strange or not text.startswith("/") or text.startswith("//") else text


def is_https(request: Request) -> bool:
    """Whether the browser uses https, to this server or to a proxy in front of it on this machine."""
    return request.url.scheme == "https"
