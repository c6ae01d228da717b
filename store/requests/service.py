"""Requests: work that people and programs asked for, kept until it is done. For their URLs see store.requests.urls."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from news.fetch import UrlKind, UrlState
from news.gaps import Span
from news.requests import REVISITED_LATELY, RequestKind, RequestScope, RequestState, RequestView, scope_digest
from news.urls import url_key
from store.articles.states import INDEXED
from store.frontier.new_urls import add_urls
from store.records import NewUrl
from store.requests.backfills import end_if_done, found_articles, hold
from store.requests.fill_documents import waiting_documents
from store.requests.fills import begin_fill, stop_fill_of
from store.requests.urls import ask_documents_again, ask_for, first_failure, give_back
from store.schema import Instant, article, request, request_url, url
from store.sql.database import SAVING, Database

NOTHING, UNKNOWN_YET = (
    "nothing matches",
    "no page of this source is known yet; a daemon reads a new source file on SIGHUP and then crawls it by itself",
)
_ID_BYTES = 8


class Requests:
    """The work that was asked for."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(
        self,
        kind: RequestKind,
        scope: RequestScope,
        *,
        url_sources: Mapping[str, str] | None = None,
        among: Collection[str] | None = None,
        now: datetime,
    ) -> tuple[RequestView, bool]:
        """Request work; return (the request, whether it is new). An equal open request is reused.

        `url_sources` gives the source of each of the scope's URLs, so that unknown ones can be added. Only URLs of
        sources in `among` are requested, since nobody crawls the others. When this returns, the URLs of a crawl or
        fetch are due at the highest priority. A repeated request for a crawl requests the source's documents again,
        as they may have news by now.
        """
        digest = scope_digest(kind, scope)
        with self._database.write(alone_in=SAVING) as connection:
            open_one = sa.select(request).where(request.c.scope_digest == digest, request.c.ended_at.is_(None))
            if (row := connection.execute(open_one).first()) is not None:
                if kind is RequestKind.CRAWL:
                    ask_documents_again(connection, row.id, now)
                return _get(connection, row.id), False
            request_id = secrets.token_hex(_ID_BYTES)
            values = {"scope": scope.as_record(), "scope_digest": digest, "created_at": now, "counts": {}}
            values |= {"total_count": 0, "done_count": 0, "detail": ""}
            state = RequestState.OPEN.value
            connection.execute(sa.insert(request).values(id=request_id, kind=kind.value, state=state, **values))
            if kind is RequestKind.BACKFILL:
                _backfill(connection, request_id, scope, now)
            elif kind in {RequestKind.CRAWL, RequestKind.FETCH}:
                _know(connection, scope, url_sources or {}, now)
                if_none = UNKNOWN_YET if kind is RequestKind.CRAWL else NOTHING
                which, for_news = _wanted(kind, scope, among, now), kind is RequestKind.CRAWL
                ask_for(connection, request_id, which, now, for_news=for_news, if_none=if_none)
            return _get(connection, request_id), True

    def get(self, request_id: str) -> RequestView | None:
        """One request."""
        with self._database.read() as connection:
            row = connection.execute(sa.select(request).where(request.c.id == request_id)).first()
            return _view(connection, row) if row else None

    def first_failure(self, request_id: str) -> str:
        """Why a request got nothing; empty if it got something, or nothing was fetched yet."""
        with self._database.read() as connection:
            return first_failure(connection, request_id)

    def recent(self, *, limit: int, only_open: bool = False) -> list[RequestView]:
        """The newest requests, open ones first."""
        query = sa.select(request).order_by(request.c.ended_at.is_not(None), request.c.created_at.desc()).limit(limit)
        if only_open:
            query = query.where(request.c.ended_at.is_(None))
        with self._database.read() as connection:
            return [_view(connection, row) for row in connection.execute(query).all()]

    def oldest_open(self, kind: RequestKind) -> RequestView | None:
        """The next request of a kind that is processed as a whole; None if there is none."""
        which = (request.c.kind == kind.value) & request.c.ended_at.is_(None)
        with self._database.read() as connection:
            rows = connection.execute(sa.select(request).where(which)).all()
            # Chosen here: to order them, SQLite would scan every request there ever was
            oldest = min(rows, key=lambda row: (row.created_at, row.id), default=None)
            return _view(connection, oldest) if oldest is not None else None

    def progress(
        self, request_id: str, *, done_count: int, total_count: int, counts: Mapping[str, int], now: datetime
    ) -> bool:
        """Record the progress of the work; False if the request was cancelled meanwhile."""
        values: dict[str, Any] = {"done_count": done_count, "total_count": total_count, "counts": dict(counts)}
        values |= {
            "state": RequestState.RUNNING.value,
            "started_at": sa.func.coalesce(request.c.started_at, sa.literal(now, Instant)),
        }
        return self._set(request_id, values)

    def finish(self, request_id: str, *, failure: str | None = None, now: datetime) -> bool:
        """Note that the work is done, or failed for this reason; False if it had ended before."""
        state = RequestState.DONE if failure is None else RequestState.FAILED
        return self._set(request_id, {"state": state.value, "ended_at": now, "detail": failure or ""})

    def cancel(self, request_id: str, *, now: datetime) -> RequestView | None:
        """Cancel a request; its unfetched URLs return to their own due times. None for an unknown id."""
        with self._database.write(alone_in=SAVING) as connection:
            which = (request.c.id == request_id) & request.c.ended_at.is_(None)
            ended = sa.update(request).where(which).values(state=RequestState.CANCELLED.value, ended_at=now)
            if connection.execute(ended).rowcount:
                give_back(connection, request_id)
                stop_fill_of(connection, request_id, now)
            row = connection.execute(sa.select(request).where(request.c.id == request_id)).first()
            return _view(connection, row) if row else None

    def article_ids(self, scope: RequestScope) -> list[str]:
        """The ids of the articles in the scope of a replay or reindex, in order."""
        which: list[sa.ColumnElement[bool]] = [article.c.state.in_(INDEXED)]
        if scope.source_id is not None:
            which.append(article.c.source_id == scope.source_id)
        if scope.since is not None:
            which.append(article.c.first_seen_at >= scope.since)
        with self._database.read() as connection:
            if scope.urls:
                keys = [url_key(one) for one in scope.urls]
                found = sa.select(url.c.article_id).where(url.c.url_key.in_(keys), url.c.article_id.is_not(None))
                which.append(article.c.id.in_(found))
            query = sa.select(article.c.id).where(*which).order_by(article.c.id)
            return [str(found) for found in connection.execute(query).scalars()]

    def _set(self, request_id: str, values: dict[str, Any]) -> bool:
        which = (request.c.id == request_id) & request.c.ended_at.is_(None)
        with self._database.write() as connection:
            return connection.execute(sa.update(request).where(which).values(**values)).rowcount > 0


def _know(connection: Connection, scope: RequestScope, url_sources: Mapping[str, str], now: datetime) -> None:
    for source_id in sorted(set(url_sources.values())):
        new = [NewUrl(url=one, kind=UrlKind.ARTICLE) for one in scope.urls if url_sources.get(one) == source_id]
        add_urls(connection, new, source_id=source_id, found_on=None, now=now)


def _backfill(connection: Connection, request_id: str, scope: RequestScope, now: datetime) -> None:
    """Fill the span, or continue an equal backfill that was stopped or reached a bound."""
    if scope.source_id is None or scope.since is None or scope.until is None:
        raise ValueError("a backfill is of one source and a span")
    fill_id, is_new = begin_fill(connection, scope.source_id, Span(scope.since, scope.until), now=now)
    if not is_new:
        hold(connection, request_id, waiting_documents(connection, fill_id))
        hold(connection, request_id, found_articles(connection, scope.source_id))
        end_if_done(connection, request_id, now)


def _wanted(
    kind: RequestKind, scope: RequestScope, among: Collection[str] | None, now: datetime
) -> sa.ColumnElement[bool]:
    """The condition for the frontier rows that a request covers."""
    which: list[sa.ColumnElement[bool]] = []
    if scope.source_id is not None:
        which.append(url.c.source_id == scope.source_id)
    elif among is not None:
        which.append(url.c.source_id.in_(among))
    if scope.urls:
        which.append(url.c.url_key.in_([url_key(one) for one in scope.urls]))
    if scope.failed:
        which.append(url.c.state == UrlState.FAILING.value)
    is_article = url.c.kind == UrlKind.ARTICLE.value
    if kind is RequestKind.CRAWL:
        recent = sa.or_(url.c.last_changed_at >= now - REVISITED_LATELY, url.c.discovered_at >= now - REVISITED_LATELY)
        named = ~is_article & (url.c.depth == 0) & (url.c.state != UrlState.DROPPED.value)
        which.append(sa.or_(named, is_article & recent))
    elif not scope.failed:
        which.append(is_article)
    if scope.since is not None:
        which.append(url.c.discovered_at >= scope.since)
    return sa.and_(*which)


def _get(connection: Connection, request_id: str) -> RequestView:
    return _view(connection, connection.execute(sa.select(request).where(request.c.id == request_id)).one())


def _view(connection: Connection, row: Row[Any]) -> RequestView:
    outcomes = (
        sa.select(request_url.c.outcome, sa.func.count())
        .where(request_url.c.request_id == row.id, request_url.c.outcome.is_not(None))
        .group_by(request_url.c.outcome)
    )
    counts = {str(found[0]): int(found[1]) for found in connection.execute(outcomes)} | dict(row.counts)
    return RequestView(
        id=row.id,
        kind=RequestKind(row.kind),
        scope=RequestScope.from_record(row.scope),
        state=RequestState(row.state),
        created_at=row.created_at,
        started_at=row.started_at,
        ended_at=row.ended_at,
        total_count=row.total_count,
        done_count=row.done_count,
        counts=counts,
        detail=row.detail,
    )


def forget_ended_requests(connection: Connection, *, before: datetime) -> int:
    """Delete requests that ended before this; return how many."""
    old = sa.select(request.c.id).where(request.c.ended_at < before)
    connection.execute(sa.delete(request_url).where(request_url.c.request_id.in_(old)))
    return connection.execute(sa.delete(request).where(request.c.ended_at < before)).rowcount
