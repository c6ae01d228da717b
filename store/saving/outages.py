"""Outages in which a site says that its pages are gone: they are told from removals, and looked at again soon.

A page that answers 404 waits twelve hours for its next look, since it may have been removed. When pages that were there
are lost one after the other, and hardly any other answers, their site is broken, as after a faulty release.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from news.fetch import MISSING, Outcome, UrlKind, UrlState
from news.removal import LOST_TOGETHER, MANY_LOST, are_lost_together
from news.revisits.due import GONE_INTERVAL, LEAST_INTERVAL, failure_due_at
from store.frontier.rows import state_of
from store.records import FetchResult, Visits
from store.saving.moves import StoryMove
from store.schema import url
from store.schema.crawling import LOST
from store.sql.statements import looked_at_after

PROBES = MANY_LOST  # pages asked again within PROBE_INTERVAL; the others wait until one of these answers
PROBE_INTERVAL = timedelta(hours=1)
NEWEST = 50  # lost pages among which the probes are looked for
MOST_WOKEN = 10_000  # newest pages per source; the others wait for their own time
_IS_LOST = sa.text(LOST)  # written as in the index, which is not used otherwise
_NEWEST = (
    sa.select(url.c.failed_at, url.c.next_due_at)
    .where(
        _IS_LOST,
        url.c.source_id == sa.bindparam("source"),
        url.c.id != sa.bindparam("but"),
        url.c.failed_at >= sa.bindparam("since"),
    )
    .order_by(url.c.failed_at.desc())
    .limit(NEWEST)
)
_ANSWERED = (
    sa.select(url.c.id)
    .where(
        url.c.source_id == sa.bindparam("source"),
        url.c.kind == UrlKind.ARTICLE.value,
        url.c.last_seen_at >= sa.bindparam("since"),
    )
    .limit(MANY_LOST)
)
_OF_OUTAGE = sa.or_(
    url.c.last_outcome == Outcome.HTTP_ERROR.value,
    url.c.failure_count == 1,  # lost just before it showed that this is an outage
)
_LOOK_AT = looked_at_after(url.c.failed_at, LEAST_INTERVAL)
_PUT_OFF = (
    sa.select(url.c.id)
    .where(_IS_LOST, _OF_OUTAGE, url.c.source_id == sa.bindparam("recovered"), url.c.next_due_at > _LOOK_AT)
    .order_by(url.c.failed_at.desc())
    .limit(MOST_WOKEN)
)
_WAKE = sa.update(url).where(url.c.id.in_(_PUT_OFF)).values(next_due_at=_LOOK_AT)
_COUNTS = (
    sa.select(url.c.source_id, sa.func.count())
    .where(_IS_LOST, url.c.failed_at >= sa.bindparam("since"))
    .group_by(url.c.source_id)
    .having(sa.func.count() >= MANY_LOST)
)


def settle_outage(connection: Connection, result: FetchResult, story: StoryMove) -> FetchResult:
    """The fetch of a lost page as a failure of its site if many others are lost as well; else as it is.

    A page that was never read is not lost: its address may be wrong, and news has a quick pace of its own. Nor is one
    whose `story` is shown at another address.
    """
    row, now = result.row, result.fetched_at
    is_lost = result.outcome is Outcome.GONE and row.kind is UrlKind.ARTICLE and row.last_fetched_at is not None
    if not is_lost or result.is_removal:
        return result
    given = {"source": row.source_id, "but": row.id, "since": now - LOST_TOGETHER}
    others = connection.execute(_NEWEST, given).all()
    lost_at = [now, *(other.failed_at for other in others)]
    if not _are_lost_together(connection, row.source_id, lost_at) or state_of(connection, row.id) is UrlState.GONE:
        return result  # gone before, it was only asked whether it is back
    if story.other is not None:
        return result  # its own address was left and is not broken
    probes = sum(other.next_due_at is not None and other.next_due_at <= now + PROBE_INTERVAL for other in others)
    wait = GONE_INTERVAL
    if probes < PROBES:
        wait = min(failure_due_at(now=now, failure_count=row.failure_count + 1) - now, PROBE_INTERVAL)
    return replace(
        result,
        outcome=Outcome.HTTP_ERROR,
        state=UrlState.FAILING,
        next_due_at=now + wait,
        detail=f"{result.detail}, as at least {MANY_LOST - 1} others of this source: taken for an outage",
    )


def record_ends(connection: Connection, visits: Visits) -> None:
    """When a lost page answers again, make due what was lost with it, minutes after its last look at the earliest."""
    for result, saved in visits:
        if saved is None or result.state is not UrlState.FETCHED or result.row.last_status not in MISSING:
            continue
        now = result.fetched_at
        given = {"recovered": result.row.source_id, "lately": now - LEAST_INTERVAL, "now": now}
        connection.execute(_WAKE, given)


def lost_pages(connection: Connection, now: datetime) -> dict[str, int]:
    """The number of pages, by source, of sources in such an outage."""
    counts = connection.execute(_COUNTS, {"since": now - LOST_TOGETHER}).all()
    found: dict[str, int] = {}
    for source_id, count in counts:
        given = {"source": source_id, "but": 0, "since": now - LOST_TOGETHER}
        lost_at = [row.failed_at for row in connection.execute(_NEWEST, given)]
        if _are_lost_together(connection, source_id, lost_at):
            found[str(source_id)] = int(count)
    return found


def _are_lost_together(connection: Connection, source_id: str, lost_at: list[datetime]) -> bool:
    """Whether hardly any page answered since the first of the newest losses; `lost_at` is given newest first."""
    if len(lost_at) < MANY_LOST:
        return False
    answered = connection.execute(_ANSWERED, {"source": source_id, "since": lost_at[MANY_LOST - 1]}).all()
    return are_lost_together(lost_at, answered_count=len(answered))
