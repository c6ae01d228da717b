"""The client's saved searches: `client.saved`."""

from __future__ import annotations

from typing import Unpack

from news.standing import DeliveryKind, Pace
from search.api.standing_models import (
    DeadLetterModel,
    DeadLettersModel,
    MadeDeliveryModel,
    MatchesModel,
    MatchModel,
    NewDeliveryModel,
    NewSearchModel,
    RetriedModel,
    SavedSearchesModel,
    SavedSearchModel,
)
from search.client.http import Transport
from search.client.params import Narrowing, at, checked, listing, narrowed

SEARCHES = "searches"


class SavedSearches:
    """Searches matched against every new article. Writing needs a key of scope operate; methods raise ClientError."""

    def __init__(self, http: Transport) -> None:
        self._http = http

    def add(self, q: str = "", *, name: str = "", **filters: Unpack[Narrowing]) -> SavedSearchModel:
        """Save a search; it is read strictly, and an ambiguous query raises Invalid."""
        wanted = checked(NewSearchModel, {"q": q, "name": name, **narrowed(filters)})
        return self._http.post(SavedSearchModel, at(SEARCHES), wanted)

    def all(self) -> list[SavedSearchModel]:
        """All of them, oldest first."""
        return self._http.get(SavedSearchesModel, at(SEARCHES)).searches

    def get(self, search_id: str) -> SavedSearchModel:
        """One of them."""
        return self._http.get(SavedSearchModel, at(SEARCHES, search_id))

    def remove(self, search_id: str) -> None:
        """Delete a search with its deliveries and matches."""
        self._http.delete(at(SEARCHES, search_id))

    def pause(self, search_id: str) -> SavedSearchModel:
        """Stop matching until the search is resumed."""
        return self._http.post(SavedSearchModel, at(SEARCHES, search_id, "pause"))

    def resume(self, search_id: str) -> SavedSearchModel:
        """Start matching again from now on."""
        return self._http.post(SavedSearchModel, at(SEARCHES, search_id, "resume"))

    def matches(self, search_id: str, *, limit: int = 50) -> list[MatchModel]:
        """The search's matches, newest first."""
        return self._http.get(MatchesModel, listing(SEARCHES, search_id, "matches", limit=limit)).matches

    def dead_letters(self, search_id: str, *, limit: int = 50) -> list[DeadLetterModel]:
        """The matches that could not be delivered, and why."""
        path = listing(SEARCHES, search_id, "dead-letters", limit=limit)
        return self._http.get(DeadLettersModel, path).dead_letters

    def retry(self, search_id: str) -> int:
        """Retry the matches that could not be delivered; returns how many."""
        return self._http.post(RetriedModel, at(SEARCHES, search_id, "retry")).retried

    def deliver(
        self,
        search_id: str,
        kind: DeliveryKind | str,
        *,
        target: str | None = None,
        pace: Pace | str | None = None,
        time_zone: str | None = None,
    ) -> MadeDeliveryModel:
        """Have matches delivered from now on; only this answer contains a feed's path or a webhook's secret."""
        given = {"kind": kind, "target": target, "pace": pace, "time_zone": time_zone}
        wanted = checked(NewDeliveryModel, given)
        return self._http.post(MadeDeliveryModel, at(SEARCHES, search_id, "deliveries"), wanted)

    def rotate(self, search_id: str, delivery_id: str) -> MadeDeliveryModel:
        """Replace a feed's path or a webhook's secret."""
        return self._http.post(MadeDeliveryModel, at(SEARCHES, search_id, "deliveries", delivery_id, "rotate"))

    def revoke(self, search_id: str, delivery_id: str) -> None:
        """End a delivery."""
        self._http.delete(at(SEARCHES, search_id, "deliveries", delivery_id))
