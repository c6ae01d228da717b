"""The saved-search part of the HTTP API."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from search.api.described import KEY, READS, WRITES, problems
from search.api.standing_models import (
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
from search.standing.service import StandingService
from search.standing.token_routes import FEEDS_PATH
from search.web.guard import key_of

SEARCHES_API_PATH = "/api/v1/searches"
MOST_LISTED = 200

SearchId = Annotated[str, Path(max_length=64, description="The id of a saved search")]
DeliveryId = Annotated[str, Path(max_length=64, description="The id of one of its deliveries")]
Limit = Annotated[int, Query(ge=1, le=MOST_LISTED, description="How many to return, newest first")]


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
        dependencies=[KEY],
        responses={
            201: {
                "headers": {"Location": {"schema": {"type": "string"}, "description": "Address of the saved search"}}
            },
            **problems(*WRITES),
        },
    )
    def save_search(wanted: NewSearchModel, request: Request, response: Response) -> SavedSearchModel:
        """Every article fetched from now on is matched against it; it is read strictly, and every word is required."""
        key = key_of(request)
        saved = service.save(wanted, name=wanted.name, owner_key_id=key.id if key else None)
        response.headers["Location"] = f"{SEARCHES_API_PATH}/{saved.id}"
        return search_body(service.get(saved.id))

    @router.get(SEARCHES_API_PATH, summary="Every saved search", responses=problems(401, 403, 503))
    def saved_searches() -> SavedSearchesModel:
        """Including those that are paused."""
        return SavedSearchesModel(searches=[search_body(each) for each in service.all()])

    one = f"{SEARCHES_API_PATH}/{{search_id}}"

    @router.get(one, summary="One saved search", responses=problems(404, *READS))
    def saved_search(search_id: SearchId) -> SavedSearchModel:
        """What it looks for, what it found, and where that goes."""
        return search_body(service.get(search_id))

    @router.delete(
        one,
        summary="Delete a saved search with its deliveries and matches",
        status_code=204,
        dependencies=[KEY],
        responses=problems(404, *READS),
    )
    def remove_search(search_id: SearchId) -> None:
        """Its feeds end at once; matches not yet sent are not sent."""
        service.remove(search_id)


def _add_states(router: APIRouter, service: StandingService) -> None:
    one = f"{SEARCHES_API_PATH}/{{search_id}}"
    answers = problems(404, *WRITES)

    @router.post(f"{one}/pause", summary="Match nothing for now", dependencies=[KEY], responses=answers)
    def pause_search(search_id: SearchId) -> SavedSearchModel:
        """Articles that arrive meanwhile are not matched later."""
        service.pause(search_id)
        return search_body(service.get(search_id))

    @router.post(f"{one}/resume", summary="Match again from now on", dependencies=[KEY], responses=answers)
    def resume_search(search_id: SearchId) -> SavedSearchModel:
        """A search that is not paused stays as it is."""
        service.resume(search_id)
        return search_body(service.get(search_id))

    @router.post(
        f"{one}/retry", summary="Retry the matches that were given up on", dependencies=[KEY], responses=answers
    )
    def retry_search(search_id: SearchId) -> RetriedModel:
        """Matches whose attempts were used up are tried again at once."""
        return RetriedModel(retried=service.retry(search_id))


def _add_reports(router: APIRouter, service: StandingService) -> None:
    one = f"{SEARCHES_API_PATH}/{{search_id}}"

    @router.get(f"{one}/matches", summary="What it found, newest first", responses=problems(404, *READS))
    def matches(search_id: SearchId, limit: Limit = 50) -> MatchesModel:
        """The newest of the 1,000 that are kept."""
        return MatchesModel(matches=[match_body(each) for each in service.matches(search_id, limit=limit)])

    @router.get(f"{one}/dead-letters", summary="What could not be delivered", responses=problems(404, *READS))
    def dead_letters(search_id: SearchId, limit: Limit = 50) -> DeadLettersModel:
        """Matches that a webhook or mail server accepted in none of the attempts, newest first, with the reason."""
        service.get(search_id)
        found = service.dead_letters(search_id, limit=limit)
        return DeadLettersModel(dead_letters=[dead_letter_body(each) for each in found])


def _add_deliveries(router: APIRouter, service: StandingService) -> None:
    path = f"{SEARCHES_API_PATH}/{{search_id}}/deliveries"

    @router.post(
        path,
        summary="Have matches delivered; a feed's path and a webhook's secret are shown in this answer only",
        status_code=201,
        dependencies=[KEY],
        responses=problems(404, *WRITES),
    )
    def deliver(search_id: SearchId, wanted: NewDeliveryModel) -> MadeDeliveryModel:
        """As a feed at an address of its own, by signed webhook, or by mail."""
        made = service.deliver(
            search_id, wanted.kind, target=wanted.target, pace=wanted.pace, time_zone=wanted.time_zone
        )
        return made_body(made, FEEDS_PATH)

    @router.post(
        f"{path}/{{delivery_id}}/rotate",
        summary="Give a feed a new path, or a webhook a new secret; the old one ends at once",
        dependencies=[KEY],
        responses=problems(404, *WRITES),
    )
    def rotate(search_id: SearchId, delivery_id: DeliveryId) -> MadeDeliveryModel:
        """For when somebody knows the old one who should not."""
        return made_body(service.rotate(delivery_id, search_id=search_id), FEEDS_PATH)

    @router.delete(
        f"{path}/{{delivery_id}}",
        summary="End a delivery",
        status_code=204,
        dependencies=[KEY],
        responses=problems(404, *READS),
    )
    def revoke(search_id: SearchId, delivery_id: DeliveryId) -> None:
        """Matches it has not sent yet are not sent."""
        service.revoke(delivery_id, search_id=search_id)
