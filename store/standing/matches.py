"""Versions that standing searches have still to be asked about, and what was found: each exactly once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from news.article import Article
from news.article_record import article_from_record
from news.standing import AlertState, Match, Pace, mail_due_at
from news.versions.edits import Edits, edits_of
from store.articles import MAX_EDITED_VERSIONS
from store.database import MATCHING, Database
from store.gathered import GatheredRows
from store.records import StoredArticle
from store.schema import (
    article,
    article_version,
    standing_alert,
    standing_delivery,
    standing_match,
    standing_queue,
    standing_search,
)

KEPT_MATCHES = 1000  # of one search, the newest: what its feeds and its page can show
_QUEUE = sa.insert(standing_queue).from_select(
    ["article_id", "version", "enqueued_at"],
    sa.select(
        *(sa.bindparam(column.name, type_=column.type) for column in standing_queue.c[:3])  # in the table's order
    ).where(sa.exists(sa.select(standing_search.c.id))),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class QueuedVersion:
    """A version as it was when it was the newest, and the one before it."""

    article_id: str
    version: int
    enqueued_at: datetime  # when it was fetched
    stored: StoredArticle | None  # None = the article is gone meanwhile
    previous: StoredArticle | None = None  # None for a first version


@dataclass(frozen=True, kw_only=True, slots=True)
class MatchedArticle:
    """A match with the article as it matched."""

    match: Match
    stored: StoredArticle


@dataclass(frozen=True, kw_only=True, slots=True)
class MatchCount:
    """How much a search has found."""

    count: int  # of the matches that are kept
    newest_at: datetime


class StandingMatches:
    """The queue in front of the matcher and the matches behind it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def pending(self, *, limit: int) -> list[QueuedVersion]:
        """The versions that wait, in the order they were saved."""
        query = sa.select(standing_queue).order_by(
            standing_queue.c.enqueued_at, standing_queue.c.article_id, standing_queue.c.version
        )
        with self._database.read() as connection:
            rows = connection.execute(query.limit(limit)).all()
            return [_queued(connection, row) for row in rows]

    def waiting_count(self) -> int:
        """How many versions wait."""
        with self._database.read() as connection:
            return int(connection.execute(sa.select(sa.func.count()).select_from(standing_queue)).scalar_one())

    def settle(self, found: Sequence[tuple[QueuedVersion, Sequence[str]]], *, now: datetime) -> list[Match]:
        """Keep which searches (ids) each version matched, and what has to be told of it, in one transaction.

        An article that a search had found before is no new match. Returns the new ones.
        """
        made: list[Match] = []
        with self._database.write(alone_in=MATCHING) as connection:
            for queued, search_ids in found:
                made += _new_matches(connection, queued, search_ids, now)
                done = (standing_queue.c.article_id == queued.article_id) & (standing_queue.c.version == queued.version)
                connection.execute(sa.delete(standing_queue).where(done))
            _insert(connection, made, now)
            for search_id in {match.search_id for match in made}:
                _forget_old(connection, search_id)
        return made

    def newest(self, search_id: str, *, limit: int) -> list[MatchedArticle]:
        """The newest matches of a search whose articles are still there, newest first."""
        query = sa.select(standing_match).where(standing_match.c.search_id == search_id)
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(standing_match.c.id.desc()).limit(limit)).all()
            return _matched(connection, [_match(row) for row in rows])

    def articles(self, matches: Sequence[Match]) -> list[MatchedArticle]:
        """These matches with their articles; those whose article is gone are left out."""
        with self._database.read() as connection:
            return _matched(connection, matches)

    def count(self, search_id: str) -> MatchCount | None:
        """How much one search has found; None for nothing."""
        columns = (sa.func.count(), sa.func.max(standing_match.c.matched_at))
        mine = sa.select(*columns).where(standing_match.c.search_id == search_id)
        with self._database.read() as connection:
            count, newest_at = connection.execute(mine).one()
        return MatchCount(count=count, newest_at=newest_at) if count else None

    def counts(self) -> dict[str, MatchCount]:
        """By search, how much it has found."""
        columns = (standing_match.c.search_id, sa.func.count(), sa.func.max(standing_match.c.matched_at))
        with self._database.read() as connection:
            rows = connection.execute(sa.select(*columns).group_by(standing_match.c.search_id)).all()
        return {row[0]: MatchCount(count=row[1], newest_at=row[2]) for row in rows}

    def recent_articles(self, *, since: datetime, limit: int) -> list[StoredArticle]:
        """The live articles first seen since then, newest first, as they are now: for trying a query."""
        query = (
            sa.select(article.c.id, article.c.version)
            .where(article.c.state == "live", article.c.first_seen_at >= since)
            .order_by(article.c.first_seen_at.desc())
            .limit(limit)
        )
        with self._database.read() as connection:
            rows = connection.execute(query).all()
            found = (_stored(connection, row.id, row.version) for row in rows)
            return [stored for stored in found if stored is not None]


def gather_standing(rows: GatheredRows, article_id: str, version: int, now: datetime) -> None:
    """Have a new version matched, where there is any search to match it with."""
    rows.add(_QUEUE, {"article_id": article_id, "version": version, "enqueued_at": now})


def _queued(connection: Connection, row: Row[Any]) -> QueuedVersion:
    article_id, version = row.article_id, row.version
    return QueuedVersion(
        article_id=article_id,
        version=version,
        enqueued_at=row.enqueued_at,
        stored=_stored(connection, article_id, version),
        previous=_stored(connection, article_id, version - 1) if version > 1 else None,
    )


def _stored(connection: Connection, article_id: str, version: int) -> StoredArticle | None:
    """A live article as it was in this version, its edits up to then included."""
    row = connection.execute(sa.select(article).where(article.c.id == article_id, article.c.state == "live")).first()
    if row is None:
        return None
    mine = (article_version.c.article_id == article_id) & (article_version.c.version <= version)
    columns = sa.select(article_version.c.version, article_version.c.fetched_at, article_version.c.record)
    newest_first = columns.where(mine).order_by(article_version.c.version.desc()).limit(MAX_EDITED_VERSIONS)
    rows = connection.execute(newest_first).all()
    if not rows or rows[0].version != version:
        return None
    texts: list[Article] = [article_from_record(each.record) for each in reversed(rows)]
    return StoredArticle(
        id=article_id,
        source_id=row.source_id,
        url=row.url,
        revision=row.index_revision,
        version=version,
        first_seen_at=row.first_seen_at,
        fetched_at=rows[0].fetched_at,
        article=texts[-1],
        edits=edits_of(texts) if len(texts) > 1 else Edits(),
    )


def _new_matches(
    connection: Connection, queued: QueuedVersion, search_ids: Sequence[str], now: datetime
) -> list[Match]:
    if not search_ids:
        return []
    asked = standing_match.c.search_id.in_(list(search_ids))
    known = sa.select(standing_match.c.search_id).where(asked, standing_match.c.article_id == queued.article_id)
    found_before = set(connection.execute(known).scalars())
    exist = sa.select(standing_search.c.id).where(standing_search.c.id.in_(list(search_ids)))
    wanted = set(connection.execute(exist).scalars()) - found_before
    matches = [
        Match(search_id=search_id, article_id=queued.article_id, version=queued.version, matched_at=now)
        for search_id in search_ids
        if search_id in wanted
    ]
    if matches:
        connection.execute(sa.insert(standing_match), [_match_values(match) for match in matches])
    return matches


def _insert(connection: Connection, made: Sequence[Match], now: datetime) -> None:
    """What webhooks and mails have to tell of these matches."""
    if not made:
        return
    sent = sa.select(standing_delivery).where(
        standing_delivery.c.search_id.in_({match.search_id for match in made}),
        standing_delivery.c.kind.in_(["webhook", "mail"]),
        standing_delivery.c.revoked_at.is_(None),
    )
    by_search: dict[str, list[Any]] = {}
    for row in connection.execute(sent):
        by_search.setdefault(row.search_id, []).append(row)
    alerts = [
        {
            "delivery_id": row.id,
            "article_id": match.article_id,
            "version": match.version,
            "matched_at": match.matched_at,
            "state": AlertState.PENDING.value,
            "attempt_count": 0,
            "next_attempt_at": mail_due_at(Pace(row.pace), row.time_zone, now) if row.pace else now,
            "reason": "",
        }
        for match in made
        for row in by_search.get(match.search_id, ())
    ]
    if alerts:
        connection.execute(sa.insert(standing_alert), alerts)


def _forget_old(connection: Connection, search_id: str) -> None:
    mine = standing_match.c.search_id == search_id
    oldest_kept = (
        sa.select(standing_match.c.id).where(mine).order_by(standing_match.c.id.desc()).offset(KEPT_MATCHES).limit(1)
    )
    found = connection.execute(oldest_kept).scalar()
    if found is not None:
        connection.execute(sa.delete(standing_match).where(mine, standing_match.c.id <= found))


def _matched(connection: Connection, matches: Sequence[Match]) -> list[MatchedArticle]:
    found = ((match, _stored(connection, match.article_id, match.version)) for match in matches)
    return [MatchedArticle(match=match, stored=stored) for match, stored in found if stored is not None]


def _match(row: Any) -> Match:
    return Match(search_id=row.search_id, article_id=row.article_id, version=row.version, matched_at=row.matched_at)


def _match_values(match: Match) -> dict[str, Any]:
    return {
        "search_id": match.search_id,
        "article_id": match.article_id,
        "version": match.version,
        "matched_at": match.matched_at,
    }
