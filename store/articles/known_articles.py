"""Which article a fetched story is: one met under its addresses or known by its text, or a new one with its own id."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from news.identity import Sighting, story_keys
from news.urls import url_key
from news.versions.digest import article_id_for
from store.articles.story_keys import same_articles, sighting_of
from store.records import FetchResult
from store.schema import article, article_alias
from store.sql.database import forms_of

_MET = sa.select(article_alias.c.article_id).where(article_alias.c.url_key.in_(sa.bindparam("keys", expanding=True)))
_MET_AT = sa.select(article_alias.c.url_key).where(article_alias.c.url_key.in_(sa.bindparam("keys", expanding=True)))
_BY_ID = sa.select(article).where(article.c.id.in_(sa.bindparam("ids", expanding=True)))
_BY_AGE = _BY_ID.order_by(article.c.first_seen_at, article.c.id)


class MetAddresses:
    """Which addresses of a transaction's stories were met before; asked once for all, since most are new."""

    def __init__(self, connection: Connection, results: Iterable[FetchResult]) -> None:
        stories = [result for result in results if result.story is not None]
        keys = sorted({url_key(address) for result in stories for address in story_addresses(result)})
        self._before = set(connection.execute(_MET_AT, {"keys": keys}).scalars()) if keys else set()
        self._since: set[str] = set()  # the rows that say so may still be gathered, not written

    def meet(self, keys: Collection[str]) -> tuple[bool, bool]:
        """Note that a story is saved under these; return whether any was met before, and any in this transaction."""
        found = not self._before.isdisjoint(keys), not self._since.isdisjoint(keys)
        self._since.update(keys)
        return found


def resolve_id(connection: Connection, result: FetchResult) -> str:
    """The article id that saving this story will use."""
    sighting = _sighting(result)
    known = articles_at(connection, sighting, result.row.article_id)
    return str(known[0].id) if known else new_id(connection, result, sighting.addresses)


def resolve_ids(connection: Connection, results: Sequence[FetchResult]) -> list[str]:
    """The article ids that saving these stories will use, each by itself; new ones are resolved together."""
    forms = forms_of(connection)
    keys = [[url_key(address) for address in story_addresses(result)] for result in results]
    met = set(connection.execute(_MET_AT, {"keys": sorted({key for mine in keys for key in mine})}).scalars())
    return [
        article_id_for(mine[0])
        if result.row.article_id is None and met.isdisjoint(mine) and not story_keys(_sighting(result), forms)
        else resolve_id(connection, result)
        for result, mine in zip(results, keys, strict=True)
    ]


def _sighting(result: FetchResult) -> Sighting:
    story, addresses = result.story, story_addresses(result)
    return sighting_of(story, addresses) if story is not None else Sighting(addresses=tuple(addresses))


def story_addresses(result: FetchResult) -> list[str]:
    """The story's normalized addresses, the one it is known by first."""
    urls = [result.canonical_url, result.redirected_to, result.row.url]
    return list(dict.fromkeys(u for u in urls if u))


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


def new_id(connection: Connection, result: FetchResult, addresses: Sequence[str]) -> str:
    """The id of a new article: the one that its archive states if it is free, else one made of its address."""
    minted = result.minted_id
    if minted is not None and connection.execute(sa.select(article.c.id).where(article.c.id == minted)).first() is None:
        return minted
    made = article_id_for(url_key(addresses[0]))
    if len(addresses) > 1 and connection.execute(sa.select(article.c.id).where(article.c.id == made)).first():
        return article_id_for(url_key(addresses[-1]))  # another story was once known by that address
    return made
