"""Stories met again under another address of their source: the older address is revisited soon, as it may redirect.

A site that changes the addresses of its stories lists them all as new. Where an old one redirects shows only when it is
fetched; then the two become one article. Left to its next revisit, a story would appear twice for up to a month.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from news.article import Article
from news.article_record import article_from_record
from news.copies import are_one_brief, is_short
from news.fetch import Outcome, UrlState
from store.articles.states import IS_LIVE
from store.records import Visits
from store.schema import article, article_version, copy_sketch, url
from store.sql.statements import looked_at_after

SAME_TIME = timedelta(days=1)  # at most between two publication times of one story; one may state only the day
MOST_WEIGHED = 200  # newest twins considered per transaction
LOOKED_LATELY = timedelta(minutes=10)  # an address that answered is not asked again before this has passed
_MINE, _ITS = article.alias("mine"), copy_sketch.alias("its")
_APART = sa.type_coerce(article.c.published_at, sa.BigInteger) - sa.type_coerce(_MINE.c.published_at, sa.BigInteger)
_TWINS: sa.Select[Any] = (
    sa.select(_MINE.c.id.label("mine_id"), article.c.id, article.c.url_id, article.c.version, article.c.first_seen_at)
    .where(
        _MINE.c.id.in_(sa.bindparam("ids", expanding=True)),
        article.c.id != _MINE.c.id,
        article.c.source_id == _MINE.c.source_id,
        IS_LIVE,
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
_SAME_MOMENT = _TWINS.where(article.c.published_at == _MINE.c.published_at)
_EQUALS = _SAME_MOMENT.where(article.c.content_digest == _MINE.c.content_digest)
_BRIEFS = _SAME_MOMENT.add_columns(article_version.c.record).join(
    article_version, (article_version.c.article_id == article.c.id) & (article_version.c.version == article.c.version)
)
_LOOK_AT = looked_at_after(url.c.last_fetched_at, LOOKED_LATELY)
_LOOK = (
    sa.update(url)
    .where(
        url.c.id.in_(sa.bindparam("row_ids", expanding=True)),
        url.c.state == UrlState.FETCHED.value,
        url.c.next_due_at > _LOOK_AT,
    )
    .values(next_due_at=_LOOK_AT)
)


@dataclass(frozen=True, slots=True)
class Twin:
    """An article that may tell the same story as another of its source."""

    mine_id: str  # the other article
    id: str
    url_id: int
    version: int  # the newest
    first_seen_at: datetime


def twins_of(connection: Connection, stories: Mapping[str, Article], *, until: datetime) -> list[Twin]:
    """The twins of these stories: other live articles of the source with the same publication time, newest first.

    Only those first seen until `until`. They are copies, as placed before; for texts too short for that, articles under
    the same headline.
    """
    given = {"ids": sorted(stories), "until": until}
    rows: list[Any] = [row for query in (_COPIES, _EQUALS) for row in connection.execute(query, given)]
    short = [each for each, story in stories.items() if not story.published_day_only and is_short(story.text)]
    if short:
        briefs: list[Any] = list(connection.execute(_BRIEFS, {"ids": sorted(short), "until": until}))
        rows += [row for row in briefs if are_one_brief(stories[row.mine_id], article_from_record(row.record))]
    found = {Twin(row.mine_id, row.id, row.url_id, row.version, row.first_seen_at) for row in rows}
    return sorted(found, key=lambda twin: (twin.first_seen_at, twin.id), reverse=True)


def record_twins(connection: Connection, visits: Visits) -> None:
    """For each new article, make the address of its newest older twin due.

    A twin that still answers there stays an article of its own.
    """
    new: dict[str, datetime] = {}
    stories: dict[str, Article] = {}
    for result, saved in visits:
        if saved is not None and saved.outcome is Outcome.NEW_ARTICLE and result.story is not None:
            article_id = str(saved.article_id)
            new[article_id], stories[article_id] = result.fetched_at, result.story
    if not new:
        return
    now = max(new.values())
    twins: dict[str, int] = {}  # one per article: a text under a hundred addresses is no reason to ask for all
    for twin in twins_of(connection, stories, until=now):
        if twin.first_seen_at < new[twin.mine_id]:
            twins.setdefault(twin.mine_id, twin.url_id)
    if twins:
        given = {"row_ids": sorted(set(twins.values())), "now": now, "lately": now - LOOKED_LATELY}
        connection.execute(_LOOK, given)
