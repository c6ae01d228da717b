"""Which article a fetched story is: one met under its addresses or known by its text, or a new one with its own id."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from news.identity import Sighting, story_keys
from news.urls import url_key
from store.articles.claimed_addresses import claimants, other_stories
from store.articles.new_ids import NewStories, TakenIds, new_id
from store.articles.story_addresses import own_addresses, own_keys, story_addresses
from store.articles.story_keys import same_articles, sighting_of
from store.records import FetchResult
from store.schema import article, article_alias
from store.sql.database import forms_of

_MET = sa.select(article_alias.c.article_id).where(article_alias.c.url_key.in_(sa.bindparam("keys", expanding=True)))
_MET_AT = sa.select(article_alias.c.url_key).where(article_alias.c.url_key.in_(sa.bindparam("keys", expanding=True)))
_BY_ID = sa.select(article).where(article.c.id.in_(sa.bindparam("ids", expanding=True)))
_BY_AGE = _BY_ID.order_by(article.c.first_seen_at, article.c.id)


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownStory:
    """What is known of a fetched story."""

    addresses: Sequence[str]  # without one that it wrongly states as its own
    sighting: Sighting
    articles: Sequence[Row[Any]]  # it is these, oldest first
    claimants: Sequence[Row[Any]] = ()  # other stories, known by an address of this page only because they stated it


class MetAddresses:
    """Which addresses of a transaction's stories were met before; asked once for all, since most are new."""

    def __init__(self, connection: Connection, results: Iterable[FetchResult]) -> None:
        stories = [result for result in results if result.story is not None]
        keys = {url_key(address) for result in stories for address in story_addresses(result)}
        self._before = _met(connection, keys)
        self._since: set[str] = set()  # the rows that say so may still be gathered, not written
        self.ids = TakenIds(connection, keys)

    def meet(self, keys: Collection[str]) -> tuple[bool, bool]:
        """Note that a story is saved under these; return whether any was met before, and any in this transaction."""
        found = not self._before.isdisjoint(keys), not self._since.isdisjoint(keys)
        self._since.update(keys)
        return found


def known_story(connection: Connection, result: FetchResult) -> KnownStory:
    """What is known of a fetched story, without what it shares with others only because a page misstates its address.

    The page itself decides over an address under which it was asked for or answered; another one that it states must
    not be another story's.
    """
    addresses = story_addresses(result)
    sighting = _sighting(result, addresses)
    found = articles_at(connection, sighting, result.row.article_id)
    others = other_stories(connection, result, found)
    if not others:
        return KnownStory(addresses=addresses, sighting=sighting, articles=found)
    if any(row.id in others for row in _articles_claimed(connection, result)):
        addresses = own_addresses(result)
        sighting = _sighting(result, addresses)
        found = articles_at(connection, sighting, result.row.article_id)
    misled = claimants(connection, result, found, others)
    own = [row for row in found if row not in misled]
    return KnownStory(addresses=addresses, sighting=sighting, articles=own, claimants=misled)


def resolve_id(connection: Connection, result: FetchResult) -> str:
    """The article id that saving this story will use."""
    known = known_story(connection, result)
    if known.articles:
        return str(known.articles[0].id)
    return new_id(result, known.addresses, TakenIds(connection, [url_key(address) for address in known.addresses]))


def resolve_ids(connection: Connection, results: Sequence[FetchResult]) -> list[str]:
    """The article ids that saving these stories in one transaction will use; new ones are resolved together."""
    forms = forms_of(connection)
    addresses = [story_addresses(result) for result in results]
    keys = {url_key(address) for mine in addresses for address in mine}
    met, new = _met(connection, keys), NewStories(TakenIds(connection, keys))
    return [
        new.id_of(result)
        if result.row.article_id is None
        and met.isdisjoint(map(url_key, mine))
        and not story_keys(_sighting(result, mine), forms)
        else resolve_id(connection, result)
        for result, mine in zip(results, addresses, strict=True)
    ]


def _sighting(result: FetchResult, addresses: Sequence[str]) -> Sighting:
    story = result.story
    return sighting_of(story, addresses) if story is not None else Sighting(addresses=tuple(addresses))


def _met(connection: Connection, keys: Collection[str]) -> set[str]:
    return set(connection.execute(_MET_AT, {"keys": sorted(keys)}).scalars()) if keys else set()


def _articles_claimed(connection: Connection, result: FetchResult) -> list[Row[Any]]:
    """The articles at an address that the page only states."""
    claim = result.canonical_url
    if claim is None or url_key(claim) in own_keys(result):
        return []
    return articles_at(connection, Sighting(addresses=(claim,)), None)


def articles_at(connection: Connection, sighting: Sighting, article_id: str | None) -> list[Row[Any]]:
    """The articles met under these addresses or known to be this story, with merges followed, oldest first."""
    keys = [url_key(address) for address in sighting.addresses]
    found = set(connection.execute(_MET, {"keys": keys}).scalars())
    if article_id is not None:
        found.add(article_id)
    found |= same_articles(connection, sighting)
    if not found:
        return []
    rows = connection.execute(_BY_ID, {"ids": sorted(found)}).all()
    heads = {row.merged_into or row.id for row in rows}
    return list(connection.execute(_BY_AGE, {"ids": sorted(heads)}).all())
