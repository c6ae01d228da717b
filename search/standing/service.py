"""Saving searches, and their deliveries: called by the page, the API and the command line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from config.settings import AlertSettings
from indexer.matching.service import would_have_matched
from news.errors import NotFoundError
from news.standing import (
    MAX_NAME_CHARACTERS,
    Alert,
    Delivery,
    DeliveryKind,
    Match,
    Pace,
    StandingSearch,
)
from news.standing_tokens import delivery_of, is_unsubscribe_token
from search.errors import BadRequest
from search.params import SearchedFor
from search.standing.checks import checked_filters, checked_mail_address, checked_url, checked_zone
from search.standing.matches import ShownMatch, shown_match
from search.standing.words import described
from store.records import StoredArticle
from store.service import Store
from store.standing.alerts import AlertCounts
from store.standing.deliveries import MadeDelivery
from store.standing.matches import MatchCount, MatchedArticle

FEED_ENTRIES = 50  # a choice: a day's matches of a busy search
MATCHES_SHOWN = 50
TRIED_ARTICLES = 20_000  # of the record, the newest, that a query is tried on


@dataclass(frozen=True, kw_only=True, slots=True)
class SearchSummary:
    """A saved search and how it is doing."""

    search: StandingSearch
    deliveries: tuple[Delivery, ...]
    found: MatchCount | None  # None = no matches yet
    alerts: AlertCounts  # what webhooks and mails have yet to deliver
    failing: Mapping[str, Alert]  # by delivery: the newest match that is being retried, or else the newest given up


class StandingService:
    """Saved searches; blocks on the store."""

    def __init__(
        self,
        store: Store,
        alerts: Callable[[], AlertSettings],
        source_names: Mapping[str, str],
        *,
        time_zone: str,
        clock: Callable[[], datetime],
    ) -> None:
        """`time_zone` is used for mails whose reader names none."""
        self._store = store
        self._alerts = alerts
        self._source_names = source_names
        self._time_zone = time_zone
        self._clock = clock

    @property
    def takes_mail(self) -> bool:
        """Whether mails can be sent."""
        return self._alerts().smtp_host is not None and self._alerts().mail_from is not None

    @property
    def public_url(self) -> str | None:
        """The address at which readers reach the page, if known; without a trailing slash."""
        url = self._alerts().public_url
        return url.rstrip("/") if url else None

    def save(self, wanted: SearchedFor, *, name: str = "", owner_key_id: str | None = None) -> StandingSearch:
        """Save a search under a name, or under its words.

        It is read strictly, since a misreading might go unnoticed for months. Raises QuerySyntaxError and BadRequest.
        """
        filters = checked_filters(wanted, source_ids=self._source_names, now=self._clock())
        chosen = " ".join(name.split()) or described(wanted.q, filters)
        return self._store.standing_searches.add(
            chosen[:MAX_NAME_CHARACTERS], wanted.q, filters, owner_key_id=owner_key_id, now=self._clock()
        )

    def all(self) -> list[SearchSummary]:
        """Every saved search, oldest first."""
        searches = self._store.standing_searches.all()
        deliveries: dict[str, list[Delivery]] = {}
        for each in self._store.standing_deliveries.of([search.id for search in searches]):
            deliveries.setdefault(each.search_id, []).append(each)
        found, alerts = self._store.standing_matches.counts(), self._store.standing_alerts.counts_by_search()
        failing = self._store.standing_alerts.failing()
        return [
            SearchSummary(
                search=search,
                deliveries=tuple(deliveries.get(search.id, ())),
                found=found.get(search.id),
                alerts=alerts.get(search.id, AlertCounts()),
                failing={each.id: failing[each.id] for each in deliveries.get(search.id, ()) if each.id in failing},
            )
            for search in searches
        ]

    def get(self, search_id: str) -> SearchSummary:
        """One saved search. Raises NotFoundError."""
        search = self._store.standing_searches.get(search_id)
        return SearchSummary(
            search=search,
            deliveries=tuple(self._store.standing_deliveries.of([search_id])),
            found=self._store.standing_matches.count(search_id),
            alerts=self._store.standing_alerts.counts(search_id),
            failing=self._store.standing_alerts.failing(search_id),
        )

    def matches(self, search_id: str, *, limit: int = MATCHES_SHOWN) -> list[ShownMatch]:
        """A search's matches, newest first. Raises NotFoundError."""
        search = self._store.standing_searches.get(search_id)
        newest = self._store.standing_matches.newest(search_id, limit=limit)
        return [shown_match(search, matched, self._source_names) for matched in newest]

    def dead_letters(self, search_id: str, *, limit: int = MATCHES_SHOWN) -> list[Alert]:
        """The matches that could not be delivered, newest first."""
        return self._store.standing_alerts.dead(search_id, limit=limit)

    def pause(self, search_id: str) -> None:
        """Stop matching a search; articles of the meantime are never matched. Raises NotFoundError."""
        self._store.standing_searches.pause(search_id, now=self._clock())

    def resume(self, search_id: str) -> None:
        """Match a search again, from now on. Raises NotFoundError."""
        self._store.standing_searches.resume(search_id, now=self._clock())

    def remove(self, search_id: str) -> None:
        """Delete a search with all its matches. Raises NotFoundError."""
        self._store.standing_searches.remove(search_id)

    def retry(self, search_id: str) -> int:
        """Retry the deliveries that were given up; returns how many. Raises NotFoundError."""
        self._store.standing_searches.get(search_id)
        return self._store.standing_alerts.retry(search_id, now=self._clock())

    def deliver(
        self,
        search_id: str,
        kind: DeliveryKind,
        *,
        target: str | None = None,
        pace: Pace | None = None,
        time_zone: str | None = None,
    ) -> MadeDelivery:
        """Have matches delivered from now on. Raises NotFoundError and BadRequest."""
        self._store.standing_searches.get(search_id)
        if kind is not DeliveryKind.MAIL and (pace or time_zone):
            raise BadRequest(f"a pace and a time zone are for mail; {kind} delivers every match at once")
        if kind.is_feed:
            if target:
                raise BadRequest(f"{kind} is read at an address that newsdex makes; leave the target out")
            return self._store.standing_deliveries.add(search_id, kind, now=self._clock())
        if kind is DeliveryKind.WEBHOOK:
            url = checked_url(target or "", trusted_hosts=self._alerts().trusted_hosts)
            return self._store.standing_deliveries.add(search_id, kind, target=url, now=self._clock())
        if not self.takes_mail:
            raise BadRequest("no mail server is set; write alerts.smtp_host and alerts.mail_from into the settings")
        return self._store.standing_deliveries.add(
            search_id,
            kind,
            target=checked_mail_address(target or ""),
            pace=pace or Pace.DAILY,
            time_zone=checked_zone(time_zone or self._time_zone),
            now=self._clock(),
        )

    def revoke(self, delivery_id: str, *, search_id: str | None = None) -> None:
        """End a delivery. Raises NotFoundError."""
        self._check_belongs(delivery_id, search_id)
        self._store.standing_deliveries.revoke(delivery_id, now=self._clock())

    def rotate(self, delivery_id: str, *, search_id: str | None = None) -> MadeDelivery:
        """Replace a feed's address or a webhook's secret. Raises NotFoundError."""
        self._check_belongs(delivery_id, search_id)
        return self._store.standing_deliveries.rotate(delivery_id)

    def try_out(self, wanted: SearchedFor, *, days: int) -> list[ShownMatch]:
        """What a search would have found in the last `days`, newest first, among at most TRIED_ARTICLES.

        Raises QuerySyntaxError and BadRequest.
        """
        now = self._clock()
        filters = checked_filters(wanted, source_ids=self._source_names, now=now)
        search = StandingSearch(id="", name="", query=wanted.q, filters=filters, created_at=now)
        since = now - timedelta(days=days)
        articles = self._store.standing_matches.recent_articles(since=since, limit=TRIED_ARTICLES)
        return [
            shown_match(search, MatchedArticle(match=_match_of(stored), stored=stored), self._source_names)
            for stored in would_have_matched(search, articles, now=now)
        ]

    def feed(self, token: str, kind: DeliveryKind) -> StandingSearch | None:
        """The search whose feed this token opens in this format; None for any other token."""
        delivery = self._store.standing_deliveries.feed(token)
        return self._store.standing_searches.get(delivery.search_id) if delivery and delivery.kind is kind else None

    def unsubscribed_from(self, token: str) -> StandingSearch | None:
        """The search whose mails this token ends; None for any other token."""
        delivery_id = delivery_of(token)
        if delivery_id is None:
            return None
        try:
            delivery, secret = self._store.standing_deliveries.get(delivery_id)
        except NotFoundError:
            return None
        if delivery.kind is not DeliveryKind.MAIL or not is_unsubscribe_token(token, delivery_id, secret or ""):
            return None
        return self._store.standing_searches.get(delivery.search_id)

    def _check_belongs(self, delivery_id: str, search_id: str | None) -> None:
        delivery, _ = self._store.standing_deliveries.get(delivery_id)
        if search_id is not None and delivery.search_id != search_id:
            raise NotFoundError(f"the search {search_id!r} has no delivery {delivery_id!r}")


def _match_of(stored: StoredArticle) -> Match:
    return Match(search_id="", article_id=stored.id, version=stored.version, matched_at=stored.fetched_at)
