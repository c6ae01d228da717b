"""Tombstones: an article whose page is gone stays, marked as removed by its publisher, until the page returns."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from news.article import ArticleState, NotArticleReason
from news.fetch import MISSING, SAME, SUCCESSES, Outcome, UrlKind, UrlState
from news.removal import LEAST_GONE, confirmations, is_outage
from news.revisits.due import GONE_CONFIRMATIONS, GONE_INTERVAL, MOST_INTERVAL
from store.articles.states import IS_REMOVED
from store.copies.service import place_stored
from store.copies.sketches import leave
from store.frontier.rows import state_of
from store.outbox import raise_revision
from store.records import FetchResult
from store.saving.moves import StoryMove
from store.schema import article, fetch, url
from store.standing.queued import queue_removal

CONFIRMING = GONE_INTERVAL * (GONE_CONFIRMATIONS - 1)  # from the first to the last answer that a page is gone
GAVE = SUCCESSES | {Outcome.NOT_ARTICLE}
_BACK = (  # built once, as it runs for every unchanged page
    sa.update(article)
    .where(article.c.id == sa.bindparam("back_id"), IS_REMOVED)
    .values(state=ArticleState.LIVE.value, removed_at=None, url_id=sa.bindparam("back_url_id"))
)


def settle_removal(connection: Connection, result: FetchResult, story: StoryMove) -> FetchResult:
    """Mark the article of a page whose removal is confirmed; return the fetch with its URL's new state and due time.

    Answers within GONE_INTERVAL of another, as when somebody asked, confirm nothing, nor do failures of other kinds.
    While most of the source's pages are gone, nothing is confirmed and the page is asked for again. The page of a
    removed article is tried every MOST_INTERVAL. An article that its source shows at a new address goes on there
    instead. Removals that the archive states were decided when it was written.
    """
    if result.state is not UrlState.GONE or result.row.kind is not UrlKind.ARTICLE:
        return result
    now = result.fetched_at
    # If the page was gone before this answer, the fetches that confirmed it may have been deleted since
    if not result.is_removal and state_of(connection, result.row.id) is not UrlState.GONE:
        counted = confirmations(_gone_at(connection, result), apart=GONE_INTERVAL)
        if len(counted) < GONE_CONFIRMATIONS:
            return replace(result, state=UrlState.FAILING, next_due_at=counted[-1] + GONE_INTERVAL)
    if story.follow():
        return replace(result, next_due_at=now + MOST_INTERVAL, is_removal=True)
    main = connection.execute(sa.select(article).where(article.c.id == result.row.article_id)).first()
    gone, answered = (1, 0) if result.is_removal else _counts(connection, result)
    if is_outage(gone_count=gone, answered_count=answered):
        detail = f"{result.detail}, as {gone - 1} others of this source do: nothing is taken for removed"
        return replace(result, state=UrlState.FAILING, next_due_at=now + GONE_INTERVAL, detail=detail)
    if main is None:
        return replace(result, is_removal=False)
    is_removal = main.state == ArticleState.LIVE and (
        result.is_removal or (main.url_id == result.row.id and not _followed_elsewhere(connection, result, now))
    )
    if is_removal:
        values = {"state": ArticleState.REMOVED.value, "removed_at": now}
        connection.execute(sa.update(article).where(article.c.id == main.id).values(**values))
        raise_revision(connection, main.id, now)
        leave(connection, main.id, now)  # a copy that can still be read represents the text
        if not result.is_removal:  # of a removal that the archive states was told when it happened
            queue_removal(connection, main.id, main.version, now)
    return replace(result, next_due_at=now + MOST_INTERVAL, is_removal=is_removal)


def settle_led_away(connection: Connection, result: FetchResult, story: StoryMove) -> FetchResult:
    """The fetch of a page for which another answers, such as the home page; its article may go on at a new address.

    It does if that was so for as long as a removal is confirmed, and its source shows it there.
    """
    led_away_at = _led_away_at(connection, result)
    is_lasting = len(confirmations(led_away_at, apart=GONE_INTERVAL)) >= GONE_CONFIRMATIONS
    has_moved = is_lasting and story.follow()
    return replace(result, next_due_at=result.fetched_at + MOST_INTERVAL) if has_moved else result


def settle_return(connection: Connection, result: FetchResult) -> None:
    """Make a removed article live again if its page answers unchanged."""
    if result.outcome not in SAME or result.row.article_id is None:
        return
    if connection.execute(_BACK, {"back_id": result.row.article_id, "back_url_id": result.row.id}).rowcount:
        raise_revision(connection, result.row.article_id, result.fetched_at)
        place_stored(connection, result.row.article_id, result.fetched_at)


def _gone_at(connection: Connection, result: FetchResult) -> list[datetime]:
    """When the page answered that it is gone since it last gave content, oldest first, including this answer."""
    return _answered_at(connection, result, fetch.c.outcome == Outcome.GONE.value, since_last=GAVE)


def _led_away_at(connection: Connection, result: FetchResult) -> list[datetime]:
    """When another page answered in this one's place since its story was last had, likewise."""
    is_led_away = fetch.c.detail.startswith(f"{NotArticleReason.LED_AWAY.value}:")
    return _answered_at(connection, result, is_led_away, since_last=SUCCESSES)


def _answered_at(
    connection: Connection, result: FetchResult, which: sa.ColumnElement[bool], *, since_last: Collection[Outcome]
) -> list[datetime]:
    mine = fetch.c.url_id == result.row.id
    other = sa.select(sa.func.max(fetch.c.id)).where(mine, fetch.c.outcome.in_([each.value for each in since_last]))
    since = sa.func.coalesce(other.scalar_subquery(), 0)
    found = sa.select(fetch.c.fetched_at).where(mine, fetch.c.id > since, which)
    return [*connection.execute(found.order_by(fetch.c.id)).scalars(), result.fetched_at]


def _followed_elsewhere(connection: Connection, result: FetchResult, now: datetime) -> bool:
    """Follow the article under another of its addresses that answers, and make that due now; False if there is none."""
    mine = (url.c.article_id == result.row.article_id) & (url.c.id != result.row.id)
    answers = mine & (url.c.state == UrlState.FETCHED.value)
    other = connection.execute(sa.select(url.c.id).where(answers).order_by(url.c.last_seen_at.desc()).limit(1)).scalar()
    if other is None:
        return False
    connection.execute(sa.update(article).where(article.c.id == result.row.article_id).values(url_id=other))
    connection.execute(sa.update(url).where(url.c.id == other).values(next_due_at=now))
    return True


def _counts(connection: Connection, result: FetchResult) -> tuple[int, int]:
    """Count the source's pages that are gone but unconfirmed, including this one, and those that answered meanwhile."""
    pages = (url.c.source_id == result.row.source_id) & (url.c.kind == UrlKind.ARTICLE.value)
    lost = url.c.last_outcome.in_([Outcome.GONE.value, Outcome.HTTP_ERROR.value]) & url.c.last_status.in_(
        sorted(MISSING)
    )
    gone_ones = pages & (url.c.state == UrlState.FAILING.value) & lost
    others = sa.select(sa.func.count()).where(gone_ones, url.c.id != result.row.id)
    gone = int(connection.execute(others).scalar_one()) + 1
    if gone < LEAST_GONE:
        return gone, 0
    answered = sa.select(url.c.id).where(pages, url.c.last_seen_at >= result.fetched_at - CONFIRMING).limit(gone)
    return gone, len(connection.execute(answered).all())
