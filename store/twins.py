"""A story met again under another address of its source: its older address is looked at soon, for it may lead there.

A site that gives its stories other addresses names them all as new. What the old ones redirect to is seen when they are
asked for, and then the two are one article; left to its next revisit, a story would stand twice for up to a month.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from news.fetch import Outcome, UrlState
from store.records import FetchResult, SavedFetch
from store.schema import article, copy_sketch, url

SAME_TIME = timedelta(days=1)  # between two statements of when one story came out: a day without a time is one
MOST_WEIGHED = 200  # older copies, the newest first, in one transaction
LOOKED_LATELY = timedelta(minutes=10)  # what answered for itself then does so still
_NEW = article.alias("new")
_OLDER = copy_sketch.alias("older")
_OLDER_COPIES = (
    sa.select(_NEW.c.id, article.c.url_id, article.c.published_at, _NEW.c.published_at.label("new_published_at"))
    .select_from(
        copy_sketch.join(_NEW, _NEW.c.id == copy_sketch.c.article_id)
        .join(_OLDER, _OLDER.c.cluster_id == copy_sketch.c.cluster_id)
        .join(article, article.c.id == _OLDER.c.article_id)
    )
    .where(
        copy_sketch.c.article_id.in_(sa.bindparam("ids", expanding=True)),
        article.c.source_id == _NEW.c.source_id,
        article.c.state == "live",
        article.c.first_seen_at < _NEW.c.first_seen_at,
    )
    .order_by(article.c.first_seen_at.desc())
    .limit(MOST_WEIGHED)
)
_LOOK = (
    sa.update(url)
    .where(
        url.c.id.in_(sa.bindparam("row_ids", expanding=True)),
        url.c.state == UrlState.FETCHED.value,
        url.c.last_fetched_at < sa.bindparam("lately"),
        url.c.next_due_at > sa.bindparam("now"),
    )
    .values(next_due_at=sa.bindparam("now"))
)


def record_twins(connection: Connection, visits: Iterable[tuple[FetchResult, SavedFetch | None]]) -> None:
    """Have the address of the newest older copy looked at, of each new article that states the time of one.

    Copies have been placed before. What still answers for itself stays an article of its own.
    """
    new = {
        saved.article_id: result.fetched_at
        for result, saved in visits
        if saved is not None and saved.outcome is Outcome.NEW_ARTICLE and saved.article_id is not None
    }
    if not new:
        return
    twins: dict[str, int] = {}  # one each: a text under a hundred addresses is no reason to ask for all of them
    for row in connection.execute(_OLDER_COPIES, {"ids": sorted(new)}):
        stated = row.published_at is not None and row.new_published_at is not None
        if stated and abs(row.new_published_at - row.published_at) < SAME_TIME:
            twins.setdefault(row.id, row.url_id)
    if twins:
        now = max(new.values())
        given = {"row_ids": sorted(set(twins.values())), "now": now, "lately": now - LOOKED_LATELY}
        connection.execute(_LOOK, given)
