"""The ids of new articles, made of their addresses."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import chain, count

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from news.urls import url_key
from news.versions.digest import article_id_for
from news.versions.other_texts import are_two_stories
from store.articles.story_addresses import own_addresses, own_keys, story_addresses
from store.records import FetchResult
from store.schema import article

_IDS = sa.select(article.c.id).where(article.c.id.in_(sa.bindparam("ids", expanding=True)))


class TakenIds:
    """Which article ids are taken: those made of a transaction's addresses are looked up at once, others when asked."""

    def __init__(self, connection: Connection, keys: Collection[str]) -> None:
        self._connection = connection
        self._looked_up = {article_id_for(key) for key in keys}
        self._taken = self._among(self._looked_up)

    def __contains__(self, article_id: str) -> bool:
        if article_id in self._looked_up:
            return article_id in self._taken
        return article_id in self._taken or bool(self._among([article_id]))

    def add(self, article_id: str) -> None:
        """Note that an article with this id is made."""
        self._taken.add(article_id)

    def _among(self, ids: Collection[str]) -> set[str]:
        return set(self._connection.execute(_IDS, {"ids": sorted(ids)}).scalars()) if ids else set()


def new_id(result: FetchResult, addresses: Sequence[str], taken: TakenIds) -> str:
    """The id of a new article: the one that its archive states if it is free, else one made of an address of it.

    The id that its address makes is taken if another story was once known by that address.
    """
    if result.minted_id is not None and result.minted_id not in taken:
        return result.minted_id
    keys = [url_key(address) for address in addresses]
    numbered = (f"{keys[0]} {number}" for number in count(2))
    return next(made for key in chain(keys[:1], keys[-1:], numbered) if (made := article_id_for(key)) not in taken)


class NewStories:
    """The ids of stories that a transaction will save as new articles, in order."""

    def __init__(self, taken: TakenIds) -> None:
        self._taken = taken
        self._first: dict[str, tuple[str, FetchResult]] = {}  # URL key -> the id and the story that has it

    def id_of(self, result: FetchResult) -> str:
        """The id that this story, the next of the transaction, will have."""
        addresses = story_addresses(result)
        for address in addresses:
            if (first := self._first.get(url_key(address))) is None:
                continue
            if not _are_told_apart(first[1], result):
                return first[0]
            addresses = own_addresses(result)
        made = new_id(result, addresses, self._taken)
        self._taken.add(made)
        self._first.update(dict.fromkeys(map(url_key, addresses), (made, result)))
        return made


def _are_told_apart(first: FetchResult, other: FetchResult) -> bool:
    """Whether two new stories met under one address are two, because at least one of them only states it."""
    if first.story is None or other.story is None or own_keys(first) & own_keys(other):
        return False
    return are_two_stories(first.story, other.story)
