"""ASGI middleware in front of every route: checks keys, origins, limits and body sizes before any body is read."""

from __future__ import annotations

from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from news.errors import StoreError
from news.keys import KeyView
from search.web.access import Access, Asked, Refusal
from search.web.limits import Limits, Quota, client_of
from search.web.problems import Problem, problem_of

MAX_BODY_BYTES = 4 * 1024 * 1024  # a choice: a thousand URLs of 2,048 characters, twice over
_TOO_LONG = Problem(status=413, detail=f"a body has at most {MAX_BODY_BYTES} bytes; send fewer URLs at a time")
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
        try:
            if problem is None and not asked.is_read and "content-length" not in asked.headers:
                body = await _whole(receive)
                receive, problem = (receive, _TOO_LONG) if body is None else (_again(body, receive), None)
            app = self._app if problem is None else self._tell(Request(scope), problem)
            await app(scope, receive, send)
        except ClientDisconnect:
            return  # while its body was read: nobody is left to answer

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
            return _TOO_LONG
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


async def _whole(receive: Receive) -> bytes | None:
    """A body without a stated length; None when it grows too long. Raises ClientDisconnect where it breaks off."""
    body = b""
    while len(body) <= MAX_BODY_BYTES:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        chunk: bytes = message.get("body", b"")
        body += chunk
        if not message.get("more_body", False):
            return body
    return None


def _again(body: bytes, receive: Receive) -> Receive:
    """Hand over a body that was read already."""
    messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive_again() -> Message:
        return messages.pop() if messages else await receive()

    return receive_again
