"""Versions still to be matched against standing searches, and the matches found, each exactly once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from news.article import ArticleState
from news.standing import AlertState, Match, Pace, mail_due_at
from store.articles.states import IS_LIVE
from store.records import StoredArticle
from store.schema import (
    article,
    standing_alert,
    standing_delivery,
    standing_match,
    standing_queue,
    standing_search,
)
from store.sql.database import MATCHING, Database
from store.standing.queued import QueuedVersion, queued_version, stored_version

KEPT_MATCHES = 1000  # newest matches per search: what its feeds and its page can show
# Of articles whose matches are sent; for a merged one, the text that matched
_TOLD = (ArticleState.LIVE, ArticleState.REMOVED, ArticleState.MERGED)


@dataclass(frozen=True, kw_only=True, slots=True)
class MatchedVersion:
    """A version from the queue, and the ids of the searches that it matched."""

    queued: QueuedVersion
    search_ids: Sequence[str]
    again_ids: Sequence[str] = ()  # of searches for edits that may have found an earlier edit of the article


@dataclass(frozen=True, kw_only=True, slots=True)
class MatchedArticle:
    """A match with the article as it was when it matched."""

    match: Match
    stored: StoredArticle


@dataclass(frozen=True, kw_only=True, slots=True)
class MatchCount:
    """How many matches a search has."""

    count: int  # of the kept matches
    newest_at: datetime


class StandingMatches:
    """The queue that the matcher works on, and the matches that it finds."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def pending(self, *, limit: int) -> list[QueuedVersion]:
        """The waiting versions, in the order they were saved."""
        query = sa.select(standing_queue).order_by(
            standing_queue.c.enqueued_at, standing_queue.c.article_id, standing_queue.c.version
        )
        with self._database.read() as connection:
            rows = connection.execute(query.limit(limit)).all()
            return [queued_version(connection, row) for row in rows]

    def waiting_count(self) -> int:
        """The number of waiting versions."""
        with self._database.read() as connection:
            return int(connection.execute(sa.select(sa.func.count()).select_from(standing_queue)).scalar_one())

    def settle(self, found: Sequence[MatchedVersion], *, now: datetime) -> list[Match]:
        """Store which searches each version matched, and the alerts to send, in one transaction.

        An article whose story a search has found before is not a new match, but a later edit of it is one for searches
        for edits, in place of the earlier one. Returns the new ones.
        """
        made: list[Match] = []
        with self._database.write(alone_in=MATCHING) as connection:
            for each in found:
                queued = each.queued
                made += _new_matches(connection, queued, each.search_ids, now)
                made += _matches_again(connection, queued, each.again_ids, now)
                done = (standing_queue.c.article_id == queued.article_id) & (standing_queue.c.version == queued.version)
                connection.execute(sa.delete(standing_queue).where(done))
            _insert(connection, made, now)
            for search_id in {match.search_id for match in made}:
                _forget_old(connection, search_id)
        return made

    def newest(self, search_id: str, *, limit: int) -> list[MatchedArticle]:
        """The newest matches of a search whose articles still exist, newest first."""
        query = sa.select(standing_match).where(standing_match.c.search_id == search_id)
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(standing_match.c.id.desc()).limit(limit)).all()
            return _matched(connection, [_match(row) for row in rows])

    def articles(self, matches: Sequence[Match]) -> list[MatchedArticle]:
        """These matches with their articles; those whose article is gone are left out."""
        with self._database.read() as connection:
            return _matched(connection, matches)

    def count(self, search_id: str) -> MatchCount | None:
        """The match count of one search; None if it has no matches."""
        columns = (sa.func.count(), sa.func.max(standing_match.c.matched_at))
        mine = sa.select(*columns).where(standing_match.c.search_id == search_id)
        with self._database.read() as connection:
            count, newest_at = connection.execute(mine).one()
        return MatchCount(count=count, newest_at=newest_at) if count else None

    def counts(self) -> dict[str, MatchCount]:
        """The match counts by search."""
        columns = (standing_match.c.search_id, sa.func.count(), sa.func.max(standing_match.c.matched_at))
        with self._database.read() as connection:
            rows = connection.execute(sa.select(*columns).group_by(standing_match.c.search_id)).all()
        return {row[0]: MatchCount(count=row[1], newest_at=row[2]) for row in rows}

    def recent_articles(self, *, since: datetime, limit: int) -> list[StoredArticle]:
        """The live articles first seen since then, as they are now, newest first; for trying a query."""
        query = (
            sa.select(article.c.id, article.c.version)
            .where(IS_LIVE, article.c.first_seen_at >= since)
            .order_by(article.c.first_seen_at.desc())
            .limit(limit)
        )
        with self._database.read() as connection:
            rows = connection.execute(query).all()
            found = (stored_version(connection, row.id, row.version) for row in rows)
            return [stored for stored in found if stored is not None]


def _new_matches(
    connection: Connection, queued: QueuedVersion, search_ids: Sequence[str], now: datetime
) -> list[Match]:
    if not search_ids:
        return []
    asked = standing_match.c.search_id.in_(list(search_ids))
    ids = [queued.article_id, *queued.same_story_ids]
    merged = sa.select(article.c.id).where(article.c.merged_into.in_(ids))
    of_the_story = sa.or_(standing_match.c.article_id.in_(ids), standing_match.c.article_id.in_(merged))
    known = sa.select(standing_match.c.search_id).where(asked, of_the_story)
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


def _matches_again(
    connection: Connection, queued: QueuedVersion, search_ids: Sequence[str], now: datetime
) -> list[Match]:
    if not search_ids:
        return []
    asked = standing_match.c.search_id.in_(list(search_ids))
    connection.execute(sa.delete(standing_match).where(asked, standing_match.c.article_id == queued.article_id))
    exist = sa.select(standing_search.c.id).where(standing_search.c.id.in_(list(search_ids)))
    matches = [
        Match(search_id=search_id, article_id=queued.article_id, version=queued.version, matched_at=now)
        for search_id in connection.execute(exist).scalars()
    ]
    if matches:
        connection.execute(sa.insert(standing_match), [_match_values(match) for match in matches])
    return matches


def _insert(connection: Connection, made: Sequence[Match], now: datetime) -> None:
    """Insert the alerts that webhooks and mails have to send for these matches."""
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
    """The matches with their articles, without those whose article was removed since."""
    found = ((match, stored_version(connection, match.article_id, match.version, states=_TOLD)) for match in matches)
    return [
        MatchedArticle(match=match, stored=stored)
        for match, stored in found
        if stored is not None and (stored.removed_at is None or match.matched_at >= stored.removed_at)
    ]


def _match(row: Row[Any]) -> Match:
    return Match(search_id=row.search_id, article_id=row.article_id, version=row.version, matched_at=row.matched_at)


def _match_values(match: Match) -> dict[str, Any]:
    return {
        "search_id": match.search_id,
        "article_id": match.article_id,
        "version": match.version,
        "matched_at": match.matched_at,
    }
