"""How many pages of a source show one and the same text: a site that is broken shows it everywhere."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from news.fetch import SUCCESSES, UrlKind
from store.database import Database
from store.records import FrontierRow
from store.schema import url

LATELY = timedelta(days=1)  # pages that were looked at since count; a choice
MOST = 500  # of the pages looked at last whose texts a crawl begins with; a choice


class ShownTexts:
    """Which texts the pages of sources showed when they were looked at last."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def lately(self, source_id: str, *, now: datetime) -> dict[str, str]:
        """The texts of the source's pages that were looked at last: content digest to one of the URLs that show it."""
        newest = (
            sa.select(url.c.content_digest, url.c.url)
            .where(url.c.source_id == source_id, url.c.last_seen_at >= now - LATELY)
            .order_by(url.c.last_seen_at.desc())
            .limit(MOST)
        )
        with self._database.read() as connection:
            return {row.content_digest: row.url for row in connection.execute(newest) if row.content_digest}

    def counts(self, row: FrontierRow, content_digest: str, *, now: datetime) -> tuple[int, int]:
        """Pages of the row's source that show this text, the row's included, and up to as many that showed their own.

        The latter since the row was looked at before, as what was seen earlier tells nothing of what goes on now.
        """
        pages = (url.c.source_id == row.source_id) & (url.c.kind == UrlKind.ARTICLE.value) & (url.c.id != row.id)
        same = pages & (url.c.content_digest == content_digest) & (url.c.last_seen_at >= now - LATELY)
        own = pages & (url.c.content_digest != content_digest) & (url.c.last_seen_at >= (row.last_fetched_at or now))
        own &= url.c.last_outcome.in_([outcome.value for outcome in SUCCESSES])
        with self._database.read() as connection:
            same_count = 1 + int(connection.execute(sa.select(sa.func.count()).where(same)).scalar_one())
            return same_count, len(connection.execute(sa.select(url.c.id).where(own).limit(same_count)).all())
