"""ASGI middleware in front of every route: keys, origins and the size of bodies, before any body is read."""

from __future__ import annotations

from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from news.errors import StoreError
from search.access import Access, Asked, Refusal
from search.problems import Problem, problem_of

MAX_BODY_BYTES = 4 * 1024 * 1024  # a choice: a thousand URLs of 2,048 characters, twice over
KEY_STATE = "key"  # name in request.state of the key that was given

Tell = Callable[[Request, Problem], Response]


class AccessGuard:
    """Lets through what `Access` allows."""

    def __init__(self, app: ASGIApp, *, access: Access, tell: Tell) -> None:
        """`tell` makes the answer to a request that is refused."""
        self._app = app
        self._access = access
        self._tell = tell

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = {name.lower(): value for name, value in Headers(scope=scope).items()}
        asked = Asked(method=scope["method"], path=scope["path"], headers=headers)
        problem = await self._problem(asked, scope)
        if problem is not None:
            await self._tell(Request(scope), problem)(scope, receive, send)
            return
        await self._app(scope, _bounded(receive), send)

    async def _problem(self, asked: Asked, scope: Scope) -> Problem | None:
        length = asked.headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > MAX_BODY_BYTES:
            return Problem(status=413, detail=f"a body has at most {MAX_BODY_BYTES} bytes; send fewer URLs at a time")
        try:
            decided = await run_in_threadpool(self._access.decide, asked)
        except StoreError as error:
            return problem_of(error)
        if isinstance(decided, Refusal):
            headers = {"WWW-Authenticate": decided.challenge} if decided.challenge else {}
            return Problem(status=decided.status, detail=decided.detail, headers=headers)
        scope.setdefault("state", {})[KEY_STATE] = decided
        return None


def _bounded(receive: Receive) -> Receive:
    """The same messages, cut off where a body without a stated length grows too long."""
    seen = 0

    async def receive_bounded() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        return {"type": "http.disconnect"} if seen > MAX_BODY_BYTES else message

    return receive_bounded
