"""Articles as they were at a moment in the past."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row

from news.article import Article
from news.article_record import article_from_record
from news.versions.edits import edits_of
from store.records import StoredArticle
from store.schema import article, article_version
from store.sql.database import Database


class Past:
    """The record as it was at a moment."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def articles(self, ids: Sequence[str], moment: datetime) -> dict[str, StoredArticle]:
        """The articles, of these, that were known and not removed at the moment, by id, in their version of then."""
        query = (
            sa.select(article, article_version.c.version.label("then"), article_version.c.fetched_at)
            .add_columns(article_version.c.record)
            .join(article_version, article_version.c.article_id == article.c.id)
            .where(article.c.id.in_(list(ids)), article_version.c.fetched_at <= moment)
            .where(sa.or_(article.c.removed_at.is_(None), article.c.removed_at > moment))
            .order_by(article.c.id, article_version.c.version)
        )
        versions: dict[str, list[tuple[Row[Any], Article]]] = {}
        with self._database.read() as connection:
            for row in connection.execute(query):
                versions.setdefault(row.id, []).append((row, article_from_record(row.record)))
        return {article_id: _as_it_was(known) for article_id, known in versions.items()}


def _as_it_was(known: Sequence[tuple[Row[Any], Article]]) -> StoredArticle:
    row, newest = known[-1]
    return StoredArticle(
        id=row.id,
        source_id=row.source_id,
        url=row.url,
        revision=row.index_revision,
        version=row.then,
        first_seen_at=row.first_seen_at,
        fetched_at=row.fetched_at,
        article=newest,
        edits=edits_of([read for _, read in known]),
    )
