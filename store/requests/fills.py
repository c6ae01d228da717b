"""Fills of feed gaps and of requested spans: noticed, worked through and ended as fetches are saved."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from news.fetch import UrlKind, UrlState
from news.fills import Fill, FillKind
from news.gaps import FeedEntry, Span, gap_between
from news.requests import RequestKind
from store.frontier.service import IS_DOCUMENT
from store.priorities import Priority
from store.records import FetchResult, Visits
from store.requests.backfills import fill_of
from store.requests.fill_documents import (
    end_fill,
    end_fill_if_done,
    enlist_documents,
    fill_row,
    fills_waiting_for,
    make_due,
    take_down,
)
from store.schema import feed_window, fill, fill_url, request, url
from store.sql.database import SAVING, Database
from store.sql.statements import Upsert

MAX_FAILURES = 3  # in a row for one document, then the fill continues without it
MAX_ENTRIES = 1_000  # entries remembered per feed
_KEEP_WINDOW = Upsert(feed_window, replaced=("read_at", "entries"))
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Fills:
    """The fills under way and those that ended."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def enlist(self, source_id: str, *, now: datetime) -> None:
        """Add to the source's open fills the starting sitemaps that they lack; end fills that have no documents."""
        with self._database.write(alone_in=SAVING) as connection:
            for row in connection.execute(sa.select(fill).where(_open(source_id))).all():
                is_dropped = IS_DOCUMENT & (url.c.state == UrlState.DROPPED.value)
                dropped = sa.select(url.c.id).where(url.c.source_id == source_id, is_dropped)
                named_no_more = (fill_url.c.fill_id == row.id) & fill_url.c.url_id.in_(dropped)
                left = named_no_more & fill_url.c.done_at.is_(None)
                connection.execute(sa.update(fill_url).where(left).values(done_at=now))
                enlist_documents(connection, row, now)
                end_fill_if_done(connection, row.id, now)

    def of_document(self, url_id: int) -> list[Fill]:
        """The open fills that a document has still to be read for."""
        with self._database.read() as connection:
            return [_view(connection, fill_row(connection, each)) for each in fills_waiting_for(connection, url_id)]

    def recent(
        self, source_id: str | None = None, *, kind: FillKind | None = None, since: datetime | None = None, limit: int
    ) -> list[Fill]:
        """The newest fills of one source or of all."""
        query = sa.select(fill).order_by(fill.c.id.desc()).limit(limit)
        if source_id is not None:
            query = query.where(fill.c.source_id == source_id)
        if kind is not None:
            query = query.where(fill.c.kind == kind.value)
        if since is not None:
            query = query.where(sa.or_(fill.c.created_at >= since, fill.c.ended_at.is_(None)))
        with self._database.read() as connection:
            return [_view(connection, row) for row in connection.execute(query).all()]


def begin_fill(connection: Connection, source_id: str, span: Span, *, now: datetime) -> tuple[int, bool]:
    """Begin to fill a requested span; return (the fill's id, whether it is new).

    An equal fill is reused while it is open or while articles that it found wait to be fetched.
    """
    same = (fill.c.source_id == source_id) & (fill.c.since_at == span.since_at)
    same &= (fill.c.until_at == span.until_at) & (fill.c.kind == FillKind.BACKFILL.value)
    mine = (url.c.source_id == source_id) & (url.c.priority == int(Priority.BACKFILL))
    waits = sa.exists().where(mine, url.c.next_due_at.is_not(None))
    unfinished = sa.select(fill.c.id).where(same, sa.or_(fill.c.ended_at.is_(None), waits))
    known: int | None = connection.execute(unfinished.order_by(fill.c.id.desc()).limit(1)).scalar()
    if known is not None:
        return known, False
    return _begin(connection, source_id, FillKind.BACKFILL, span, feed_id=None, now=now), True


def stop_fill_of(connection: Connection, request_id: str, now: datetime) -> None:
    """End the fill of a cancelled backfill; other requests have none."""
    if (found := fill_of(connection, request_id)) is not None:
        end_fill(connection, found.id, "stopped", now)


def record_fills(connection: Connection, visits: Visits) -> None:
    """Notice the gaps that these fetches reveal, and record what they brought for the fills under way."""
    for result, saved in visits:
        if saved is None or result.row.kind is UrlKind.ARTICLE:
            continue
        for fill_id in fills_waiting_for(connection, result.row.id):
            if (
                result.state is UrlState.FETCHED and fill_id not in result.discovery.fill_ids
            ):  # it began before the fill
                make_due(connection, result.row.id, result.fetched_at)
            elif result.state is not UrlState.FAILING or result.row.failure_count + 1 >= MAX_FAILURES:
                take_down(connection, fill_id, result, saved)
        if result.discovery.entries:
            _notice_gap(connection, result)


def _notice_gap(connection: Connection, result: FetchResult) -> None:
    last = connection.execute(sa.select(feed_window).where(feed_window.c.url_id == result.row.id)).first()
    listed = result.discovery.entries[:MAX_ENTRIES]
    shown = [[entry.key, _seconds(entry.at)] for entry in listed]
    _KEEP_WINDOW.run(connection, [{"url_id": result.row.id, "read_at": result.fetched_at, "entries": shown}])
    if last is None:
        return
    entries = [FeedEntry(key, _moment(seconds)) for key, seconds in last.entries]
    gap = gap_between(entries, last.read_at, listed, result.fetched_at)
    if gap is not None:
        _begin(connection, result.row.source_id, FillKind.GAP, gap, feed_id=result.row.id, now=result.fetched_at)


def _begin(
    connection: Connection, source_id: str, kind: FillKind, span: Span, *, feed_id: int | None, now: datetime
) -> int:
    values = {"source_id": source_id, "kind": kind.value, "feed_id": feed_id, "created_at": now, "detail": ""}
    values |= {"since_at": span.since_at, "until_at": span.until_at, "document_count": 0, "found_count": 0}
    made = connection.execute(sa.insert(fill).values(**values)).inserted_primary_key
    assert made is not None  # both databases return it
    fill_id = int(made[0])
    enlist_documents(connection, fill_row(connection, fill_id), now)
    if kind is FillKind.GAP:  # for a backfill, the first crawl may still discover the source's sitemaps
        end_fill_if_done(connection, fill_id, now)
    return fill_id


def forget_ended_fills(connection: Connection, *, before: datetime) -> int:
    """Delete fills that ended before this, except backfills that an open request needs; return how many."""
    is_asked = request.c.kind == RequestKind.BACKFILL.value
    waits = sa.exists().where(is_asked, request.c.ended_at.is_(None))  # for what its fill found; any, as they are rare
    gone = (fill.c.ended_at < before) & sa.or_(fill.c.kind == FillKind.GAP.value, ~waits)
    connection.execute(sa.delete(fill_url).where(fill_url.c.fill_id.in_(sa.select(fill.c.id).where(gone))))
    return connection.execute(sa.delete(fill).where(gone)).rowcount


def _open(source_id: str) -> sa.ColumnElement[bool]:
    return (fill.c.source_id == source_id) & fill.c.ended_at.is_(None)


def _view(connection: Connection, row: Row[Any]) -> Fill:
    waiting = sa.select(sa.func.count()).where(fill_url.c.fill_id == row.id, fill_url.c.done_at.is_(None))
    feed = connection.execute(sa.select(url.c.url).where(url.c.id == row.feed_id)).scalar() if row.feed_id else None
    return Fill(
        id=row.id,
        source_id=row.source_id,
        kind=FillKind(row.kind),
        span=Span(row.since_at, row.until_at),
        created_at=row.created_at,
        ended_at=row.ended_at,
        feed_url=feed,
        waiting_count=int(connection.execute(waiting).scalar_one()) if row.ended_at is None else 0,
        document_count=row.document_count,
        found_count=row.found_count,
        detail=row.detail,
    )


def _seconds(at: datetime | None) -> int | None:
    return int((at - _EPOCH).total_seconds()) if at else None


def _moment(seconds: int | None) -> datetime | None:
    return _EPOCH + timedelta(seconds=seconds) if seconds is not None else None
