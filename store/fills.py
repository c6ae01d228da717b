"""Fills of feed gaps and of requested spans: noticed, worked through and ended as fetches are saved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from news.fetch import UrlKind, UrlState
from news.fills import Fill, FillKind
from news.gaps import FeedEntry, Span, gap_between
from news.requests import RequestKind
from news.urls import url_key
from store.backfills import end_if_done, fill_of, found_articles, hold, request_of, settle
from store.database import SAVING, Database
from store.frontier import IS_DOCUMENT
from store.priorities import Priority
from store.records import FetchResult, NewUrl, SavedFetch
from store.schema import feed_window, fill, fill_url, request, url
from store.statements import CHUNK, Upsert

MAX_DOCUMENTS = {FillKind.GAP: 50, FillKind.BACKFILL: 5_000}  # per fill; choices
SURE_PAGES = 5  # pages of a section or feed always read for a gap; more are read while they bring something. A choice
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
                _enlist_documents(connection, row, now)
                _end_if_done(connection, row.id, now)

    def of_document(self, url_id: int) -> list[Fill]:
        """The open fills that a document has still to be read for."""
        with self._database.read() as connection:
            return [_view(connection, _row(connection, each)) for each in _waiting_for(connection, url_id)]

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


def waiting_documents(connection: Connection, fill_id: int) -> list[int]:
    """The documents that a fill has still to read."""
    waiting = sa.select(fill_url.c.url_id).where(fill_url.c.fill_id == fill_id, fill_url.c.done_at.is_(None))
    return list(connection.execute(waiting).scalars())


def stop_fill_of(connection: Connection, request_id: str, now: datetime) -> None:
    """End the fill of a cancelled backfill; other requests have none."""
    if (found := fill_of(connection, request_id)) is not None:
        _end(connection, found.id, "stopped", now)


def record_fills(connection: Connection, visits: Iterable[tuple[FetchResult, SavedFetch | None]]) -> None:
    """Notice the gaps that these fetches reveal, and record what they brought for the fills under way."""
    for result, saved in visits:
        if saved is None or result.row.kind is UrlKind.ARTICLE:
            continue
        for fill_id in _waiting_for(connection, result.row.id):
            if result.state is UrlState.FETCHED and fill_id not in result.fills:  # it began before the fill
                _make_due(connection, result.row.id, result.fetched_at)
            elif result.state is not UrlState.FAILING or result.row.failure_count + 1 >= MAX_FAILURES:
                _take_down(connection, fill_id, result, saved)
        if result.listed:
            _notice_gap(connection, result)


def _waiting_for(connection: Connection, url_id: int) -> list[int]:
    """The ids of the open fills that a document has still to be read for."""
    waiting = sa.select(fill_url.c.fill_id).join(fill, fill.c.id == fill_url.c.fill_id)
    mine = (fill_url.c.url_id == url_id) & fill_url.c.done_at.is_(None) & fill.c.ended_at.is_(None)
    return list(connection.execute(waiting.where(mine).order_by(fill_url.c.fill_id)).scalars())


def _notice_gap(connection: Connection, result: FetchResult) -> None:
    last = connection.execute(sa.select(feed_window).where(feed_window.c.url_id == result.row.id)).first()
    listed = result.listed[:MAX_ENTRIES]
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
    _enlist_documents(connection, _row(connection, fill_id), now)
    if kind is FillKind.GAP:  # for a backfill, the first crawl may still discover the source's sitemaps
        _end_if_done(connection, fill_id, now)
    return fill_id


def _enlist_documents(connection: Connection, row: Row[Any], now: datetime) -> None:
    """Enlist the source's starting sitemaps and, for a gap, its section pages and the second pages of its feeds."""
    named = (url.c.kind == UrlKind.SITEMAP.value) & (url.c.depth == 0)
    if row.kind == FillKind.GAP.value:
        named |= (url.c.kind == UrlKind.SECTION.value) & (url.c.depth == 0)
        named |= (url.c.kind == UrlKind.FEED.value) & (url.c.depth == 1)
    which = IS_DOCUMENT & (url.c.source_id == row.source_id) & named
    which &= url.c.state.not_in([UrlState.DROPPED.value, UrlState.REFUSED.value])
    ids = list(connection.execute(sa.select(url.c.id).where(which)).scalars())
    _enlist(connection, row, ids, now)


def _enlist(connection: Connection, row: Row[Any], url_ids: Sequence[int], now: datetime) -> None:
    """Have these documents read for a fill in full, without comparing them with what they said before."""
    mine = sa.select(fill_url.c.url_id).where(fill_url.c.fill_id == row.id)
    known = set(connection.execute(mine).scalars())
    room = MAX_DOCUMENTS[FillKind(row.kind)] - len(known)
    fresh = [each for each in dict.fromkeys(url_ids) if each not in known]
    if len(fresh) > room:
        text = f"only the first {MAX_DOCUMENTS[FillKind(row.kind)]} documents are read"
        connection.execute(sa.update(fill).where(fill.c.id == row.id).values(detail=text))
    chosen = fresh[: max(0, room)]
    if chosen and (request_id := request_of(connection, row)) is not None:
        hold(connection, request_id, chosen)
    for each in chosen:
        connection.execute(sa.insert(fill_url).values(fill_id=row.id, url_id=each))
        _make_due(connection, each, now)


def _make_due(connection: Connection, url_id: int, now: datetime) -> None:
    anew = {"next_due_at": now, "etag": None, "last_modified": None, "payload_digest": None}
    connection.execute(sa.update(url).where(url.c.id == url_id).values(**anew))


def _take_down(connection: Connection, fill_id: int, result: FetchResult, saved: SavedFetch) -> None:
    """Record that a document was read for a fill, or failed for good; what it leads to is read for the fill too."""
    documents = [new for new in result.discovered if new.kind is not UrlKind.ARTICLE]
    ids = _ids_of(connection, [new for new in documents if new.for_fill])
    found = saved.new_url_count - len(_ids_of(connection, documents, met_at=result.fetched_at))
    mine = (fill_url.c.fill_id == fill_id) & (fill_url.c.url_id == result.row.id)
    connection.execute(sa.update(fill_url).where(mine).values(done_at=result.fetched_at))
    more = {"document_count": fill.c.document_count + 1, "found_count": fill.c.found_count + found}
    connection.execute(sa.update(fill).where(fill.c.id == fill_id).values(**more))
    row = _row(connection, fill_id)
    if row.kind == FillKind.GAP.value and not found and _is_far_page(result):
        _leave_alone(connection, ids)
        ids = []
    _enlist(connection, row, ids, result.fetched_at)
    if (request_id := request_of(connection, row)) is not None:
        articles = [new for new in result.discovered if new.kind is UrlKind.ARTICLE]
        hold(connection, request_id, found_articles(connection, row.source_id, _ids_of(connection, articles)))
        settle(connection, result.row.id, outcome=saved.outcome.value, now=result.fetched_at)
    _end_if_done(connection, fill_id, result.fetched_at)


def _is_far_page(result: FetchResult) -> bool:
    """Whether a page of a section or feed is so far back that the next is read only if this one brought something."""
    return result.row.kind is not UrlKind.SITEMAP and result.row.depth + 1 >= SURE_PAGES


def _leave_alone(connection: Connection, url_ids: Sequence[int]) -> None:
    """Make these documents no longer due, since they are not needed after all."""
    unread = url.c.id.in_(url_ids) & url.c.last_fetched_at.is_(None)
    connection.execute(sa.update(url).where(unread).values(next_due_at=None))


def _ids_of(connection: Connection, documents: Sequence[NewUrl], *, met_at: datetime | None = None) -> list[int]:
    """The row ids of these documents: all, or only those first met at `met_at`."""
    ids: list[int] = []
    for start in range(0, len(documents), CHUNK):
        keys = [url_key(new.url) for new in documents[start : start + CHUNK]]
        query = sa.select(url.c.id).where(url.c.url_key.in_(keys))
        ids += connection.execute(query.where(url.c.discovered_at == met_at) if met_at else query).scalars()
    return ids


def _end_if_done(connection: Connection, fill_id: int, now: datetime) -> None:
    waiting = sa.exists().where(fill_url.c.fill_id == fill_id, fill_url.c.done_at.is_(None))
    if connection.execute(sa.select(waiting)).scalar():
        return
    has_any = connection.execute(sa.select(sa.exists().where(fill_url.c.fill_id == fill_id))).scalar()
    _end(connection, fill_id, "" if has_any else "the source has no sitemap or section page to fill it from", now)


def _end(connection: Connection, fill_id: int, detail: str, now: datetime) -> None:
    values: dict[str, Any] = {"ended_at": now} | ({"detail": detail} if detail else {})
    still_open = (fill.c.id == fill_id) & fill.c.ended_at.is_(None)
    connection.execute(sa.update(fill).where(still_open).values(**values))
    if (request_id := request_of(connection, _row(connection, fill_id))) is not None:
        end_if_done(connection, request_id, now)


def forget_ended_fills(connection: Connection, *, before: datetime) -> int:
    """Delete fills that ended before this, except backfills that an open request needs; return how many."""
    is_asked = request.c.kind == RequestKind.BACKFILL.value
    waits = sa.exists().where(is_asked, request.c.ended_at.is_(None))  # for what its fill found; any, as they are rare
    gone = (fill.c.ended_at < before) & sa.or_(fill.c.kind == FillKind.GAP.value, ~waits)
    connection.execute(sa.delete(fill_url).where(fill_url.c.fill_id.in_(sa.select(fill.c.id).where(gone))))
    return connection.execute(sa.delete(fill).where(gone)).rowcount


def _open(source_id: str) -> sa.ColumnElement[bool]:
    return (fill.c.source_id == source_id) & fill.c.ended_at.is_(None)


def _row(connection: Connection, fill_id: int) -> Row[Any]:
    return connection.execute(sa.select(fill).where(fill.c.id == fill_id)).one()


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
