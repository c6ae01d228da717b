"""A story met again under another address of its source: its older address is looked at soon, for it may lead there.

A site that gives its stories other addresses names them all as new. What the old ones redirect to is seen when they are
asked for, and then the two are one article; left to its next revisit, a story would stand twice for up to a month.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from news.fetch import Outcome, UrlState
from store.records import FetchResult, SavedFetch
from store.schema import article, copy_sketch, url

SAME_TIME = timedelta(days=1)  # between two statements of when one story came out: a day without a time is one
MOST_WEIGHED = 200  # twins, the newest first, in one transaction
LOOKED_LATELY = timedelta(minutes=10)  # what answered for itself then does so still
_MINE, _ITS = article.alias("mine"), copy_sketch.alias("its")
_APART = sa.type_coerce(article.c.published_at, sa.BigInteger) - sa.type_coerce(_MINE.c.published_at, sa.BigInteger)
_TWINS: sa.Select[Any] = (
    sa.select(_MINE.c.id.label("mine_id"), article.c.id, article.c.url_id, article.c.version, article.c.first_seen_at)
    .where(
        _MINE.c.id.in_(sa.bindparam("ids", expanding=True)),
        article.c.id != _MINE.c.id,
        article.c.source_id == _MINE.c.source_id,
        article.c.state == "live",
        article.c.first_seen_at <= sa.bindparam("until"),
    )
    .order_by(article.c.first_seen_at.desc(), article.c.id.desc())
    .limit(MOST_WEIGHED)
)
_COPIES = (
    _TWINS.join_from(_MINE, _ITS, _ITS.c.article_id == _MINE.c.id)
    .join(copy_sketch, copy_sketch.c.cluster_id == _ITS.c.cluster_id)
    .join(article, article.c.id == copy_sketch.c.article_id)
    .where(sa.func.abs(_APART) < SAME_TIME // timedelta(microseconds=1))
)
_EQUALS = _TWINS.where(  # texts too short for a sketch among them
    article.c.published_at == _MINE.c.published_at, article.c.content_digest == _MINE.c.content_digest
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


def twins_of(connection: Connection, article_ids: Collection[str], *, until: datetime) -> list[Row[Any]]:
    """Other live articles of the source first seen until then that are copies of these and state the same time.

    Rows of `mine_id` (the one of these that it is about), `id`, `url_id`, `version` and `first_seen_at`, the newest
    first. Copies have been placed before.
    """
    given = {"ids": sorted(article_ids), "until": until}
    copies, equals = (connection.execute(query, given).all() for query in (_COPIES, _EQUALS))
    return sorted({*copies, *equals}, key=lambda row: (row.first_seen_at, row.id), reverse=True)


def record_twins(connection: Connection, visits: Iterable[tuple[FetchResult, SavedFetch | None]]) -> None:
    """Have the address of the newest older twin looked at, of each new article.

    What still answers for itself stays an article of its own.
    """
    new = {
        saved.article_id: result.fetched_at
        for result, saved in visits
        if saved is not None and saved.outcome is Outcome.NEW_ARTICLE and saved.article_id is not None
    }
    if not new:
        return
    now = max(new.values())
    twins: dict[str, int] = {}  # one each: a text under a hundred addresses is no reason to ask for all of them
    for row in twins_of(connection, new, until=now):
        if row.first_seen_at < new[row.mine_id]:
            twins.setdefault(row.mine_id, row.url_id)
    if twins:
        given = {"row_ids": sorted(set(twins.values())), "now": now, "lately": now - LOOKED_LATELY}
        connection.execute(_LOOK, given)
