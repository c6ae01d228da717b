"""Planned moments in the future, and what becomes of them when the clock is set back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from store.schema import (
    host_pace,
    notice_delivery,
    outbox,
    request_url,
    run,
    slot,
    standing_alert,
    standing_search,
    subscription,
    url,
)
from store.sql.database import SAVING, Database

CHUNK = 20_000  # frontier rows per transaction, so that crawls get their turn
SAME_SLOTS = timedelta(hours=1)  # a clock set back by no more repeats no slot of a cron line: docs/sources.md
# Rests of hosts first: what a host asks for while the rest is moved already counts from the new time
_FEW = (
    host_pace.c.retry_at,
    outbox.c.next_attempt_at,
    standing_alert.c.next_attempt_at,
    notice_delivery.c.next_attempt_at,
    subscription.c.next_attempt_at,
    subscription.c.expires_at,
    request_url.c.prior_due_at,
)


class Planned:
    """The planned moments in the record."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def reached_at(self) -> datetime | None:
        """The moment that the clock had reached when something was last recorded; None if nothing was crawled yet."""
        newest_crawl = sa.select(run.c.heartbeat_at).order_by(run.c.id.desc()).limit(1)
        newest_slot = sa.select(sa.func.max(slot.c.slot_at))
        with self._database.read() as connection:
            reached = [connection.execute(query).scalar() for query in (newest_crawl, newest_slot)]
        return max((at for at in reached if at is not None), default=None)

    def clock_set_back(
        self, by: timedelta, *, now: datetime, intervals: Mapping[str, timedelta] = MappingProxyType({})
    ) -> None:
        """Move planned moments earlier by as much as the clock was set back; otherwise they would come that much later.

        `now` is the time after the change. Past events keep their times, except slots that the clock had reached: they
        fire again if `by` exceeds SAME_SLOTS or, for a source in `intervals`, is at least its interval. Saved searches
        changed later than `now` count as changed now, or they would find nothing until then.
        """
        again = [source_id for source_id, interval in intervals.items() if interval <= by]
        with self._database.write(alone_in=SAVING) as connection:
            for column in _FEW:
                _bring_nearer(connection, column, by, now)
            reached = sa.delete(slot).where(slot.c.slot_at > now)
            connection.execute(reached if by > SAME_SLOTS else reached.where(slot.c.source_id.in_(again)))
            changed_later = sa.update(standing_search).where(standing_search.c.changed_at > now)
            connection.execute(changed_later.values(changed_at=now))
            last_id = connection.execute(sa.select(sa.func.max(url.c.id))).scalar() or 0
        for first in range(1, last_id + 1, CHUNK):
            with self._database.write(alone_in=SAVING) as connection:
                _bring_nearer(connection, url.c.next_due_at, by, now, url.c.id.between(first, first + CHUNK - 1))


def _bring_nearer(
    connection: Connection, column: sa.Column[Any], by: timedelta, now: datetime, *which: sa.ColumnElement[bool]
) -> None:
    nearer = sa.type_coerce(column, sa.BigInteger) - by // timedelta(microseconds=1)
    connection.execute(sa.update(column.table).where(column > now, *which).values({column.name: nearer}))
