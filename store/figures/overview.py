"""Figures of all sources at once, from a few index ranges per source, however many URLs there are.

Row-by-row counts of many rows are reused for a while (store/sql/large_counts.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from news.article import ArticleState
from news.crawl_ends import GOOD_ENDS
from news.silence import ARTICLES_LOOKED_AT, LEAST_SILENCE, is_silent
from store.articles.states import IS_LIVE
from store.crawls.runs import run_view
from store.frontier.failing_urls import count_failing, failing_documents
from store.priorities import Priority
from store.saving.outages import lost_pages
from store.schema import article, article_version, run, url
from store.sql.database import Database
from store.sql.large_counts import LargeCount
from store.sql.statements import given_rows, unindexed
from store.views import RunView


@dataclass(frozen=True, kw_only=True, slots=True)
class Totals:
    """Totals over all sources, including those no longer followed."""

    articles: int  # live
    versions: int
    urls: int


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceSigns:
    """The signs of whether a source is well."""

    source_id: str
    due: int = 0  # frontier rows whose time has come
    failing_documents: int = 0  # feeds, sitemaps and section pages
    documents_failing_since: datetime | None = None  # when the first of these began to fail
    next_due_at: datetime | None = None
    last_run: RunView | None = None  # the newest, possibly under way
    last_success_at: datetime | None = None  # end of the newest crawl that ended well
    lost_pages: int = 0  # that were read and answer that they are gone, if so many that it is an outage
    silent_since: datetime | None = None  # when its newest article came out, if unusually long ago


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceFigures(SourceSigns):
    """The figures of one source in an overview of many."""

    articles: int = 0  # live
    removed: int = 0  # by their publisher; they stay in the index as such
    failing: int = 0  # URLs
    gone: int = 0  # of these, articles whose page answers that it is gone: nothing can be done about them


@dataclass(frozen=True, kw_only=True, slots=True)
class ArticleCounts:
    """Article counts by source."""

    live: Counter[str]
    removed: Counter[str] = field(default_factory=Counter)


class Overviews:
    """Read-only views over all sources."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._articles: LargeCount[ArticleCounts] = LargeCount(lambda counts: counts.live.total())
        self._versions: LargeCount[int] = LargeCount(int)
        self._urls: LargeCount[int] = LargeCount(int)

    def sources(self, source_ids: Sequence[str], *, now: datetime) -> dict[str, SourceFigures]:
        """The figures of these sources, by id."""
        if not source_ids:
            return {}
        with self._database.read() as connection:
            articles, failing = self._article_counts(connection), count_failing(connection)
            signs = _signs(connection, source_ids, now)
        return {
            each: SourceFigures(
                articles=articles.live[each],
                removed=articles.removed[each],
                failing=sum(failing.get(each, (0, 0))),
                gone=failing.get(each, (0, 0))[1],
                **signs[each],
            )
            for each in source_ids
        }

    def signs(self, source_ids: Sequence[str], *, now: datetime) -> dict[str, SourceSigns]:
        """The signs of whether these sources are well, by id; in at most a tenth of the time of all their figures."""
        if not source_ids:
            return {}
        with self._database.read() as connection:
            return {each: SourceSigns(**found) for each, found in _signs(connection, source_ids, now).items()}

    def unfollowed(self, source_ids: Collection[str]) -> dict[str, int]:
        """The live article counts, by id, of sources other than these that have live or removed articles."""
        with self._database.read() as connection:
            counts = self._article_counts(connection)
        kept = counts.live + counts.removed  # sources of which nothing is left are omitted
        return {each: counts.live[each] for each in sorted(kept.keys() - set(source_ids))}

    def totals(self) -> Totals:
        """The totals over all sources."""
        with self._database.read() as connection:
            return Totals(
                articles=self._article_counts(connection).live.total(),
                versions=self._versions.get(lambda: _rows(connection, article_version)),
                urls=self._urls.get(lambda: _rows(connection, url)),
            )

    def _article_counts(self, connection: Connection) -> ArticleCounts:
        return self._articles.get(lambda: _article_counts(connection))

    def newest_run_id(self) -> int:
        """The id of the newest crawl; 0 before the first."""
        with self._database.read() as connection:
            return int(connection.execute(sa.select(sa.func.max(run.c.id))).scalar() or 0)

    def runs_after(self, run_id: int, *, also: Collection[int] = ()) -> list[RunView]:
        """The crawls begun after this one, and those with these ids, oldest first."""
        query = sa.select(run).where(sa.or_(run.c.id > run_id, run.c.id.in_(list(also)))).order_by(run.c.id)
        with self._database.read() as connection:
            return [run_view(row) for row in connection.execute(query)]


def _signs(connection: Connection, source_ids: Sequence[str], now: datetime) -> dict[str, dict[str, Any]]:
    """The fields of `SourceSigns`, by source."""
    documents = failing_documents(connection)
    due, next_due = _due(connection, source_ids, now)
    wanted = _wanted(connection, source_ids)
    last_runs, successes = _runs(connection, wanted)
    silent, lost = _silent(connection, wanted, now), lost_pages(connection, now)
    return {
        each: {
            "source_id": each,
            "due": due.get(each, 0),
            "failing_documents": documents[each][0] if each in documents else 0,
            "documents_failing_since": documents[each][1] if each in documents else None,
            "next_due_at": next_due.get(each),
            "last_run": last_runs.get(each),
            "last_success_at": successes.get(each),
            "lost_pages": lost.get(each, 0),
            "silent_since": silent.get(each) if each in last_runs else None,  # no crawl, no news to expect
        }
        for each in source_ids
    }


def _rows(connection: Connection, table: sa.Table) -> int:
    return int(connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())


def _article_counts(connection: Connection) -> ArticleCounts:
    """Count all articles in a covering index and subtract the few not live: five times as fast as counting the live."""
    every = sa.select(article.c.source_id, sa.func.count()).group_by(article.c.source_id)
    counts = ArticleCounts(live=Counter({str(row[0]): int(row[1]) for row in connection.execute(every)}))
    source_of = unindexed(article.c.source_id)
    others = sa.select(source_of, article.c.state, sa.func.count()).where(~IS_LIVE)
    for source_id, state, number in connection.execute(others.group_by(source_of, article.c.state)):
        counts.live[source_id] -= int(number)
        if state == ArticleState.REMOVED:
            counts.removed[source_id] += int(number)
    return counts


def _due(
    connection: Connection, source_ids: Sequence[str], now: datetime
) -> tuple[dict[str, int], dict[str, datetime]]:
    """The number of due rows by source, and when the next is due, from one index range per source and priority."""
    ranges = given_rows(connection, "ranges", [(each, int(priority)) for each in source_ids for priority in Priority])
    mine = (url.c.source_id == ranges.c.source_id) & (url.c.priority == ranges.c.number)
    count = sa.select(sa.func.count()).select_from(url).where(mine, url.c.next_due_at <= now).scalar_subquery()
    first = sa.select(sa.func.min(url.c.next_due_at)).where(mine).scalar_subquery()
    due: dict[str, int] = {}
    next_due: dict[str, datetime] = {}
    for source_id, number, at in connection.execute(sa.select(ranges.c.source_id, count, first)):
        due[source_id] = due.get(source_id, 0) + int(number)
        if at is not None:
            next_due[source_id] = min(at, next_due.get(source_id, at))
    return due, next_due


def _wanted(connection: Connection, source_ids: Sequence[str]) -> sa.CTE:
    return given_rows(connection, "wanted", [(each, 0) for each in source_ids])


def _runs(connection: Connection, wanted: sa.CTE) -> tuple[dict[str, RunView], dict[str, datetime]]:
    newest = sa.select(run.c.id).where(run.c.source_id == wanted.c.source_id).order_by(run.c.id.desc()).limit(1)
    good = newest.where(run.c.finish_reason.in_([each.value for each in GOOD_ENDS])).with_only_columns(run.c.ended_at)
    last = sa.select(run).where(run.c.id.in_(sa.select(newest.scalar_subquery()).select_from(wanted)))
    views = {str(row.source_id): run_view(row) for row in connection.execute(last)}
    ends = connection.execute(sa.select(wanted.c.source_id, good.scalar_subquery()))
    return views, {str(row[0]): row[1] for row in ends if row[1] is not None}


def _silent(connection: Connection, wanted: sa.CTE, now: datetime) -> dict[str, datetime]:
    """When the newest article of each silent source came out; only for possibly silent ones are more articles read."""
    newest = (
        sa.select(sa.func.max(article.c.published_at))
        .where(article.c.source_id == wanted.c.source_id, article.c.published_at <= now)
        .scalar_subquery()
    )
    found = {str(row[0]): row[1] for row in connection.execute(sa.select(wanted.c.source_id, newest))}
    quiet = [each for each, at in found.items() if at is not None and now - at > LEAST_SILENCE]
    return {each: found[each] for each in quiet if is_silent(_newest(connection, each, now), now)}


def _newest(connection: Connection, source_id: str, now: datetime) -> list[datetime]:
    """The times at which the newest articles of a source came out."""
    column = article.c.published_at
    mine = sa.select(column).where(article.c.source_id == source_id, column <= now)
    return list(connection.execute(mine.order_by(column.desc()).limit(ARTICLES_LOOKED_AT)).scalars())
