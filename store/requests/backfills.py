"""Backfills as requests: each covers the documents that its fill reads and the new articles found in them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from news.fetch import UrlKind
from news.fills import FillKind
from news.requests import RequestKind, RequestScope, RequestState, scope_digest
from store.priorities import Priority
from store.schema import Instant, fill, request, request_url, url
from store.sql.statements import CHUNK, chunks

_IS_FOUND = url.c.priority == int(Priority.BACKFILL)


def request_of(connection: Connection, row: Row[tuple[object, ...]]) -> str | None:
    """The open request that a fill serves; None for a gap, or for a fill older than backfill requests."""
    if row.kind != FillKind.BACKFILL.value:
        return None
    scope = RequestScope(source_id=row.source_id, since=row.since_at, until=row.until_at)
    mine = request.c.scope_digest == scope_digest(RequestKind.BACKFILL, scope)
    found: str | None = connection.execute(sa.select(request.c.id).where(mine, request.c.ended_at.is_(None))).scalar()
    return found


def hold(connection: Connection, request_id: str, url_ids: Sequence[int]) -> None:
    """Make these URLs part of the request until they are fetched; those that already are stay as they are."""
    known = sa.select(request_url.c.url_id).where(request_url.c.request_id == request_id)
    for chunk in chunks(url_ids, CHUNK):
        which = url.c.id.in_(chunk) & url.c.id.not_in(known)
        # An article that only the backfill found has no due time of its own to return to
        prior = sa.case((_IS_FOUND, sa.null()), else_=url.c.next_due_at)
        chosen = sa.select(sa.literal(request_id), url.c.id, prior).where(which)
        connection.execute(sa.insert(request_url).from_select(["request_id", "url_id", "prior_due_at"], chosen))
    held = sa.select(sa.func.count()).where(request_url.c.request_id == request_id).scalar_subquery()
    connection.execute(sa.update(request).where(request.c.id == request_id).values(total_count=held))


def settle(connection: Connection, url_id: int, *, outcome: str, now: datetime) -> None:
    """Note that a URL was fetched: backfills that held it advance, and end if that was their last."""
    waiting = (
        sa.select(request.c.id)
        .join(request_url, request_url.c.request_id == request.c.id)
        .where(request_url.c.url_id == url_id, request_url.c.done_at.is_(None))
        .where(request.c.kind == RequestKind.BACKFILL.value, request.c.ended_at.is_(None))
    )
    for request_id in list(connection.execute(waiting).scalars()):
        mine = (request_url.c.request_id == request_id) & (request_url.c.url_id == url_id)
        connection.execute(sa.update(request_url).where(mine).values(done_at=now, outcome=outcome))
        values = {
            "done_count": request.c.done_count + 1,
            "state": RequestState.RUNNING.value,
            "started_at": sa.func.coalesce(request.c.started_at, sa.literal(now, Instant)),
        }
        connection.execute(sa.update(request).where(request.c.id == request_id).values(**values))
        end_if_done(connection, request_id, now)


def end_if_done(connection: Connection, request_id: str, now: datetime) -> None:
    """End a request if its fill has ended and none of its URLs is waiting."""
    waits = (
        sa.exists()
        .where(request_url.c.request_id == request_id, request_url.c.done_at.is_(None))
        .where(url.c.id == request_url.c.url_id, url.c.kind == UrlKind.ARTICLE.value, url.c.next_due_at.is_not(None))
    )
    if connection.execute(sa.select(waits)).scalar():
        return
    newest = fill_of(connection, request_id)
    if newest is None or newest.ended_at is None:
        return
    values = {"state": RequestState.DONE.value, "ended_at": now, "detail": newest.detail}
    connection.execute(sa.update(request).where(request.c.id == request_id).values(**values))


def fill_of(connection: Connection, request_id: str) -> Row[tuple[object, ...]] | None:
    """The fill of a backfill request; None before it has begun."""
    record = connection.execute(sa.select(request.c.scope).where(request.c.id == request_id)).scalar_one()
    scope = RequestScope.from_record(record)
    mine = (fill.c.source_id == scope.source_id) & (fill.c.kind == FillKind.BACKFILL.value)
    mine &= (fill.c.since_at == scope.since) & (fill.c.until_at == scope.until)
    return connection.execute(sa.select(fill).where(mine).order_by(fill.c.id.desc()).limit(1)).first()


def found_articles(connection: Connection, source_id: str, url_ids: Sequence[int] | None = None) -> list[int]:
    """The unfetched articles that a source's backfills found, among these URLs or all."""
    waiting = sa.select(url.c.id).where(url.c.source_id == source_id, _IS_FOUND, url.c.next_due_at.is_not(None))
    if url_ids is None:
        return list(connection.execute(waiting).scalars())
    parts = (waiting.where(url.c.id.in_(chunk)) for chunk in chunks(url_ids, CHUNK))
    return [each for part in parts for each in connection.execute(part).scalars()]
