"""Articles that stated an address which turns out to be another story's: they are known by their own from then on."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from store.articles.story_addresses import own_keys
from store.outbox import raise_revision
from store.records import FetchResult
from store.schema import article, article_alias, url


def give_up(connection: Connection, row: Row[Any], result: FetchResult) -> None:
    """Take the addresses of a fetched page from an article that only stated them, and tell the index."""
    mine = article_alias.c.article_id == row.id
    connection.execute(sa.delete(article_alias).where(mine, article_alias.c.url_key.in_(own_keys(result))))
    own = sa.select(url.c.url).where(url.c.id == row.url_id).scalar_subquery()
    connection.execute(sa.update(article).where(article.c.id == row.id).values(url=own))
    raise_revision(connection, row.id, result.fetched_at)
