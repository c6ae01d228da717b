"""Merging articles that turn out to be one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from news.article import ArticleState
from store.articles.story_keys import move_story_keys
from store.copies.sketches import leave
from store.outbox import enqueue
from store.schema import article, article_alias, fetch, url


def merge(connection: Connection, main_id: str, other_ids: Sequence[str], now: datetime) -> bool:
    """Merge articles found to be one: the older id stays, the others redirect to it and leave the index."""
    for other in other_ids:
        values: dict[str, Any] = {"state": ArticleState.MERGED.value, "merged_into": main_id}
        values["index_revision"] = article.c.index_revision + 1
        connection.execute(sa.update(article).where(article.c.id == other).values(**values))
        connection.execute(sa.update(article).where(article.c.merged_into == other).values(merged_into=main_id))
        for table in (article_alias, url, fetch):
            connection.execute(sa.update(table).where(table.c.article_id == other).values(article_id=main_id))
        move_story_keys(connection, from_id=other, to_id=main_id)
        leave(connection, other, now)
        revision = connection.execute(sa.select(article.c.index_revision).where(article.c.id == other)).scalar_one()
        enqueue(connection, other, revision, now)
    return bool(other_ids)
