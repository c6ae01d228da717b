"""Finds articles that need a vector, at a cost that does not grow with the record once all have been looked at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from news.article import Article
from store.articles.service import stored_articles
from store.articles.states import INDEXED
from store.articles.vectors import Unread
from store.schema import article, article_vector
from store.sql.database import Database

NEWEST = 1_000  # articles looked at each time, in some 2 ms
STRETCH = 5_000  # of the others, in turn
_FROM_NEWEST = (article.c.first_seen_at.desc(), article.c.id.desc())
_Place = tuple[datetime, str]  # of an article in the order of a walk: when it was first seen, and its id


class MissingVectors:
    """The articles whose vector is missing, or is of an older text or another model: the newest first.

    The first walk looks at every article. After it, each look is at the newest and at the next stretch of the others,
    so that an edit of an old article is found later; until then its hits are ordered by the meaning it had.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._below: _Place | None = None  # how far the walk has come; None = it begins at the newest
        self._has_walked = False

    def find(self, model: str, *, limit: int) -> list[Unread]:
        """Some of them; empty if there are none where it looks now."""
        with self._database.read() as connection:
            found = _missing(connection, model, None, _end(connection, None, NEWEST), limit)
            if not found:
                found = self._walk(connection, model, limit)
            stored = stored_articles(connection, [row.id for row in found])
        return [_unread(row, stored[row.id].article) for row in found if row.id in stored]

    def _walk(self, connection: Connection, model: str, limit: int) -> Sequence[Row[Any]]:
        """The missing ones of the next stretch; while the first walk lasts, of the next that has any."""
        while True:
            end = _end(connection, self._below, STRETCH)
            found = _missing(connection, model, self._below, end, limit)
            self._below = _place(found[-1]) if len(found) == limit else end
            if self._below is None:
                self._has_walked = True
            if found or self._has_walked:
                return found


def _end(connection: Connection, below: _Place | None, count: int) -> _Place | None:
    """The last place of so many articles below this one; None if there are fewer."""
    query: sa.Select[Any] = (
        sa.select(article.c.first_seen_at, article.c.id).where(_is_below(below)).offset(count - 1).limit(1)
    )
    row = connection.execute(query.order_by(*_FROM_NEWEST)).first()
    return _place(row) if row else None


def _missing(
    connection: Connection, model: str, below: _Place | None, end: _Place | None, limit: int
) -> Sequence[Row[Any]]:
    """The articles between these places, including the last, that need a vector."""
    has = sa.exists().where(
        article_vector.c.article_id == article.c.id,
        article_vector.c.model == model,
        article_vector.c.content_digest == article.c.content_digest,
    )
    until = sa.true() if end is None else (article.c.first_seen_at >= end[0]) & ~_is_below(end)
    query: sa.Select[Any] = sa.select(article.c.first_seen_at, article.c.id, article.c.content_digest).where(
        _is_below(below), until, article.c.state.in_(INDEXED), ~has
    )
    return connection.execute(query.order_by(*_FROM_NEWEST).limit(limit)).all()


def _place(row: Row[Any]) -> _Place:
    return row.first_seen_at, row.id


def _is_below(place: _Place | None) -> sa.ColumnElement[bool]:
    if place is None:
        return sa.true()
    at, article_id = place
    return (article.c.first_seen_at <= at) & ((article.c.first_seen_at < at) | (article.c.id < article_id))


def _unread(row: Row[Any], story: Article) -> Unread:
    text = "\n".join(filter(None, (story.title, story.dek_apart, story.text)))
    return Unread(article_id=row.id, content_digest=row.content_digest, language=story.language, text=text)
