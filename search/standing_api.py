"""The part of the HTTP API about saved searches."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response, Security
from fastapi.security import HTTPBearer

from news.keys import KeyView
from search.guard import KEY_STATE
from search.standing import StandingService
from search.standing_models import (
    DeadLettersModel,
    MadeDeliveryModel,
    MatchesModel,
    NewDeliveryModel,
    NewSearchModel,
    RetriedModel,
    SavedSearchesModel,
    SavedSearchModel,
    dead_letter_body,
    made_body,
    match_body,
    search_body,
)
from search.standing_open import FEEDS_PATH

SEARCHES_API_PATH = "/api/v1/searches"
MOST_LISTED = 200

# The guard in front of the application checks the key; this only puts it into OpenAPI.
_KEY = Security(HTTPBearer(auto_error=False, description="A key of scope operate, made by `newsdex keys create`"))
_DESCRIPTIONS = {
    400: "What is asked for makes no sense, or the query does not say what it looks like; `detail` says what to mend",
    401: "No key, or one that is not in force",
    403: "The key's scope is too small, or the page of another site sent this",
    404: "There is no such search or delivery",
    415: "The body is not application/json",
    422: "A parameter breaks its rules",
    503: "The store does not answer now; Retry-After says when to ask again",
}
_WRITE, _READ = (400, 401, 403, 415, 422, 503), (401, 403, 422, 503)

SearchId = Annotated[str, Path(max_length=64, description="The id of a saved search")]
DeliveryId = Annotated[str, Path(max_length=64, description="The id of one of its deliveries")]
Limit = Annotated[int, Query(ge=1, le=MOST_LISTED, description="How many, newest first")]


def _problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemModel"}}}
    return {status: {"description": _DESCRIPTIONS[status], "content": content} for status in sorted(statuses)}


def standing_router(service: StandingService) -> APIRouter:
    """The routes. Handlers block on the store, so they run in the thread pool."""
    router = APIRouter(tags=["saved searches"])
    _add_searches(router, service)
    _add_states(router, service)
    _add_reports(router, service)
    _add_deliveries(router, service)
    return router


def _add_searches(router: APIRouter, service: StandingService) -> None:
    @router.post(
        SEARCHES_API_PATH,
        summary="Save a search",
        status_code=201,
        dependencies=[_KEY],
        responses={
            201: {"headers": {"Location": {"schema": {"type": "string"}, "description": "Where it is"}}},
            **_problems(*_WRITE),
        },
    )
    def save(wanted: NewSearchModel, request: Request, response: Response) -> SavedSearchModel:
        key: KeyView | None = getattr(request.state, KEY_STATE, None)
        saved = service.save(wanted, name=wanted.name, owner_key_id=key.id if key else None)
        response.headers["Location"] = f"{SEARCHES_API_PATH}/{saved.id}"
        return search_body(service.get(saved.id))

    @router.get(SEARCHES_API_PATH, summary="Every saved search", responses=_problems(401, 403, 503))
    def searches() -> SavedSearchesModel:
        return SavedSearchesModel(searches=[search_body(each) for each in service.all()])

    one = f"{SEARCHES_API_PATH}/{{search_id}}"

    @router.get(one, summary="One saved search", responses=_problems(404, *_READ))
    def search(search_id: SearchId) -> SavedSearchModel:
        return search_body(service.get(search_id))

    @router.delete(
        one,
        summary="Delete a saved search with its deliveries and matches",
        status_code=204,
        dependencies=[_KEY],
        responses=_problems(404, *_READ),
    )
    def remove(search_id: SearchId) -> None:
        service.remove(search_id)


def _add_states(router: APIRouter, service: StandingService) -> None:
    one = f"{SEARCHES_API_PATH}/{{search_id}}"
    answers = _problems(404, *_WRITE)

    @router.post(f"{one}/pause", summary="Match nothing for now", dependencies=[_KEY], responses=answers)
    def pause(search_id: SearchId) -> SavedSearchModel:
        service.set_paused(search_id, paused=True)
        return search_body(service.get(search_id))

    @router.post(f"{one}/resume", summary="Match again from now on", dependencies=[_KEY], responses=answers)
    def resume(search_id: SearchId) -> SavedSearchModel:
        service.set_paused(search_id, paused=False)
        return search_body(service.get(search_id))

    @router.post(f"{one}/retry", summary="Tell again what was given up", dependencies=[_KEY], responses=answers)
    def retry(search_id: SearchId) -> RetriedModel:
        return RetriedModel(retried=service.retry(search_id))


def _add_reports(router: APIRouter, service: StandingService) -> None:
    one = f"{SEARCHES_API_PATH}/{{search_id}}"

    @router.get(f"{one}/matches", summary="What it found, newest first", responses=_problems(404, *_READ))
    def matches(search_id: SearchId, limit: Limit = 50) -> MatchesModel:
        return MatchesModel(matches=[match_body(each) for each in service.matches(search_id, limit=limit)])

    @router.get(f"{one}/dead-letters", summary="What could not be told", responses=_problems(404, *_READ))
    def dead_letters(search_id: SearchId, limit: Limit = 50) -> DeadLettersModel:
        service.get(search_id)
        found = service.dead_letters(search_id, limit=limit)
        return DeadLettersModel(dead_letters=[dead_letter_body(each) for each in found])


def _add_deliveries(router: APIRouter, service: StandingService) -> None:
    path = f"{SEARCHES_API_PATH}/{{search_id}}/deliveries"

    @router.post(
        path,
        summary="Have matches delivered; a feed's path and a webhook's secret are told in this answer only",
        status_code=201,
        dependencies=[_KEY],
        responses=_problems(404, *_WRITE),
    )
    def deliver(search_id: SearchId, wanted: NewDeliveryModel) -> MadeDeliveryModel:
        made = service.deliver(
            search_id, wanted.kind, target=wanted.target, pace=wanted.pace, time_zone=wanted.time_zone
        )
        return made_body(made, FEEDS_PATH)

    @router.post(
        f"{path}/{{delivery_id}}/rotate",
        summary="Another path for a feed, another secret for a webhook; the old one ends at once",
        dependencies=[_KEY],
        responses=_problems(404, *_WRITE),
    )
    def rotate(search_id: SearchId, delivery_id: DeliveryId) -> MadeDeliveryModel:
        return made_body(service.rotate(delivery_id, search_id=search_id), FEEDS_PATH)

    @router.delete(
        f"{path}/{{delivery_id}}",
        summary="End a delivery",
        status_code=204,
        dependencies=[_KEY],
        responses=_problems(404, *_READ),
    )
    def revoke(search_id: SearchId, delivery_id: DeliveryId) -> None:
        service.revoke(delivery_id, search_id=search_id)
