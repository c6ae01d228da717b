"""The URLs of open requests: added, extended by what they lead to, answered by fetches, and released."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from news.fetch import Outcome, UrlKind, is_answered
from news.requests import RequestKind, RequestState
from store.priorities import Priority
from store.schema import Instant, request, request_url, url
from store.sql.statements import CHUNK, chunks

# A crawl is requested for news: a fetch sent just before serves as well. Whoever names an article may have edited it.
AT_ONCE = timedelta(seconds=2)
_IS_KNOWN_ARTICLE = (url.c.kind == UrlKind.ARTICLE.value) & url.c.last_fetched_at.is_not(None)
_AGAIN = sa.case(  # except for rows that were requested individually
    (_IS_KNOWN_ARTICLE & (url.c.priority != int(Priority.REQUESTED)), int(Priority.AGAIN)),
    else_=int(Priority.REQUESTED),
)


def ask_for(
    connection: Connection,
    request_id: str,
    which: sa.ColumnElement[bool],
    now: datetime,
    *,
    for_news: bool,
    if_none: str,
) -> None:
    """Make these frontier rows due now and part of the request; without any, it is done with the detail `if_none`.

    With `for_news`, articles that were fetched before come after new ones.
    """
    chosen = sa.select(sa.literal(request_id), url.c.id, url.c.next_due_at).where(which)
    connection.execute(sa.insert(request_url).from_select(["request_id", "url_id", "prior_due_at"], chosen))
    mine = sa.select(request_url.c.url_id).where(request_url.c.request_id == request_id)
    total = connection.execute(sa.select(sa.func.count()).select_from(mine.subquery())).scalar_one()
    connection.execute(sa.update(url).where(url.c.id.in_(mine)).values(**_asked(now, for_news=for_news)))
    values: dict[str, Any] = {"total_count": total}
    if total == 0:
        values |= {"state": RequestState.DONE.value, "ended_at": now, "detail": if_none}
    connection.execute(sa.update(request).where(request.c.id == request_id).values(**values))


def ask_documents_again(connection: Connection, request_id: str, now: datetime) -> None:
    """Request a source's documents that are part of the request once more, whether answered or not."""
    documents = sa.select(url.c.id).where(url.c.kind != UrlKind.ARTICLE.value, url.c.depth == 0)
    mine = (request_url.c.request_id == request_id) & request_url.c.url_id.in_(documents)
    ids = list(connection.execute(sa.select(request_url.c.url_id).where(mine)).scalars())
    answered = sa.update(request_url).where(mine, request_url.c.done_at.is_not(None))
    count = connection.execute(answered.values(done_at=None, outcome=None)).rowcount
    fewer = {"done_count": request.c.done_count - count}
    connection.execute(sa.update(request).where(request.c.id == request_id).values(**fewer))
    connection.execute(sa.update(url).where(url.c.id.in_(ids)).values(**_asked(now)))


def _asked(now: datetime, *, for_news: bool = False) -> dict[str, Any]:
    asked = {"requested_at": now, "next_due_at": now, "priority": int(Priority.REQUESTED)}
    return asked | ({"priority": _AGAIN} if for_news else {})


def adopt(
    connection: Connection, url_id: int, found_ids: Sequence[int], *, answered_at: datetime, now: datetime
) -> None:
    """Make the URLs that a document of a requested crawl newly led to part of that request until they are fetched."""
    if not found_ids:
        return
    ids = list(
        connection.execute(_waiting_for(url_id, answered_at).where(request.c.kind == RequestKind.CRAWL.value)).scalars()
    )
    for request_id in ids:
        rows = [{"request_id": request_id, "url_id": found_id, "prior_due_at": now} for found_id in found_ids]
        connection.execute(sa.insert(request_url), rows)
        more = {"total_count": request.c.total_count + len(rows)}
        connection.execute(sa.update(request).where(request.c.id == request_id).values(**more))
    if ids:
        for chunk in chunks(found_ids, CHUNK):
            connection.execute(sa.update(url).where(url.c.id.in_(chunk)).values(requested_at=now))


def answer(connection: Connection, url_id: int, *, answered_at: datetime, outcome: str, now: datetime) -> bool:
    """Answer the requests made for this URL until `answered_at`, when its fetch went out.

    Those with nothing left are done. False if requests for the URL stay open, or none was answered.
    """
    ids = list(connection.execute(_waiting_for(url_id, answered_at)).scalars())
    if not ids:
        return False
    mine = request_url.c.request_id.in_(ids) & (request_url.c.url_id == url_id)
    connection.execute(sa.update(request_url).where(mine).values(done_at=now, outcome=outcome))
    connection.execute(
        sa.update(request)
        .where(request.c.id.in_(ids))
        .values(
            done_count=request.c.done_count + 1,
            state=RequestState.RUNNING.value,
            started_at=sa.func.coalesce(request.c.started_at, sa.literal(now, Instant)),
        )
    )
    finished = request.c.id.in_(ids) & (request.c.done_count >= request.c.total_count)
    connection.execute(sa.update(request).where(finished).values(state=RequestState.DONE.value, ended_at=now))
    return connection.execute(_open_for(url_id).limit(1)).first() is None


def first_failure(connection: Connection, request_id: str) -> str:
    """What the failed fetches of a request say, a document's before an article's; empty if one fetch succeeded."""
    detail = sa.func.min(url.c.last_detail)
    query = (
        sa.select(url.c.kind, request_url.c.outcome, detail)
        .join(request_url, request_url.c.url_id == url.c.id)
        .where(request_url.c.request_id == request_id, request_url.c.outcome.is_not(None))
        .group_by(url.c.kind, request_url.c.outcome)
        .order_by(url.c.kind == UrlKind.ARTICLE.value, request_url.c.outcome)
    )
    found = [(UrlKind(kind), Outcome(outcome), said) for kind, outcome, said in connection.execute(query)]
    if any(is_answered(kind, outcome) for kind, outcome, _ in found):
        return ""
    return next((said or outcome.value.replace("_", " ") for _, outcome, said in found), "")


def give_back(connection: Connection, request_id: str) -> None:
    """Give the rows that only a cancelled request asked for their earlier due times back."""
    other = request_url.alias("other")
    also_asked = (
        sa.select(other.c.url_id)
        .join(request, request.c.id == other.c.request_id)
        .where(request.c.ended_at.is_(None), other.c.done_at.is_(None))
    )
    left = sa.select(request_url.c.url_id, request_url.c.prior_due_at).where(
        request_url.c.request_id == request_id, request_url.c.done_at.is_(None)
    )
    rows = connection.execute(left.where(request_url.c.url_id.not_in(also_asked))).all()
    if not rows:
        return
    update = (
        sa.update(url)
        .where(url.c.id == sa.bindparam("row_id"))
        .values(requested_at=None, next_due_at=sa.bindparam("prior_due_at"), priority=_resting_priority())
    )
    connection.execute(update, [{"row_id": row.url_id, "prior_due_at": row.prior_due_at} for row in rows])


def _resting_priority() -> sa.Case[int]:
    """The priority of a row that nobody requested, as an SQL expression."""
    return sa.case(
        (url.c.kind != UrlKind.ARTICLE.value, int(Priority.DISCOVERY)),
        (url.c.last_fetched_at.is_(None), int(Priority.NEW)),
        else_=int(Priority.REVISIT),
    )


def _waiting_for(url_id: int, answered_at: datetime) -> sa.Select[tuple[str]]:
    """Select the ids of the open requests that a fetch of this URL answers, given when it went out."""
    is_crawl = request.c.kind == RequestKind.CRAWL.value
    before = sa.or_(request.c.created_at <= answered_at, is_crawl & (request.c.created_at <= answered_at + AT_ONCE))
    return _open_for(url_id).where(before)


def _open_for(url_id: int) -> sa.Select[tuple[str]]:
    return (
        sa.select(request.c.id)
        .join(request_url, request_url.c.request_id == request.c.id)
        .where(request_url.c.url_id == url_id, request_url.c.done_at.is_(None), request.c.ended_at.is_(None))
        .where(request.c.kind != RequestKind.BACKFILL.value)  # any fetch of the URL answers: see backfills
    )
