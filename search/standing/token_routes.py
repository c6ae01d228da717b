"""What a token in the address opens without a key: feeds, and unsubscribing from mails."""

from __future__ import annotations

from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime

from fastapi import APIRouter
from jinja2 import Environment
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response

from news.errors import NotFoundError
from news.standing import DeliveryKind, StandingSearch
from news.standing_tokens import delivery_of
from search.links import PAGE_PATH, search_href
from search.params import SearchParams
from search.standing.feed_documents import MEDIA_TYPES, Feed, feed_document
from search.standing.service import FEED_ENTRIES, StandingService
from search.standing.words import searched_for
from search.web.entity_tags import names_tag, tag_of
from search.web.pages import page_response

FEEDS_PATH, UNSUBSCRIBE_PATH = "/feeds", "/unsubscribe"


def open_router(service: StandingService, environment: Environment) -> APIRouter:
    """The routes."""
    router = APIRouter(include_in_schema=False)

    def feed(request: Request, token: str, kind: str) -> Response:
        found = service.feed(token, _kind(kind))
        if found is None:
            raise NotFoundError("There is no feed at this address, or it was revoked.")
        matches = service.matches(found.id, limit=FEED_ENTRIES)
        page_url = page_address(service.public_url or str(request.base_url), found)
        return _conditional(request.headers, Feed(search=found, matches=matches, page_url=page_url), _kind(kind))

    def unsubscribe(token: str) -> Response:
        found = service.unsubscribed_from(token)
        status = 200 if found else 404
        return page_response(environment, "unsubscribe.html", status=status, search=found, ended=False)

    async def end(token: str) -> Response:
        return await run_in_threadpool(_end, service, environment, token)

    router.add_api_route(f"{FEEDS_PATH}/{{token}}.{{kind}}", feed, methods=["GET", "HEAD"], response_model=None)
    path = f"{UNSUBSCRIBE_PATH}/{{token}}"
    router.add_api_route(path, unsubscribe, methods=["GET", "HEAD"], response_model=None)
    router.add_api_route(path, end, methods=["POST"], response_model=None)
    return router


def page_address(base_url: str, search: StandingSearch) -> str:
    """Where a saved search can be viewed."""
    return base_url.rstrip("/") + search_href(PAGE_PATH, params_of_search(search))


def params_of_search(search: StandingSearch) -> SearchParams:
    """A saved search as the page's parameters."""
    return SearchParams.model_validate(searched_for(search).model_dump(exclude={"strict"}))


def _end(service: StandingService, environment: Environment, token: str) -> Response:
    """End the mails; a mail program that repeats the request (RFC 8058) is told that they have ended."""
    found = service.unsubscribed_from(token)
    if found is not None:
        service.revoke(delivery_of(token) or "")
    return page_response(environment, "unsubscribe.html", search=found, ended=True)


def _kind(text: str) -> DeliveryKind:
    known: dict[str, DeliveryKind] = {kind.value: kind for kind in DeliveryKind if kind.is_feed}
    if text not in known:
        raise NotFoundError("There is no feed at this address; it ends in .rss, .atom or .json.")
    return known[text]


def _conditional(asked: Headers, feed: Feed, kind: DeliveryKind) -> Response:
    """The document, or 304 for a reader that has it (RFC 9110, section 13)."""
    document = feed_document(kind, feed)
    tag = tag_of(document)
    headers = {
        "ETag": tag,
        "Last-Modified": format_datetime(feed.updated_at, usegmt=True),
        "Cache-Control": "private, no-cache",  # a shared cache must not answer after the token was revoked
    }
    if _is_known(asked, tag, feed.updated_at):
        return Response(status_code=304, headers=headers)
    return Response(document, media_type=f"{MEDIA_TYPES[kind]}; charset=utf-8", headers=headers)


def _is_known(asked: Headers, tag: str, updated_at: datetime) -> bool:
    tags = asked.get("if-none-match")
    if tags is not None:  # If-Modified-Since is then ignored
        return names_tag(tags, tag)
    try:
        since = parsedate_to_datetime(asked.get("if-modified-since", ""))
        return updated_at.replace(microsecond=0) <= since
    except (TypeError, ValueError):
        return False
