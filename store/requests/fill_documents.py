"""The documents that are read for a fill: enlisted, made due and taken down; the fill ends with the last of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from news.fetch import UrlKind, UrlState
from news.fills import FillKind
from news.urls import url_key
from store.frontier.service import IS_DOCUMENT
from store.records import FetchResult, NewUrl, SavedFetch
from store.requests.backfills import end_if_done, found_articles, hold, request_of, settle
from store.schema import fill, fill_url, url
from store.sql.statements import CHUNK, chunks

MAX_DOCUMENTS = {FillKind.GAP: 50, FillKind.BACKFILL: 5_000}  # per fill; choices
SURE_PAGES = 5  # pages of a section or feed always read for a gap; more are read while they bring something. A choice


def waiting_documents(connection: Connection, fill_id: int) -> list[int]:
    """The documents that a fill has still to read."""
    waiting = sa.select(fill_url.c.url_id).where(fill_url.c.fill_id == fill_id, fill_url.c.done_at.is_(None))
    return list(connection.execute(waiting).scalars())


def fills_waiting_for(connection: Connection, url_id: int) -> list[int]:
    """The ids of the open fills that a document has still to be read for."""
    waiting = sa.select(fill_url.c.fill_id).join(fill, fill.c.id == fill_url.c.fill_id)
    mine = (fill_url.c.url_id == url_id) & fill_url.c.done_at.is_(None) & fill.c.ended_at.is_(None)
    return list(connection.execute(waiting.where(mine).order_by(fill_url.c.fill_id)).scalars())


def enlist_documents(connection: Connection, row: Row[Any], now: datetime) -> None:
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
        make_due(connection, each, now)


def make_due(connection: Connection, url_id: int, now: datetime) -> None:
    """Have a document fetched whole as soon as possible."""
    anew = {"next_due_at": now, "etag": None, "last_modified": None, "payload_digest": None}
    connection.execute(sa.update(url).where(url.c.id == url_id).values(**anew))


def take_down(connection: Connection, fill_id: int, result: FetchResult, saved: SavedFetch) -> None:
    """Record that a document was read for a fill, or failed for good; what it leads to is read for the fill too."""
    documents = [new for new in result.discovery.urls if new.kind is not UrlKind.ARTICLE]
    ids = _ids_of(connection, [new for new in documents if new.for_fill])
    found = saved.new_url_count - len(_ids_of(connection, documents, met_at=result.fetched_at))
    mine = (fill_url.c.fill_id == fill_id) & (fill_url.c.url_id == result.row.id)
    connection.execute(sa.update(fill_url).where(mine).values(done_at=result.fetched_at))
    more = {"document_count": fill.c.document_count + 1, "found_count": fill.c.found_count + found}
    connection.execute(sa.update(fill).where(fill.c.id == fill_id).values(**more))
    row = fill_row(connection, fill_id)
    if row.kind == FillKind.GAP.value and not found and _is_far_page(result):
        _leave_alone(connection, ids)
        ids = []
    _enlist(connection, row, ids, result.fetched_at)
    if (request_id := request_of(connection, row)) is not None:
        articles = [new for new in result.discovery.urls if new.kind is UrlKind.ARTICLE]
        hold(connection, request_id, found_articles(connection, row.source_id, _ids_of(connection, articles)))
        settle(connection, result.row.id, outcome=saved.outcome.value, now=result.fetched_at)
    end_fill_if_done(connection, fill_id, result.fetched_at)


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
    for chunk in chunks(documents, CHUNK):
        keys = [url_key(new.url) for new in chunk]
        query = sa.select(url.c.id).where(url.c.url_key.in_(keys))
        ids += connection.execute(query.where(url.c.discovered_at == met_at) if met_at else query).scalars()
    return ids


def end_fill_if_done(connection: Connection, fill_id: int, now: datetime) -> None:
    """End a fill that has no more documents to read."""
    waiting = sa.exists().where(fill_url.c.fill_id == fill_id, fill_url.c.done_at.is_(None))
    if connection.execute(sa.select(waiting)).scalar():
        return
    has_any = connection.execute(sa.select(sa.exists().where(fill_url.c.fill_id == fill_id))).scalar()
    end_fill(connection, fill_id, "" if has_any else "the source has no sitemap or section page to fill it from", now)


def end_fill(connection: Connection, fill_id: int, detail: str, now: datetime) -> None:
    """End a fill, and the request that asked for it if nothing else is left of that; `detail` says why, if given."""
    values: dict[str, Any] = {"ended_at": now} | ({"detail": detail} if detail else {})
    still_open = (fill.c.id == fill_id) & fill.c.ended_at.is_(None)
    connection.execute(sa.update(fill).where(still_open).values(**values))
    if (request_id := request_of(connection, fill_row(connection, fill_id))) is not None:
        end_if_done(connection, request_id, now)


def fill_row(connection: Connection, fill_id: int) -> Row[Any]:
    """The row of a fill."""
    return connection.execute(sa.select(fill).where(fill.c.id == fill_id)).one()
