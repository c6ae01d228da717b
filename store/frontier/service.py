"""The frontier: every known URL with its state, priority, due time and lease. It is the queue of the crawler."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from news.fetch import UrlKind, UrlState
from news.urls import url_key
from store.frontier.new_urls import add_urls
from store.frontier.rows import frontier_row, url_view
from store.leases.service import LEASE_SECONDS
from store.priorities import Priority
from store.records import FrontierRow, NewUrl
from store.schema import article, url
from store.sql.database import SAVING, Database
from store.views import UrlView

DISCOVERY_KINDS = tuple(kind for kind in UrlKind if kind is not UrlKind.ARTICLE)
IS_DOCUMENT = url.c.kind != UrlKind.ARTICLE.value  # the condition of the index that finds a source's documents
_IS_DUE = sa.and_(  # one index range, so a million waiting rows cost nothing
    url.c.source_id == sa.bindparam("source_id"),
    url.c.priority == sa.bindparam("priority"),
    url.c.next_due_at <= sa.bindparam("now"),
    sa.or_(url.c.lease_run_id.is_(None), url.c.lease_expires_at <= sa.bindparam("now")),
)
_DUE_IDS = sa.select(url.c.id).where(_IS_DUE).limit(sa.bindparam("most"))
_URGENT = (
    sa.select(url)
    .where(_IS_DUE)
    .order_by(url.c.next_due_at, url.c.id)
    .limit(sa.bindparam("most"))
    .with_for_update(skip_locked=True)
)
_NAMED = (  # the feeds, sitemaps and sections that a source names itself
    sa.select(url)
    .where(
        IS_DOCUMENT,
        url.c.source_id == sa.bindparam("source_id"),
        url.c.depth == 0,
        url.c.next_due_at <= sa.bindparam("now"),
        sa.or_(url.c.lease_run_id.is_(None), url.c.lease_expires_at <= sa.bindparam("now")),
    )
    .order_by(url.c.next_due_at, url.c.id)
    .limit(sa.bindparam("most"))
)
_FREE_NAMED = _NAMED.with_for_update(skip_locked=True)
_LEASE = (
    sa.update(url)
    .where(url.c.id.in_(sa.bindparam("ids", expanding=True)))
    .values(lease_run_id=sa.bindparam("run_id"), lease_expires_at=sa.bindparam("expires_at"))
)


class Frontier:
    """The known URLs of all sources."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, urls: Iterable[NewUrl], *, source_id: str, found_on: str | None, now: datetime) -> int:
        """Add unknown URLs, due now, and leave known ones as they are. Returns how many were unknown."""
        with self._database.write(alone_in=SAVING) as connection:
            return len(add_urls(connection, list(urls), source_id=source_id, found_on=found_on, now=now))

    def declare(
        self, urls: Sequence[NewUrl], *, source_id: str, kinds: Sequence[UrlKind] = DISCOVERY_KINDS, now: datetime
    ) -> None:
        """Make these the documents of these kinds that a source starts from; drop the others that it started from."""
        named = url.c.url_key.in_([url_key(new.url) for new in urls])
        mine = IS_DOCUMENT & (url.c.source_id == source_id) & (url.c.depth == 0)
        mine &= url.c.kind.in_([kind.value for kind in kinds])
        is_dropped = url.c.state == UrlState.DROPPED.value
        with self._database.write(alone_in=SAVING) as connection:
            add_urls(connection, list(urls), source_id=source_id, found_on=None, now=now)
            back = {"state": UrlState.KNOWN.value, "next_due_at": now, "priority": int(Priority.DISCOVERY)}
            connection.execute(sa.update(url).where(mine, named, is_dropped).values(**back))
            gone = {"state": UrlState.DROPPED.value, "next_due_at": None, "requested_at": None}
            connection.execute(sa.update(url).where(mine, ~named, ~is_dropped).values(**gone))

    def owners(self, urls: Sequence[str]) -> frozenset[str]:
        """The sources that own these URLs, as far as they are known."""
        query = sa.select(url.c.source_id).where(url.c.url_key.in_([url_key(one) for one in urls])).distinct()
        with self._database.read() as connection:
            return frozenset(connection.execute(query).scalars())

    def take(self, source_id: str, run_id: int, *, limit: int, now: datetime) -> list[FrontierRow]:
        """Lease the most urgent due rows of a source to a run."""
        with self._database.write() as connection:
            return _leased(connection, _due(connection, _URGENT, source_id, limit, now), run_id, now)

    def take_named(self, source_id: str, run_id: int, *, limit: int, now: datetime) -> list[FrontierRow]:
        """Lease to a run the due documents that its source names itself, as when the run is busy with pages."""
        given = {"source_id": source_id, "now": now, "most": limit}
        with self._database.read() as connection:  # usually there is none, and a read keeps no writer waiting
            if connection.execute(_NAMED, given).first() is None:
                return []
        with self._database.write() as connection:
            return _leased(connection, connection.execute(_FREE_NAMED, given).mappings().all(), run_id, now)

    def due_count(self, source_id: str, *, most: int, now: datetime) -> int:
        """Count the due rows of a source that no run has, up to `most`."""
        with self._database.read() as connection:
            return len(_due(connection, _DUE_IDS, source_id, most, now))

    def renew(self, run_id: int, *, now: datetime) -> None:
        """Extend the leases on a run's rows."""
        with self._database.write() as connection:
            connection.execute(
                sa.update(url)
                .where(url.c.lease_run_id == run_id)
                .values(lease_expires_at=now + timedelta(seconds=LEASE_SECONDS))
            )

    def release(self, run_id: int) -> int:
        """Release the rows that a run did not get to; they stay due. Returns how many."""
        with self._database.write() as connection:
            return release_rows(connection, [run_id])

    def make_due(self, *, source_id: str, kinds: Sequence[UrlKind], now: datetime) -> int:
        """Make a source's rows of these kinds due now, except those gone or dropped. Returns how many.

        A sitemap or page that another document leads to keeps its own due time, unless it failed. Refused rows are
        tried again, since the settings or robots.txt may have changed.
        """
        mine = url.c.kind.in_([kind.value for kind in kinds])
        later = sa.or_(url.c.next_due_at.is_(None), url.c.next_due_at > now)
        troubled = url.c.state.in_([UrlState.FAILING.value, UrlState.REFUSED.value])
        named = (url.c.depth == 0) & url.c.state.not_in([UrlState.GONE.value, UrlState.DROPPED.value])
        return self._make_due(source_id, mine & later & sa.or_(named, troubled), now)

    def make_recent_due(self, *, source_id: str, since: datetime, now: datetime) -> int:
        """Make due now the source's articles that were first met, or changed, since then. Returns how many."""
        recent = sa.or_(url.c.last_changed_at >= since, url.c.discovered_at >= since)
        article_row = url.c.kind == UrlKind.ARTICLE.value
        alive = url.c.state.not_in([UrlState.GONE.value, UrlState.REFUSED.value])
        return self._make_due(source_id, article_row & recent & alive & (url.c.next_due_at > now), now)

    def _make_due(self, source_id: str, which: sa.ColumnElement[bool], now: datetime) -> int:
        due = sa.update(url).where(url.c.source_id == source_id, which).values(next_due_at=now)
        with self._database.write(alone_in=SAVING) as connection:
            return connection.execute(due).rowcount

    def request(self, normalized: str, *, source_id: str, now: datetime) -> None:
        """Make one article URL due now, known or not, whatever its state."""
        with self._database.write(alone_in=SAVING) as connection:
            new = NewUrl(url=normalized, kind=UrlKind.ARTICLE, priority=int(Priority.REQUESTED))
            add_urls(connection, [new], source_id=source_id, found_on=None, now=now)
            values = {"requested_at": now, "next_due_at": now, "priority": int(Priority.REQUESTED)}
            connection.execute(sa.update(url).where(url.c.url_key == url_key(normalized)).values(**values))

    def waiting_backfill_count(self, source_id: str, *, now: datetime) -> int:
        """The number of articles found by backfills that are due and not fetched yet."""
        mine = (url.c.source_id == source_id) & (url.c.priority == int(Priority.BACKFILL)) & (url.c.next_due_at <= now)
        query = sa.select(sa.func.count()).where(mine, url.c.kind == UrlKind.ARTICLE.value)
        with self._database.read() as connection:
            return int(connection.execute(query).scalar_one())

    def row_of(self, article_id: str) -> FrontierRow | None:
        """The row from which an article's newest version came."""
        query = sa.select(url).join(article, article.c.url_id == url.c.id).where(article.c.id == article_id)
        with self._database.read() as connection:
            row = connection.execute(query).mappings().first()
        return frontier_row(row) if row else None

    def row_at(self, normalized: str) -> FrontierRow | None:
        """The row of a normalized URL as a crawl would get it, but not leased."""
        query = sa.select(url).where(url.c.url_key == url_key(normalized))
        with self._database.read() as connection:
            row = connection.execute(query).mappings().first()
        return frontier_row(row) if row else None

    def find(self, normalized: str) -> UrlView | None:
        """The row of a normalized URL."""
        with self._database.read() as connection:
            row = connection.execute(sa.select(url).where(url.c.url_key == url_key(normalized))).mappings().first()
        return url_view(row) if row else None


def _due(connection: Connection, query: sa.Select[Any], source_id: str, limit: int, now: datetime) -> list[RowMapping]:
    """What this query finds of a source's due rows, the most urgent first."""
    found: list[RowMapping] = []
    for priority in sorted(Priority, reverse=True):
        if len(found) == limit:
            break
        given = {"source_id": source_id, "priority": int(priority), "now": now, "most": limit - len(found)}
        found += connection.execute(query, given).mappings().all()
    return found


def _leased(connection: Connection, rows: Sequence[RowMapping], run_id: int, now: datetime) -> list[FrontierRow]:
    if rows:
        expires_at = now + timedelta(seconds=LEASE_SECONDS)
        connection.execute(_LEASE, {"ids": [row["id"] for row in rows], "run_id": run_id, "expires_at": expires_at})
    return [frontier_row(row) for row in rows]


def release_rows(connection: Connection, run_ids: Sequence[int]) -> int:
    """Remove these runs' leases from their rows; return how many had one."""
    freed = sa.update(url).where(url.c.lease_run_id.in_(run_ids)).values(lease_run_id=None, lease_expires_at=None)
    return connection.execute(freed).rowcount
