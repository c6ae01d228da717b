"""Stories that moved without a redirect: the old address is gone for good, and a new one of the source shows them.

A redirect says that two addresses are one. Without it, a story of a rebuilt site would be kept as removed at its old
address and stand as new at the other.
"""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from news.article_record import article_from_record
from news.copies import are_one_text
from news.fetch import UrlState
from store.articles.states import IS_LIVE
from store.articles.twins import twins_of
from store.copies.service import place_stored
from store.frontier.rows import state_of
from store.outbox import raise_revision
from store.records import FetchResult
from store.saving.merging import merge
from store.schema import article, article_version

_NEWEST = sa.select(article_version).where(
    article_version.c.article_id == sa.bindparam("id"), article_version.c.version == sa.bindparam("version")
)


class StoryMove:
    """The move of the story whose page a fetch did not find, looked for when first asked about, and once."""

    def __init__(self, connection: Connection, result: FetchResult) -> None:
        self._connection = connection
        self._result = result

    @cached_property
    def other(self) -> Row[Any] | None:
        """The newer article that tells the same story at an address that answers; None if there is none."""
        return _moved_to(self._connection, self._main, self._result.fetched_at) if self._main is not None else None

    def follow(self) -> bool:
        """Let the article go on at the new address; False if there is none."""
        if self._main is None or self.other is None:
            return False
        _move(self._connection, self._main, self.other, self._result.fetched_at)
        return True

    @cached_property
    def _main(self) -> Row[Any] | None:
        """The article, if it is live and this page is where it is followed."""
        row = self._result.row
        mine = (article.c.id == row.article_id) & (article.c.url_id == row.id) & IS_LIVE
        return self._connection.execute(sa.select(article).where(mine)).first()


def _moved_to(connection: Connection, main: Row[Any], now: datetime) -> Row[Any] | None:
    """The newer article that tells the story of this one, whose address is gone, at an address that answers.

    Only if there is a single one with the same headline and day and all but the same text; a short text is never
    taken for another. An address that was there before this one is a copy, and no new address.
    """
    mine = _newest(connection, main.id, main.version)
    if mine is None:
        return None
    story = article_from_record(mine.record)
    found = [
        twin
        for twin in twins_of(connection, {main.id: story}, until=now)
        if twin.first_seen_at > main.first_seen_at
        and (its := _newest(connection, twin.id, twin.version)) is not None
        and are_one_text(story, article_from_record(its.record))
    ]
    if len(found) != 1 or state_of(connection, found[0].url_id) is not UrlState.FETCHED:
        return None
    return connection.execute(sa.select(article).where(article.c.id == found[0].id)).one()


def _move(connection: Connection, main: Row[Any], other: Row[Any], now: datetime) -> None:
    """Merge the other article into this one, which goes on at its address; its versions come after the own ones."""
    version = _take_over_versions(connection, main, other)
    merge(connection, main.id, [other.id], now)
    values = {
        "url": other.url,
        "url_id": other.url_id,
        "version": version,
        "content_digest": other.content_digest,
        "published_at": other.published_at,
    }
    connection.execute(sa.update(article).where(article.c.id == main.id).values(**values))
    raise_revision(connection, main.id, now)
    place_stored(connection, main.id, now)


def _take_over_versions(connection: Connection, main: Row[Any], other: Row[Any]) -> int:
    """Copy the other's versions behind those of the article, without the first if it is the newest of these.

    Returns the number of the newest then.
    """
    theirs = sa.select(article_version).where(article_version.c.article_id == other.id)
    number = int(main.version)
    for version in connection.execute(theirs.order_by(article_version.c.version)).mappings().all():
        if version["version"] > 1 or version["content_digest"] != main.content_digest:
            number += 1
            copied = {**version, "article_id": main.id, "version": number}
            connection.execute(sa.insert(article_version).values(copied))
    return number


def _newest(connection: Connection, article_id: str, version: int) -> Row[Any] | None:
    return connection.execute(_NEWEST, {"id": article_id, "version": version}).first()
