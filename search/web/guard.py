"""ASGI middleware in front of every route: checks keys, origins, limits and body sizes before any body is read."""

from __future__ import annotations

from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from news.errors import StoreError
from news.keys import KeyView
from search.web.access import Access, Asked, Refusal
from search.web.limits import Limits, Quota, client_of
from search.web.problems import Problem, problem_of

MAX_BODY_BYTES = 4 * 1024 * 1024  # a choice: a thousand URLs of 2,048 characters, twice over
KEY_STATE = "key"  # name in request.state of the request's key


def key_of(request: Request) -> KeyView | None:
    """The key a request was allowed with; None when it neither needed nor sent one."""
    key: KeyView | None = getattr(request.state, KEY_STATE, None)
    return key


Tell = Callable[[Request, Problem], Response]


class AccessGuard:
    """Lets through what `Access` and `Limits` allow."""

    def __init__(self, app: ASGIApp, *, access: Access, limits: Limits, tell: Tell) -> None:
        """`tell` makes the response to a refused request."""
        self._app = app
        self._access = access
        self._limits = limits
        self._tell = tell

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = {name.lower(): value for name, value in Headers(scope=scope).items()}
        asked = Asked(method=scope["method"], path=scope["path"], headers=headers)
        problem, quota = await self._problem(asked, scope)
        send = _telling(send, quota) if quota else send
        if problem is not None:
            await self._tell(Request(scope), problem)(scope, receive, send)
            return
        await self._app(scope, _bounded(receive), send)

    async def _problem(self, asked: Asked, scope: Scope) -> tuple[Problem | None, Quota | None]:
        """Why this may not proceed, and its client's remaining quota; the latter None if nothing is counted."""
        address = client_of(scope["client"][0] if scope.get("client") else None)
        carries_key = "authorization" in asked.headers or "cookie" in asked.headers
        if carries_key and not (refused := self._limits.refused.look(address)).allowed:
            return _too_many(refused, "invalid keys from this address"), refused
        problem = await self._decision(asked, scope, blocks=carries_key)
        if problem is not None and problem.status == 401 and carries_key:
            self._limits.refused.take(address)
        if self._limits.asked is None or (asked.is_open and asked.is_read):
            return problem, None
        key = scope["state"].get(KEY_STATE) if problem is None else None
        quota = self._limits.asked.take(f"key {key.id}" if key else address)
        return (_too_many(quota, "requests came from this client") if not quota.allowed else problem), quota

    async def _decision(self, asked: Asked, scope: Scope, *, blocks: bool) -> Problem | None:
        length = asked.headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > MAX_BODY_BYTES:
            return Problem(status=413, detail=f"a body has at most {MAX_BODY_BYTES} bytes; send fewer URLs at a time")
        try:
            decide = self._access.decide
            decided = await run_in_threadpool(decide, asked) if blocks else decide(asked)  # no lookup without a key
        except StoreError as error:
            return problem_of(error)
        if isinstance(decided, Refusal):
            headers = {"WWW-Authenticate": decided.challenge} if decided.challenge else {}
            return Problem(status=decided.status, detail=decided.detail, headers=headers)
        scope.setdefault("state", {})[KEY_STATE] = decided
        return None


def _too_many(quota: Quota, what: str) -> Problem:
    wait = quota.retry_after_seconds
    detail = f"more {what} than {quota.limit} a minute; ask again in {wait} second{'s' if wait != 1 else ''}"
    return Problem(status=429, detail=detail, headers={"Retry-After": str(wait)})


def _telling(send: Send, quota: Quota) -> Send:
    """Add the client's remaining quota to the headers of the answer."""

    async def send_telling(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(quota.headers)
        await send(message)

    return send_telling


def _bounded(receive: Receive) -> Receive:
    """Cut off a body without a stated length when it grows too long."""
    seen = 0

    async def receive_bounded() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        return {"type": "http.disconnect"} if seen > MAX_BODY_BYTES else message

    return receive_bounded
