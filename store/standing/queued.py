"""Versions still to be matched against standing searches, each with the articles that told its story before."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from news.article import Article, ArticleState
from news.article_record import article_from_record
from news.copies import are_one_story
from news.versions.edits import Edits, edits_of
from store.articles.service import MAX_EDITED_VERSIONS
from store.articles.twins import twins_of
from store.records import StoredArticle
from store.schema import article, article_version, standing_queue, standing_search
from store.sql.gathered import GatheredRows

MOST_COMPARED = 5  # newest twins per article; a choice
_IN_THE_RECORD = (ArticleState.LIVE, ArticleState.REMOVED)
_EVER = datetime.max.replace(tzinfo=UTC)
_QUEUE = sa.insert(standing_queue).from_select(
    ["article_id", "version", "enqueued_at"],
    sa.select(
        *(sa.bindparam(column.name, type_=column.type) for column in standing_queue.c[:3])  # in the table's order
    ).where(sa.exists(sa.select(standing_search.c.id))),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class QueuedVersion:
    """A version as it was when it was the newest, with the articles that told its story before."""

    article_id: str
    version: int
    enqueued_at: datetime  # when it was fetched
    stored: StoredArticle | None  # None = the article has gone since
    before: tuple[StoredArticle, ...] = ()  # the preceding version, and older articles that tell the same story
    same_story_ids: tuple[str, ...] = ()  # of all articles that tell it, including newer ones


def gather_standing(rows: GatheredRows, article_id: str, version: int, now: datetime) -> None:
    """Queue a new version for matching, if there is any standing search."""
    rows.add(_QUEUE, {"article_id": article_id, "version": version, "enqueued_at": now})


def queue_removal(connection: Connection, article_id: str, version: int, now: datetime) -> None:
    """Queue the newest version of an article that its publisher removed, unless it still waits to be matched."""
    mine = (standing_queue.c.article_id == article_id) & (standing_queue.c.version == version)
    if connection.execute(sa.select(standing_queue.c.version).where(mine)).first() is None:
        connection.execute(_QUEUE, {"article_id": article_id, "version": version, "enqueued_at": now})


def queued_version(connection: Connection, row: Row[Any]) -> QueuedVersion:
    """A queue row with its texts."""
    article_id, version = row.article_id, row.version
    stored = stored_version(connection, article_id, version, states=_IN_THE_RECORD)
    if stored is None or stored.removed_at is not None:  # that it was removed is news, its text is none any more
        before = (replace(stored, removed_at=None),) if stored else ()
        queued = QueuedVersion(article_id=article_id, version=version, enqueued_at=row.enqueued_at, stored=stored)
        return replace(queued, before=before)
    previous = stored_version(connection, article_id, version - 1) if version > 1 else None
    same = _of_the_same_story(connection, stored)
    first_seen = (stored.first_seen_at, article_id)
    older = [other for other in same if (other.first_seen_at, other.id) < first_seen]
    return QueuedVersion(
        article_id=article_id,
        version=version,
        enqueued_at=row.enqueued_at,
        stored=stored,
        before=((previous,) if previous else ()) + tuple(older),
        same_story_ids=tuple(other.id for other in same),
    )


def _of_the_same_story(connection: Connection, stored: StoredArticle) -> list[StoredArticle]:
    """Other articles of the source that tell an article's story, as they are now."""
    twins = twins_of(connection, {stored.id: stored.article}, until=_EVER)[:MOST_COMPARED]
    found = (stored_version(connection, twin.id, twin.version) for twin in twins)
    return [other for other in found if other is not None and are_one_story(stored.article, other.article)]


def stored_version(
    connection: Connection, article_id: str, version: int, *, states: Collection[ArticleState] = (ArticleState.LIVE,)
) -> StoredArticle | None:
    """An article as of this version, with its edits up to then; None if it is in none of these states."""
    allowed = article.c.state.in_([each.value for each in states])
    row = connection.execute(sa.select(article).where(article.c.id == article_id, allowed)).first()
    if row is None:
        return None
    mine = (article_version.c.article_id == article_id) & (article_version.c.version <= version)
    columns = sa.select(article_version.c.version, article_version.c.fetched_at, article_version.c.record)
    newest_first = columns.where(mine).order_by(article_version.c.version.desc()).limit(MAX_EDITED_VERSIONS)
    rows = connection.execute(newest_first).all()
    if not rows or rows[0].version != version:
        return None
    texts: list[Article] = [article_from_record(each.record) for each in reversed(rows)]
    return StoredArticle(
        id=article_id,
        source_id=row.source_id,
        url=row.url,
        revision=row.index_revision,
        version=version,
        first_seen_at=row.first_seen_at,
        fetched_at=rows[0].fetched_at,
        removed_at=row.removed_at,
        article=texts[-1],
        edits=edits_of(texts) if len(texts) > 1 else Edits(),
    )
