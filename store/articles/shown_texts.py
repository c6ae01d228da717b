"""Counting how many pages of a source show the same text: a broken site shows one text everywhere."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from news.fetch import SUCCESSES, UrlKind
from store.records import FrontierRow
from store.schema import url
from store.sql.database import Database

LATELY = timedelta(days=1)  # pages fetched within this time count; a choice
MOST = 500  # most recently fetched pages whose texts a crawl starts with; a choice


class ShownTexts:
    """The texts that the pages of sources showed when they were last fetched."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def lately(self, source_id: str, *, now: datetime) -> dict[str, str]:
        """The texts on the source's most recently fetched pages: content digest to one URL that shows it."""
        newest = (
            sa.select(url.c.content_digest, url.c.url)
            .where(url.c.source_id == source_id, url.c.last_seen_at >= now - LATELY)
            .order_by(url.c.last_seen_at.desc())
            .limit(MOST)
        )
        with self._database.read() as connection:
            return {row.content_digest: row.url for row in connection.execute(newest) if row.content_digest}

    def counts(self, row: FrontierRow, content_digest: str, *, now: datetime) -> tuple[int, int]:
        """Count the source's pages that show this text, including the row's, and up to as many that showed another.

        The latter count since the row's last fetch, since earlier ones say nothing about the present.
        """
        pages = (url.c.source_id == row.source_id) & (url.c.kind == UrlKind.ARTICLE.value) & (url.c.id != row.id)
        same = pages & (url.c.content_digest == content_digest) & (url.c.last_seen_at >= now - LATELY)
        own = pages & (url.c.content_digest != content_digest) & (url.c.last_seen_at >= (row.last_fetched_at or now))
        own &= url.c.last_outcome.in_([outcome.value for outcome in SUCCESSES])
        with self._database.read() as connection:
            same_count = 1 + int(connection.execute(sa.select(sa.func.count()).where(same)).scalar_one())
            return same_count, len(connection.execute(sa.select(url.c.id).where(own).limit(same_count)).all())
