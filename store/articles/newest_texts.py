"""The newest text of an article, where its row is at hand."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from news.article import Article
from news.article_record import article_from_record
from store.schema import article_version

_RECORD = sa.select(article_version.c.record).where(
    article_version.c.article_id == sa.bindparam("id"), article_version.c.version == sa.bindparam("version")
)


def newest_text(connection: Connection, row: Row[Any]) -> Article:
    """The article as its newest version says; `row` has its id and the number of that version."""
    return article_from_record(connection.execute(_RECORD, {"id": row.id, "version": row.version}).scalar_one())
