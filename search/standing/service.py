"""Saving searches, and where their matches go: what the page, the API and the command line call."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from config.settings import AlertSettings
from indexer.matching.service import would_have_matched
from news.addresses import blocked_reason
from news.errors import NotFoundError
from news.index import Filters
from news.query.parser import parse_strict
from news.standing import (
    MAX_NAME_CHARACTERS,
    Alert,
    Delivery,
    DeliveryKind,
    Match,
    Pace,
    StandingSearch,
    filters_record,
)
from news.standing_tokens import delivery_of, is_unsubscribe_token
from news.urls import host_of, normalize_url
from search.errors import BadRequest
from search.params import FILTERS_OF_VALUES, MAX_QUERY_CHARACTERS, SearchedFor
from search.request import filters_of
from search.standing.matches import ShownMatch, shown_match
from store.records import StoredArticle
from store.service import Store
from store.standing.alerts import AlertCounts
from store.standing.matches import MatchCount, MatchedArticle
from store.standing.searches import MadeDelivery

FEED_ENTRIES = 50  # a choice: a day of a busy search
MATCHES_SHOWN = 50
TRIED_ARTICLES = 20_000  # of the record, the newest, that a query is tried on
_MAIL_ADDRESS = re.compile(r"[^@\s<>,;:\"\\]{1,64}@[A-Za-z0-9.-]{1,255}")


@dataclass(frozen=True, kw_only=True, slots=True)
class SearchSummary:
    """A saved search with how it is doing."""

    search: StandingSearch
    deliveries: tuple[Delivery, ...]
    found: MatchCount | None  # None = nothing yet
    alerts: AlertCounts  # what webhooks and mails have still to tell
    failing: Mapping[str, Alert]  # by delivery, the newest match it could not be told yet, else the newest given up


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
        """`time_zone` is that of mails whose reader names none."""
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
        """Where readers reach the page, if that is known; without a slash at its end."""
        url = self._alerts().public_url
        return url.rstrip("/") if url else None

    def save(self, wanted: SearchedFor, *, name: str = "", owner_key_id: str | None = None) -> StandingSearch:
        """Save a search under a name, or under its words.

        It is read strictly: nobody would notice for months what was misread. Raises QuerySyntaxError and BadRequest.
        """
        filters = self._checked(wanted)
        chosen = " ".join(name.split()) or _described(wanted.q, filters)
        return self._store.standing.add(
            chosen[:MAX_NAME_CHARACTERS], wanted.q, filters, owner_key_id=owner_key_id, now=self._clock()
        )

    def all(self) -> list[SearchSummary]:
        """Every saved search, oldest first."""
        searches = self._store.standing.all()
        deliveries: dict[str, list[Delivery]] = {}
        for each in self._store.standing.deliveries([search.id for search in searches]):
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
        search = self._store.standing.get(search_id)
        return SearchSummary(
            search=search,
            deliveries=tuple(self._store.standing.deliveries([search_id])),
            found=self._store.standing_matches.count(search_id),
            alerts=self._store.standing_alerts.counts(search_id),
            failing=self._store.standing_alerts.failing(search_id),
        )

    def matches(self, search_id: str, *, limit: int = MATCHES_SHOWN) -> list[ShownMatch]:
        """What it found, newest first. Raises NotFoundError."""
        search = self._store.standing.get(search_id)
        newest = self._store.standing_matches.newest(search_id, limit=limit)
        return [shown_match(search, matched, self._source_names) for matched in newest]

    def dead_letters(self, search_id: str, *, limit: int = MATCHES_SHOWN) -> list[Alert]:
        """What could not be told, newest first."""
        return self._store.standing_alerts.dead(search_id, limit=limit)

    def set_paused(self, search_id: str, *, paused: bool) -> None:
        """A paused search is not matched, and nothing is made up for. Raises NotFoundError."""
        self._store.standing.set_paused(search_id, paused=paused, now=self._clock())

    def remove(self, search_id: str) -> None:
        """Delete a search with everything it found. Raises NotFoundError."""
        self._store.standing.remove(search_id)

    def retry(self, search_id: str) -> int:
        """Have what was given up told again; returns how many. Raises NotFoundError."""
        self._store.standing.get(search_id)
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
        self._store.standing.get(search_id)
        if kind is not DeliveryKind.MAIL and (pace or time_zone):
            raise BadRequest(f"a pace and a time zone are for mail; {kind} tells every match at once")
        if kind.is_feed:
            if target:
                raise BadRequest(f"{kind} is read at an address that newsdex makes; leave the target out")
            return self._store.standing.deliver(search_id, kind, now=self._clock())
        if kind is DeliveryKind.WEBHOOK:
            url = self._checked_url(target or "")
            return self._store.standing.deliver(search_id, kind, target=url, now=self._clock())
        return self._store.standing.deliver(
            search_id,
            kind,
            target=self._checked_address(target or ""),
            pace=pace or Pace.DAILY,
            time_zone=_checked_zone(time_zone or self._time_zone),
            now=self._clock(),
        )

    def revoke(self, delivery_id: str, *, search_id: str | None = None) -> None:
        """End a delivery. Raises NotFoundError."""
        self._check_belongs(delivery_id, search_id)
        self._store.standing.revoke(delivery_id, now=self._clock())

    def rotate(self, delivery_id: str, *, search_id: str | None = None) -> MadeDelivery:
        """Another address for a feed, another secret for a webhook. Raises NotFoundError."""
        self._check_belongs(delivery_id, search_id)
        return self._store.standing.rotate(delivery_id)

    def try_out(self, wanted: SearchedFor, *, days: int) -> list[ShownMatch]:
        """What of the last so many days it would have found, newest first; of TRIED_ARTICLES at most.

        Raises QuerySyntaxError and BadRequest.
        """
        now = self._clock()
        search = StandingSearch(id="", name="", query=wanted.q, filters=self._checked(wanted), created_at=now)
        since = now - timedelta(days=days)
        articles = self._store.standing_matches.recent_articles(since=since, limit=TRIED_ARTICLES)
        return [
            shown_match(search, MatchedArticle(match=_match_of(stored), stored=stored), self._source_names)
            for stored in would_have_matched(search, articles, now=now)
        ]

    def feed(self, token: str, kind: DeliveryKind) -> StandingSearch | None:
        """The search whose feed this token opens in this form; None for any other."""
        delivery = self._store.standing.feed(token)
        return self._store.standing.get(delivery.search_id) if delivery and delivery.kind is kind else None

    def unsubscribed_from(self, token: str) -> StandingSearch | None:
        """The search whose mails this token ends; None for one that ends none."""
        delivery_id = delivery_of(token)
        if delivery_id is None:
            return None
        try:
            delivery, secret = self._store.standing.delivery(delivery_id)
        except NotFoundError:
            return None
        if delivery.kind is not DeliveryKind.MAIL or not is_unsubscribe_token(token, delivery_id, secret or ""):
            return None
        return self._store.standing.get(delivery.search_id)

    def _checked(self, wanted: SearchedFor) -> Filters:
        if len(wanted.q) > MAX_QUERY_CHARACTERS:
            raise BadRequest(f"a query has at most {MAX_QUERY_CHARACTERS} characters; shorten it")
        if wanted.ends_before_it_begins:
            raise BadRequest("`to` is before `from`: no article can lie between")
        for source_id in wanted.source:
            if source_id not in self._source_names:  # nothing would ever match, and nobody notice
                raise BadRequest(f"there is no source {source_id[:100]!r}; `newsdex sources list` names them")
        parse_strict(wanted.q, now=self._clock())
        filters = filters_of(wanted)
        if not wanted.q and not filters_record(filters):
            raise BadRequest("a search for everything would tell every article; write what to look for, or a filter")
        return filters

    def _checked_url(self, target: str) -> str:
        url = normalize_url(target)
        if url is None:
            raise BadRequest(f"{target[:100]!r} is not a web address; write https://…")
        is_trusted = host_of(url) in {host.lower() for host in self._alerts().trusted_hosts}
        if blocked_reason(url, allow_private_networks=is_trusted):
            raise BadRequest(f"{host_of(url)} is not a public address; name it in alerts.trusted_hosts if it is yours")
        return url

    def _checked_address(self, target: str) -> str:
        if not self.takes_mail:
            raise BadRequest("no mail server is set; write alerts.smtp_host and alerts.mail_from into the settings")
        if not _MAIL_ADDRESS.fullmatch(target):
            raise BadRequest(f"{target[:100]!r} is not a mail address such as desk@paper.example")
        return target

    def _check_belongs(self, delivery_id: str, search_id: str | None) -> None:
        delivery, _ = self._store.standing.delivery(delivery_id)
        if search_id is not None and delivery.search_id != search_id:
            raise NotFoundError(f"the search {search_id!r} has no delivery {delivery_id!r}")


def searched_for(search: StandingSearch) -> SearchedFor:
    """A saved search as it is asked."""
    filters = search.filters
    return SearchedFor(
        q=search.query,
        **{name: getattr(filters, filter_name) for name, filter_name in FILTERS_OF_VALUES.items()},
        published_from=filters.published_from,
        published_to=filters.published_to,
    )


def masked_target(delivery: Delivery) -> str | None:
    """Where a delivery goes, without what would let others use it.

    The path of a webhook's address is often its only secret.
    """
    if delivery.target is None:
        return None
    if delivery.kind is DeliveryKind.WEBHOOK:
        parts = urlsplit(delivery.target)
        return f"{parts.scheme}://{parts.netloc}/…"
    name, _, host = delivery.target.rpartition("@")
    return f"{name[:1]}…@{host}"


def _described(query: str, filters: Filters) -> str:
    values = [str(each) for value in filters_record(filters).values() for each in _listed(value)]
    return query or ", ".join(values)


def _listed(value: object) -> list[object]:
    return list(value) if isinstance(value, list) else [value]


def _match_of(stored: StoredArticle) -> Match:
    return Match(search_id="", article_id=stored.id, version=stored.version, matched_at=stored.fetched_at)


def _checked_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise BadRequest(f"{name[:60]!r} is not a time zone; write an IANA name such as Europe/Istanbul") from None
    return name
