"""Current activity: sources with work to do, and the figures people watch."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from news.article import ArticleState
from news.fetch import Outcome, UrlKind, UrlState
from news.triggers import Trigger
from store.crawls.runs import run_view
from store.frontier.failing_urls import FAILING_SINCE, failing_ids
from store.priorities import ASKED, Priority
from store.schema import article, run, slot, url
from store.sql.database import Database
from store.sql.statements import day_number, given_rows, unindexed
from store.views import FailureView, RefusedView, RunView


class Activity:
    """Read-only views over the frontier, the runs and the articles."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def sources_due(
        self, source_ids: Collection[str], *, only_asked: Collection[str], now: datetime
    ) -> dict[str, Trigger]:
        """Which of these sources have work, each with its trigger.

        Work is a due row that nobody holds, or a slot that no run has answered; for sources in `only_asked`, only a row
        that was requested.
        """
        plain = [(each, 0) for each in source_ids] + [(each, 1) for each in only_asked]
        if not plain:
            return {}
        with self._database.read() as connection:
            wanted = given_rows(connection, "wanted", plain)
            rows = connection.execute(_with_work(wanted, now)).all()
        return {str(source_id): Trigger(found) for source_id, found in rows if found is not None}

    def next_due_at(self, source_id: str) -> datetime | None:
        """When the next row of a source is due, by itself or by request."""
        query = sa.select(sa.func.min(url.c.next_due_at)).where(url.c.source_id == source_id)
        with self._database.read() as connection:
            found: datetime | None = connection.execute(query).scalar()
        return found

    def daily_counts(self, *, days: int, now: datetime) -> dict[str, list[int]]:
        """The number of new articles by source on each of the last `days` days (UTC), oldest first, today last."""
        today = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        first = today - timedelta(days=days - 1)
        day = day_number(article.c.first_seen_at)
        query = (
            sa.select(unindexed(article.c.source_id), day, sa.func.count())
            .where(article.c.first_seen_at >= first, article.c.state != ArticleState.MERGED.value)
            .group_by(unindexed(article.c.source_id), day)
        )
        first_day = int(first.timestamp()) // 86_400
        counts: dict[str, list[int]] = {}
        with self._database.read() as connection:
            for source_id, at, number in connection.execute(query):
                index = int(at) - first_day
                if 0 <= index < days:
                    counts.setdefault(str(source_id), [0] * days)[index] = int(number)
        return counts

    def failures(
        self, *, source_ids: Collection[str] | None = None, documents_only: bool = False, limit: int
    ) -> list[FailureView]:
        """The URLs of these sources, or of all, whose last fetch failed: documents first, then by newest failure.

        They include the documents that a source names and that are refused.
        """
        query = sa.select(url, FAILING_SINCE.label("since_at")).where(url.c.id.in_(failing_ids()))
        if source_ids is not None:
            query = query.where(url.c.source_id.in_(source_ids))
        if documents_only:
            query = query.where(url.c.kind != UrlKind.ARTICLE.value)
        query = query.order_by(url.c.kind == UrlKind.ARTICLE.value, url.c.failure_count.desc(), url.c.id.desc())
        with self._database.read() as connection:
            return [
                FailureView(
                    url=row.url,
                    source_id=row.source_id,
                    kind=UrlKind(row.kind),
                    outcome=row.last_outcome or "",
                    detail=row.last_detail,
                    failure_count=row.failure_count,
                    since_at=row.since_at,
                    next_due_at=row.next_due_at,
                )
                for row in connection.execute(query.limit(limit))
            ]

    def refused(self, source_id: str) -> list[RefusedView]:
        """A source's refused article addresses, grouped by reason, the most common first."""
        mine = (url.c.source_id == source_id) & (url.c.state == UrlState.REFUSED.value)
        mine &= (url.c.kind == UrlKind.ARTICLE.value) & (url.c.last_outcome != Outcome.FORGOTTEN.value)
        newest = sa.select(url.c.last_outcome, sa.func.count().label("number"), sa.func.max(url.c.id).label("id"))
        each = newest.where(mine).group_by(url.c.last_outcome).subquery()
        shown = sa.select(each.c.last_outcome, each.c.number, url.c.url, url.c.last_detail)
        query = shown.join(url, url.c.id == each.c.id).order_by(each.c.number.desc())
        with self._database.read() as connection:
            return [
                RefusedView(outcome=row.last_outcome, count=row.number, url=row.url, detail=row.last_detail)
                for row in connection.execute(query)
            ]

    def runs(self, *, source_id: str | None = None, limit: int) -> list[RunView]:
        """The newest runs."""
        query = sa.select(run).order_by(run.c.id.desc()).limit(limit)
        if source_id is not None:
            query = query.where(run.c.source_id == source_id)
        with self._database.read() as connection:
            return [run_view(row) for row in connection.execute(query)]

    def open_runs(self) -> list[RunView]:
        """The crawls under way, oldest first."""
        query = sa.select(run).where(run.c.ended_at.is_(None))
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        # Sorted here: to order them, SQLite would scan every crawl there ever was
        return sorted((run_view(row) for row in rows), key=lambda view: view.id)


def _with_work(wanted: sa.CTE, now: datetime) -> sa.Select[Any]:
    """Each wanted source that has work, with its trigger; where `number` is not 0, only requested rows count."""
    free = sa.or_(url.c.lease_run_id.is_(None), url.c.lease_expires_at <= now)
    mine = url.c.source_id == wanted.c.source_id

    def has_due(priority: Priority) -> sa.ColumnElement[bool]:
        return sa.exists().where(mine, url.c.priority == int(priority), url.c.next_due_at <= now, free)

    unanswered = slot.c.run_id.is_(None) & slot.c.skipped.is_(None)
    has_slot = sa.exists().where(slot.c.source_id == wanted.c.source_id, unanswered)
    # One index range per priority, so that a million waiting rows cost nothing
    asked = [has_due(priority) for priority in ASKED]
    others = [has_due(priority) for priority in sorted(Priority, reverse=True) if priority not in ASKED]
    any_work = wanted.c.number == 0
    trigger = sa.case(
        (sa.or_(*asked), Trigger.REQUEST.value),
        (sa.and_(any_work, has_slot), Trigger.SCHEDULE.value),
        (sa.and_(any_work, sa.or_(*others)), Trigger.REVISIT.value),
    )
    return sa.select(wanted.c.source_id, trigger)
