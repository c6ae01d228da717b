"""Whether to believe a server's 304: tested now and then by a request without validators.

A server that answers 304 even when its page has changed would hide every edit, and with a feed all news.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from zlib import crc32

from news.fetch import UrlKind

# Choices: after about this many answers of 304, one request is made without validators. An article that comes whole but
# unchanged costs only a few times as much as its 304, while a feed that hides its news hides all of it
ARTICLES_EVERY = 32
DOCUMENTS_EVERY = 13
DOUBTED_FOR = timedelta(days=30)  # a choice: servers get fixed, and fetching whole pages is expensive
MOST_SERVERS = 50  # most servers of one source that are tracked separately


class Condition(StrEnum):
    """The validators a URL was requested with."""

    NONE = "none"  # with none: none are known, or the server's are not trusted
    NEWEST = "newest"  # with those of the content read last
    WHOLE = "whole"  # with none, to test the server's answers
    EARLIER = "earlier"  # with those from before a change: a 304 to them is false


WITHOUT_VALIDATORS = frozenset({Condition.NONE, Condition.WHOLE})


@dataclass(frozen=True, kw_only=True, slots=True)
class Validators:
    """The values a conditional request is made with (RFC 9110, 13.1)."""

    etag: str | None = None
    last_modified: str | None = None

    def __bool__(self) -> bool:
        return bool(self.etag or self.last_modified)


NO_VALIDATORS = Validators()


@dataclass(frozen=True, kw_only=True, slots=True)
class Suspicion:
    """A change that only a request without validators revealed: the page is fetched once more with the earlier ones."""

    url_id: int
    before: Validators


@dataclass(frozen=True, kw_only=True, slots=True)
class Trust:
    """How far the validators of one server are trusted for feeds, sitemaps, sections or articles."""

    unread_count: int = 0  # 304 answers since the last request without validators
    whole_count: int = 0  # requests made without validators as a test
    suspicion: Suspicion | None = None
    doubted_at: datetime | None = None  # when it answered 304 for something that had changed

    def is_doubted(self, now: datetime) -> bool:
        """Whether its validators are to be left out."""
        return self.doubted_at is not None and now < self.doubted_at + DOUBTED_FOR


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """An answer that says something about the validators it was requested with."""

    condition: Condition
    url_id: int
    is_not_modified: bool  # 304
    is_changed: bool  # it brought an edit, or unknown URLs
    before: Validators = field(default=NO_VALIDATORS)  # known at the time of the request
    after: Validators = field(default=NO_VALIDATORS)  # received with the answer


@dataclass(frozen=True, kw_only=True, slots=True)
class Doubt:
    """A server whose 304 is not believed for URLs of this kind."""

    kind: UrlKind
    host: str
    since_at: datetime
    until_at: datetime


Trusts = Mapping[str, Trust]


def trust_key(kind: UrlKind, host: str) -> str:
    """The key that trust is kept under: pages and feeds of a host often come from different programs."""
    return f"{kind.value} {host}"


def condition_for(trust: Trust, *, kind: UrlKind, url_id: int, known: Validators, now: datetime) -> Condition:
    """How to request a URL with these validators.

    The number of requests between tests varies a little, so that not always the same one of several feeds is tested.
    """
    if not known or trust.is_doubted(now):
        return Condition.NONE
    if trust.suspicion is not None and trust.suspicion.url_id == url_id:
        return Condition.EARLIER
    every = ARTICLES_EVERY if kind is UrlKind.ARTICLE else DOCUMENTS_EVERY
    is_due = trust.unread_count >= every - crc32(b"%d" % trust.whole_count) % (every // 4)
    return Condition.WHOLE if is_due else Condition.NEWEST


def after_asking(trust: Trust, condition: Condition) -> Trust:
    """The trust to assume for the rest of a crawl, before its answers are saved: most will be 304."""
    if condition is Condition.NEWEST:
        return replace(trust, unread_count=trust.unread_count + 1)
    if condition is Condition.WHOLE:
        return replace(trust, unread_count=0, whole_count=trust.whole_count + 1)
    return trust


def after_look(trust: Trust, look: Look, now: datetime) -> Trust:
    """The trust after an answer.

    A change seen without validators proves nothing if the validators changed too: a conditional request might have seen
    it. The next request, made with the earlier validators, decides.
    """
    if look.condition is Condition.NEWEST and look.is_not_modified:
        doubted_at = trust.doubted_at if trust.is_doubted(now) else None
        return replace(trust, unread_count=trust.unread_count + 1, doubted_at=doubted_at)
    if look.condition is Condition.WHOLE:
        trust = replace(trust, unread_count=0, whole_count=trust.whole_count + 1)
        if not look.is_changed:
            return trust
        if _are_same(look.before, look.after):
            return replace(trust, suspicion=None, doubted_at=now)
        return replace(trust, suspicion=Suspicion(url_id=look.url_id, before=look.before))
    if look.condition is Condition.EARLIER:
        return replace(trust, suspicion=None, doubted_at=now if look.is_not_modified else trust.doubted_at)
    return trust


def doubts(trusts: Trusts, now: datetime) -> list[Doubt]:
    """What is currently requested without validators."""
    found = []
    for key, trust in sorted(trusts.items()):
        kind, _, host = key.partition(" ")
        if trust.doubted_at is not None and trust.is_doubted(now):
            since_at, until_at = trust.doubted_at, trust.doubted_at + DOUBTED_FOR
            found.append(Doubt(kind=UrlKind(kind), host=host, since_at=since_at, until_at=until_at))
    return found


def _are_same(before: Validators, after: Validators) -> bool:
    if before.etag or after.etag:
        return before.etag == after.etag
    return before.last_modified == after.last_modified


def trusts_record(trusts: Trusts) -> dict[str, Any]:
    """The trust in a source's servers as lists and dicts."""
    return {key: _trust_record(trust) for key, trust in trusts.items()}


def trusts_from_record(record: Mapping[str, Any]) -> dict[str, Trust]:
    """The trust of a record made by `trusts_record`."""
    return {key: _trust(*numbers) for key, numbers in record.items()}


def _trust_record(trust: Trust) -> list[Any]:
    doubted_at = trust.doubted_at.isoformat() if trust.doubted_at else None
    suspicion = trust.suspicion
    told = [suspicion.url_id, suspicion.before.etag, suspicion.before.last_modified] if suspicion else None
    return [trust.unread_count, trust.whole_count, doubted_at, told]


def _trust(unread_count: int, whole_count: int, doubted_at: str | None, told: list[Any] | None) -> Trust:
    suspicion = None
    if told is not None:
        url_id, etag, last_modified = told
        suspicion = Suspicion(url_id=url_id, before=Validators(etag=etag, last_modified=last_modified))
    return Trust(
        unread_count=unread_count,
        whole_count=whole_count,
        suspicion=suspicion,
        doubted_at=datetime.fromisoformat(doubted_at) if doubted_at else None,
    )
