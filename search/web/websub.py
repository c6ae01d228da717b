"""The address where hubs call us (WebSub): to verify our intent, and to notify of news. No content is accepted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from news.websub import CALLBACK_PATH, HELD, SubscriptionState, granted_seconds, is_signed
from store.crawls.subscriptions import Subscriptions

MAX_CHALLENGE_CHARACTERS = 1000


def websub_router(
    subscriptions: Subscriptions, *, clock: Callable[[], datetime], wake: Callable[[], None]
) -> APIRouter:
    """The routes of the addresses given to hubs; `wake` tells the daemon that a feed is due."""
    router = APIRouter(include_in_schema=False)

    def check(request: Request, token: str) -> Response:
        return _answer(subscriptions, token, request.query_params, clock())

    async def notify(request: Request, token: str) -> Response:
        body = await request.body()
        signature = request.headers.get("x-hub-signature")
        found = await run_in_threadpool(subscriptions.find, token)
        if found is None or found.state is SubscriptionState.LEAVING:
            return PlainTextResponse("no such subscription\n", 410)  # tells the hub not to try again
        if found.state is SubscriptionState.ACTIVE and is_signed(body, signature, found.secret):
            await run_in_threadpool(subscriptions.notified, found, now=clock())
            wake()
        return Response(status_code=202)  # also when the signature is wrong: section 7.1

    path = f"{CALLBACK_PATH}/{{token}}"
    router.add_api_route(path, check, methods=["GET"], response_model=None)
    router.add_api_route(path, notify, methods=["POST"], response_model=None)
    return router


def _answer(subscriptions: Subscriptions, token: str, query: Mapping[str, str], now: datetime) -> Response:
    """The answer to a hub that verifies our intent (section 5.3) or refuses us (section 5.2)."""
    found = subscriptions.find(token)
    if found is None or query.get("hub.topic") != found.topic_url:
        return PlainTextResponse("nobody asked for this\n", 404)
    if query.get("hub.mode") == "denied" and found.state is not SubscriptionState.LEAVING:
        subscriptions.denied(token, query.get("hub.reason") or "the hub gives no reason", now=now)
        return PlainTextResponse("")
    challenge = query.get("hub.challenge") or ""
    mode = query.get("hub.mode") or ""
    if not _was_asked(mode, found.state) or not 0 < len(challenge) <= MAX_CHALLENGE_CHARACTERS:
        return PlainTextResponse("nobody asked for this\n", 404)
    if mode == "unsubscribe":
        subscriptions.left(token)
    else:
        subscriptions.verified(token, lease_seconds=granted_seconds(query.get("hub.lease_seconds")), now=now)
    return PlainTextResponse(challenge)


def _was_asked(mode: str, state: SubscriptionState) -> bool:
    """Whether the hub was asked for this: anybody can ask it in our name, to end a subscription too."""
    return (mode == "subscribe" and state in HELD) or (mode == "unsubscribe" and state is SubscriptionState.LEAVING)
