"""Recovery of a source: once it answers again, what failed meanwhile is due at once instead of after its backoff.

The backoff is made for single pages: after an outage of an hour a page would wait another hour, after a night half a
day, though nothing was wrong with it: the site was down, or this machine had no network.
"""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from news.fetch import Outcome, UrlState
from news.revisits.due import failures_within
from store.records import Visits
from store.schema import url

MOST_WOKEN = 10_000  # newest pages per source; the others wait for their own time
_UNANSWERED = (Outcome.DNS_FAILED, Outcome.CONNECTION_FAILED, Outcome.TIMEOUT, Outcome.ROBOTS_DEFERRED)
_OF_SERVERS = sa.or_(
    url.c.last_outcome.in_([outcome.value for outcome in _UNANSWERED]),
    sa.and_(url.c.last_outcome == Outcome.HTTP_ERROR.value, url.c.last_status >= 500),
)
_PUT_OFF = (
    sa.select(url.c.id)
    .where(
        url.c.source_id == sa.bindparam("recovered"),
        url.c.state == sa.literal_column(f"'{UrlState.FAILING.value}'"),  # a parameter would not use the index
        _OF_SERVERS,
        url.c.failure_count <= sa.bindparam("most_failures"),
        url.c.next_due_at > sa.bindparam("now"),
    )
    .order_by(url.c.id.desc())
    .limit(MOST_WOKEN)
)
_WAKE = sa.update(url).where(url.c.id.in_(_PUT_OFF)).values(next_due_at=sa.bindparam("now"))


def record_recoveries(connection: Connection, visits: Visits) -> None:
    """If a failing document that a source names answers again, make due what failed since its last success.

    A page that has failed for longer has a fault of its own and keeps its backoff.
    """
    for result, saved in visits:
        row = result.row
        if saved is None or not row.failure_count or not row.is_named_document or result.state is not UrlState.FETCHED:
            continue
        silent: timedelta = result.fetched_at - (row.last_fetched_at or row.discovered_at)
        given = {"recovered": row.source_id, "most_failures": failures_within(silent), "now": result.fetched_at}
        connection.execute(_WAKE, given)
