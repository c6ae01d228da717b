"""Standing searches: queries matched against every article as it is saved, and where their matches go."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from news.index import Filters
from news.query.parser import parse_query
from news.query.tree import AllOf, AnyOf, Description, Not, Query

MAX_SEARCHES = 10_000  # per installation: matching is measured with this many
MAX_DELIVERIES = 20  # per search
MAX_NAME_CHARACTERS = 200
DIGEST_HOUR = 7  # local time of daily mails: a choice, before the working day starts
_LATER = timedelta(days=4000)  # far enough that every relative date means something else


class DeliveryKind(StrEnum):
    """The way matches are delivered."""

    RSS = "rss"
    ATOM = "atom"
    JSON = "json"  # JSON Feed
    WEBHOOK = "webhook"
    MAIL = "mail"

    @property
    def is_feed(self) -> bool:
        """Whether readers fetch it; the other kinds are sent."""
        return self in {DeliveryKind.RSS, DeliveryKind.ATOM, DeliveryKind.JSON}


class Pace(StrEnum):
    """The highest frequency of mails."""

    IMMEDIATE = "immediate"
    HOURLY = "hourly"
    DAILY = "daily"


class AlertState(StrEnum):
    """The state of an alert that has not been delivered."""

    PENDING = "pending"
    DEAD = "dead"  # a dead letter: given up, and retried only on request


@dataclass(frozen=True, kw_only=True, slots=True)
class Delivery:
    """One way in which the matches of a search are delivered."""

    id: str
    search_id: str
    kind: DeliveryKind
    created_at: datetime
    target: str | None = None  # a webhook's URL or an email address
    pace: Pace | None = None  # of mail
    time_zone: str | None = None  # of mail: IANA name of the zone that hours and days are counted in
    revoked_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class StandingSearch:
    """One saved query."""

    id: str
    name: str  # as its owner named it
    query: str  # as typed
    filters: Filters = field(default_factory=Filters)
    owner_key_id: str | None = None  # the key it was saved with; None = saved on the command line or without a key
    created_at: datetime
    changed_at: datetime | None = None  # when it was last added, paused or resumed; None = when it was created
    paused_at: datetime | None = None  # when matching was paused; None = it is not

    @property
    def watches_since(self) -> datetime:
        """The start of matching: what was fetched before is not matched."""
        return self.changed_at or self.created_at


@dataclass(frozen=True, kw_only=True, slots=True)
class Match:
    """An article that a search found."""

    search_id: str
    article_id: str
    version: int  # the first version that matched, or the newest edit for a search for edits
    matched_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Alert:
    """A match that a webhook or mail has yet to deliver."""

    id: int
    delivery_id: str
    article_id: str
    version: int
    matched_at: datetime
    state: AlertState = AlertState.PENDING
    attempt_count: int = 0
    next_attempt_at: datetime
    reason: str = ""  # why the last attempt failed

    @property
    def key(self) -> str:
        """The idempotency key, equal for every attempt to send the alert."""
        return hashlib.sha256(f"{self.delivery_id} {self.article_id} {self.version}".encode()).hexdigest()[:32]


def filters_record(filters: Filters) -> dict[str, Any]:
    """Filters as JSON-compatible values; what is not set is left out."""
    values = {each.name: getattr(filters, each.name) for each in fields(filters)}
    return {
        name: value.isoformat() if isinstance(value, datetime) else list(value)
        for name, value in values.items()
        if value
    }


def filters_from_record(record: Mapping[str, Any]) -> Filters:
    """The filters that `filters_record` wrote."""
    read: dict[str, Any] = {
        name: datetime.fromisoformat(value) if isinstance(value, str) else tuple(value)
        for name, value in record.items()
    }
    return Filters(**read)


def standing_query(text: str, now: datetime) -> Query:
    """The tree of a saved query at a moment, with every word required, however many there are.

    A search engine requires only a share of a long description, because weak matches sink in its ranking; alerts have
    no ranking. Relative dates are read to the minute, so that many articles share one reading.
    """
    return _all_required(parse_query(text, now=to_the_minute(now)))


def to_the_minute(moment: datetime) -> datetime:
    """The start of a moment's minute."""
    return moment.replace(second=0, microsecond=0)


def is_relative(text: str, now: datetime) -> bool:
    """Whether the query means something else at another time, as `last:7d` and `after:yesterday` do."""
    return ":" in text and parse_query(text, now=now) != parse_query(text, now=now + _LATER)


def _all_required(query: Query) -> Query:
    match query:
        case Description(words):
            return AllOf(words)
        case AllOf(children):
            return AllOf(tuple(map(_all_required, children)))
        case AnyOf(children):
            return AnyOf(tuple(map(_all_required, children)))
        case Not(child):
            return Not(_all_required(child))
        case _:
            return query


def mail_due_at(pace: Pace, time_zone: str, now: datetime) -> datetime:
    """When to send a mail about a match made now: at once, at the next full hour, or at the next DIGEST_HOUR.

    >>> mail_due_at(Pace.DAILY, "Europe/Istanbul", datetime.fromisoformat("2026-11-26T05:30:00+00:00")).isoformat()
    '2026-11-27T04:00:00+00:00'
    """
    local = now.astimezone(ZoneInfo(time_zone))
    if pace is Pace.IMMEDIATE:
        return now
    if pace is Pace.HOURLY:
        return (
            now
            + timedelta(hours=1)
            - timedelta(minutes=local.minute, seconds=local.second, microseconds=now.microsecond)
        )
    due = local.replace(hour=DIGEST_HOUR, minute=0, second=0, microsecond=0, fold=0)
    if due <= local:
        due += timedelta(days=1)  # on the wall clock, however long the day is
    return due.astimezone(UTC)
