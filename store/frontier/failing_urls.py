"""The URLs that fail: which ones, how many of each source, and since when."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from news.fetch import Outcome, UrlKind, UrlState
from store.frontier.service import IS_DOCUMENT
from store.schema import fetch, url
from store.sql.statements import unindexed

# When a failing URL first failed since it last gave content
FAILING_SINCE = (
    sa.select(sa.func.min(fetch.c.fetched_at))
    .where(
        fetch.c.url_id == url.c.id, fetch.c.fetched_at > sa.func.coalesce(url.c.last_seen_at, sa.literal_column("0"))
    )
    .correlate(url)
    .scalar_subquery()
)


def count_failing(connection: Connection) -> dict[str, tuple[int, int]]:
    """The failing URLs of each source, counted: articles whose page is gone (second), and all others (first)."""
    failing = url.c.state == UrlState.FAILING.value
    is_gone = ~IS_DOCUMENT & (url.c.last_outcome == Outcome.GONE.value)
    gone = sa.func.sum(sa.case((is_gone, 1), else_=0))
    query = sa.select(url.c.source_id, sa.func.count() - gone, gone).where(failing).group_by(url.c.source_id)
    return {str(row[0]): (int(row[1]), int(row[2])) for row in connection.execute(query)}


def failing_documents(connection: Connection) -> dict[str, tuple[int, datetime | None]]:
    """The number of failing documents by source, and since when they fail."""
    fails = IS_DOCUMENT & url.c.id.in_(failing_ids())
    each = sa.select(url.c.source_id, FAILING_SINCE.label("since_at")).where(fails).subquery()
    query = sa.select(each.c.source_id, sa.func.count(), sa.func.min(each.c.since_at)).group_by(each.c.source_id)
    return {str(row[0]): (int(row[1]), row[2]) for row in connection.execute(query)}


def failing_ids() -> sa.CompoundSelect[Any]:
    """The ids of failing URLs, and of refused feeds, sitemaps and sections that a source names.

    For an article it is no failure to be forbidden by robots.txt or too large, but a source's own feed then brings
    nothing. Sitemaps that robots.txt forbids are left out: robots.txt itself may name them, and nobody can fix that.
    Each part has its own index, of failing URLs and of documents, since many articles may be refused.
    """
    fails = sa.select(url.c.id).where(url.c.state == UrlState.FAILING.value)
    refused = IS_DOCUMENT & (url.c.depth == 0) & (unindexed(url.c.state) == UrlState.REFUSED.value)
    unwanted = (url.c.kind == UrlKind.SITEMAP.value) & (url.c.last_outcome == Outcome.ROBOTS_REFUSED.value)
    return sa.union_all(fails, sa.select(url.c.id).where(refused, ~unwanted))
