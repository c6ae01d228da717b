"""The page of saved searches: forms without JavaScript, for holders of a key of scope operate."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar
from urllib.parse import parse_qsl

from fastapi import APIRouter
from jinja2 import Environment
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from news.alerts import written_secret
from news.keys import Scope
from news.query.errors import QuerySyntaxError
from news.standing import DeliveryKind, Pace
from search.errors import BadRequest
from search.links import search_query
from search.page.addresses import params_of
from search.page.login import form_of
from search.params import SearchParams
from search.standing.service import SearchSummary, StandingService
from search.standing.token_routes import FEEDS_PATH, page_address, params_of_search
from search.standing.words import ENDINGS, masked_target, search_words, what_ends
from search.web.guard import key_of
from search.web.pages import page_response
from store.standing.deliveries import MadeDelivery

SEARCHES_PATH = "/searches"
SEARCHES_LISTED = 100  # the newest; the API and the command line list all
MATCHES_LISTED = 3  # per search
KINDS = {
    DeliveryKind.RSS: "RSS feed",
    DeliveryKind.ATOM: "Atom feed",
    DeliveryKind.JSON: "JSON Feed",
    DeliveryKind.WEBHOOK: "Webhook",
    DeliveryKind.MAIL: "Mail",
}

Form = Mapping[str, str]
E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """Something that is shown only once."""

    title: str
    about: str
    secret: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """The search that can be saved."""

    query: str  # as an address's query string
    text: str  # for people
    name: str


def searches_router(service: StandingService, environment: Environment, *, now: Callable[[], datetime]) -> APIRouter:
    """The routes. Whatever blocks on the store runs in the thread pool."""
    page = _Page(service, environment, now)
    router = APIRouter(include_in_schema=False)
    router.add_api_route(SEARCHES_PATH, page.show, methods=["GET", "HEAD"], response_model=None)
    one, delivery = f"{SEARCHES_PATH}/{{search_id}}", f"{SEARCHES_PATH}/{{search_id}}/deliveries"
    posts: dict[str, Callable[[Request, Form], Response]] = {
        SEARCHES_PATH: page.save,
        f"{one}/pause": page.acting(service.pause),
        f"{one}/resume": page.acting(service.resume),
        f"{one}/remove": page.acting(service.remove),
        f"{one}/retry": page.acting(service.retry),
        delivery: page.deliver,
        f"{delivery}/{{delivery_id}}/revoke": page.revoke,
        f"{delivery}/{{delivery_id}}/rotate": page.rotate,
    }
    for path, act in posts.items():
        router.add_api_route(path, _handler(act), methods=["POST"], response_model=None)
    return router


class _Page:
    def __init__(self, service: StandingService, environment: Environment, now: Callable[[], datetime]) -> None:
        self._service = service
        self._environment = environment
        self._now = now

    def show(self, request: Request) -> Response:
        try:
            wanted = _wanted(params_of(request.query_params))
        except ValidationError:
            raise BadRequest("the address holds a search that breaks its rules; search again") from None
        return self._render(request, wanted=wanted)

    def save(self, request: Request, form: Form) -> Response:
        params = params_of(QueryParams(parse_qsl(form.get("search", ""))))
        try:
            saved = self._service.save(params, name=form.get("name", ""), owner_key_id=_key_id(request))
        except QuerySyntaxError as error:
            problem = f"The query {error}. Search again with it mended, or as plain words."
            return self._render(request, wanted=_wanted(params), problem=problem, status=400)
        if not form.get("kind"):
            return RedirectResponse(SEARCHES_PATH, status_code=303)
        try:
            return self._told(request, self._delivered(saved.id, form))
        except BadRequest as error:  # either everything that was asked for, or nothing
            self._service.remove(saved.id)
            problem = f"Not saved: {error}."
            return self._render(request, wanted=_wanted(params), problem=problem, status=400)

    def acting(self, act: Callable[[str], object]) -> Callable[[Request, Form], Response]:
        """Make the handler of a button that acts on one search."""

        def handle(request: Request, form: Form) -> Response:
            act(request.path_params["search_id"])
            return RedirectResponse(SEARCHES_PATH, status_code=303)

        return handle

    def deliver(self, request: Request, form: Form) -> Response:
        return self._told(request, self._delivered(request.path_params["search_id"], form))

    def _delivered(self, search_id: str, form: Form) -> MadeDelivery:
        return self._service.deliver(
            search_id,
            _choice(DeliveryKind, form.get("kind", "")),
            target=form.get("target", "").strip() or None,
            pace=_choice(Pace, form["pace"]) if form.get("pace") and form.get("kind") == "mail" else None,
        )

    def revoke(self, request: Request, form: Form) -> Response:
        path = request.path_params
        self._service.revoke(path["delivery_id"], search_id=path["search_id"])
        return RedirectResponse(SEARCHES_PATH, status_code=303)

    def rotate(self, request: Request, form: Form) -> Response:
        path = request.path_params
        return self._told(request, self._service.rotate(path["delivery_id"], search_id=path["search_id"]))

    def _told(self, request: Request, made: MadeDelivery) -> Response:
        """Show what cannot be shown again; if there is no such thing, go back to the page."""
        kind = KINDS[made.delivery.kind]
        if made.token:
            base = self._service.public_url or str(request.base_url).rstrip("/")
            address = f"{base}{FEEDS_PATH}/{made.token}.{made.delivery.kind}"
            return self._render(request, told=Told(title=kind, about="The feed's address.", secret=address))
        if made.secret:
            about = "The secret that signs its requests."
            return self._render(request, told=Told(title=kind, about=about, secret=written_secret(made.secret)))
        return RedirectResponse(SEARCHES_PATH, status_code=303)

    def _render(
        self,
        request: Request,
        *,
        wanted: Wanted | None = None,
        told: Told | None = None,
        problem: str = "",
        status: int = 200,
    ) -> Response:
        key = key_of(request)
        summaries = self._service.all()[::-1]
        return page_response(
            self._environment,
            "searches.html",
            status=status,
            headers={"Cache-Control": "no-store"} if told else None,
            rows=[self._row(each) for each in summaries[:SEARCHES_LISTED]],
            more_count=max(0, len(summaries) - SEARCHES_LISTED),
            targets={way.id: masked_target(way) for each in summaries for way in each.deliveries},
            kinds=KINDS,
            endings=ENDINGS,
            wanted=wanted,
            told=told,
            problem=problem,
            takes_mail=self._service.takes_mail,
            here=f"{SEARCHES_PATH}?{wanted.query}" if wanted else SEARCHES_PATH,
            key=key,
            may_operate=key is not None and key.scope.allows(Scope.OPERATE),
            now=self._now(),
        )

    def _row(self, summary: SearchSummary) -> dict[str, Any]:
        wanted = _wanted(params_of_search(summary.search))
        return {
            "search": summary.search,
            "text": wanted.text if wanted else "",
            "deliveries": summary.deliveries,
            "found": summary.found,
            "alerts": summary.alerts,
            "failing": summary.failing,
            "href": page_address("", summary.search),
            "ends": what_ends(summary.found.count if summary.found else 0, len(summary.deliveries)),
            "matches": self._service.matches(summary.search.id, limit=MATCHES_LISTED) if summary.found else (),
        }


def _handler(act: Callable[[Request, Form], Response]) -> Callable[[Request], object]:
    async def handle(request: Request) -> Response:
        return await run_in_threadpool(act, request, form_of(await request.body()))

    return handle


def _wanted(params: SearchParams) -> Wanted | None:
    query = search_query(params, sort=None, size=20, timeline=False, collapse=True)
    if not query:
        return None
    text = " · ".join(search_words(params))
    return Wanted(query=query, text=text, name=params.q or text)


def _key_id(request: Request) -> str | None:
    key = key_of(request)
    return key.id if key else None


def _choice(kind: type[E], text: str) -> E:
    try:
        return kind(text)
    except ValueError:
        raise BadRequest("the form names no such choice; reload the page") from None
