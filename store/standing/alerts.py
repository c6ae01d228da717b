"""Alerts still to be sent by webhook or mail: retried patiently, finally given up, and sent again on demand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row

from news.standing import Alert, AlertState
from store.schema import standing_alert, standing_delivery, standing_queue, standing_search
from store.sql.database import Database

KEPT_DEAD = 1000  # newest dead letters per delivery


@dataclass(frozen=True, kw_only=True, slots=True)
class AlertCounts:
    """The counts of alerts still to be sent, and of dead letters."""

    pending: int = 0
    dead: int = 0
    oldest_due_at: datetime | None = None  # when the first pending one is to be sent


@dataclass(frozen=True, kw_only=True, slots=True)
class StandingFigures:
    """The figures of all standing searches together."""

    searches: int = 0
    paused: int = 0
    waiting: int = 0  # versions still to be matched
    alerts: AlertCounts = AlertCounts()


_IS_PENDING = standing_alert.c.state == AlertState.PENDING.value
_IS_DEAD = standing_alert.c.state == AlertState.DEAD.value


class StandingAlerts:
    """The alerts of all deliveries."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def due_deliveries(self, *, now: datetime) -> list[str]:
        """The deliveries that have something to send now, the longest waiting first."""
        due = _IS_PENDING & (standing_alert.c.next_attempt_at <= now)
        query = sa.select(standing_alert.c.delivery_id).where(due).group_by(standing_alert.c.delivery_id)
        with self._database.read() as connection:
            return [str(row[0]) for row in connection.execute(query.order_by(sa.func.min(standing_alert.c.id)))]

    def due(self, delivery_id: str, *, now: datetime, limit: int) -> list[Alert]:
        """The alerts that a delivery has to send now, in the order in which they were found."""
        query = sa.select(standing_alert).where(
            standing_alert.c.delivery_id == delivery_id,
            _IS_PENDING,
            standing_alert.c.next_attempt_at <= now,
        )
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(standing_alert.c.id).limit(limit))
            return [_alert(row) for row in rows]

    def next_due_at(self) -> datetime | None:
        """When the next alert is to be sent; None if none is waiting."""
        query = sa.select(sa.func.min(standing_alert.c.next_attempt_at)).where(_IS_PENDING)
        with self._database.read() as connection:
            found: datetime | None = connection.execute(query).scalar()
        return found

    def told(self, alert_ids: Sequence[int]) -> None:
        """Delete these alerts, which arrived."""
        with self._database.write() as connection:
            connection.execute(sa.delete(standing_alert).where(standing_alert.c.id.in_(list(alert_ids))))

    def postpone(self, alert_ids: Sequence[int], reason: str, *, until: datetime) -> None:
        """Postpone these alerts, which did not arrive, until this time."""
        values = {"attempt_count": standing_alert.c.attempt_count + 1, "next_attempt_at": until, "reason": reason}
        with self._database.write() as connection:
            which = standing_alert.c.id.in_(list(alert_ids))
            connection.execute(sa.update(standing_alert).where(which).values(**values))

    def give_up(self, alert_ids: Sequence[int], reason: str) -> None:
        """Make these alerts dead letters, kept with the reason: the newest KEPT_DEAD of each delivery."""
        attempts = standing_alert.c.attempt_count + 1
        values = {"state": AlertState.DEAD.value, "attempt_count": attempts, "reason": reason}
        which = standing_alert.c.id.in_(list(alert_ids))
        with self._database.write() as connection:
            connection.execute(sa.update(standing_alert).where(which).values(**values))
            for delivery_id in set(connection.execute(sa.select(standing_alert.c.delivery_id).where(which)).scalars()):
                dead = (standing_alert.c.delivery_id == delivery_id) & _IS_DEAD
                newest_first = sa.select(standing_alert.c.id).where(dead).order_by(standing_alert.c.id.desc())
                beyond = connection.execute(newest_first.offset(KEPT_DEAD).limit(1)).scalar()
                if beyond is not None:
                    connection.execute(sa.delete(standing_alert).where(dead, standing_alert.c.id <= beyond))

    def dead(self, search_id: str, *, limit: int) -> list[Alert]:
        """The newest dead letters of a search."""
        query = (
            sa.select(standing_alert)
            .join(standing_delivery, standing_delivery.c.id == standing_alert.c.delivery_id)
            .where(standing_delivery.c.search_id == search_id, _IS_DEAD)
        )
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(standing_alert.c.id.desc()).limit(limit))
            return [_alert(row) for row in rows]

    def failing(self, search_id: str | None = None) -> dict[str, Alert]:
        """For each delivery, of one search or all: its newest alert being retried, else its newest dead letter."""
        newest = (
            sa.select(
                sa.func.coalesce(
                    sa.func.max(sa.case((_IS_PENDING, standing_alert.c.id))), sa.func.max(standing_alert.c.id)
                )
            )
            .join(standing_delivery, standing_delivery.c.id == standing_alert.c.delivery_id)
            .where(standing_alert.c.attempt_count > 0)
            .group_by(standing_alert.c.delivery_id)
        )
        if search_id is not None:
            newest = newest.where(standing_delivery.c.search_id == search_id)
        with self._database.read() as connection:
            rows = connection.execute(sa.select(standing_alert).where(standing_alert.c.id.in_(newest)))
            return {row.delivery_id: _alert(row) for row in rows}

    def retry(self, search_id: str, *, now: datetime) -> int:
        """Have the dead letters of a search tried again now; return how many."""
        mine = sa.select(standing_delivery.c.id).where(standing_delivery.c.search_id == search_id)
        which = standing_alert.c.delivery_id.in_(mine) & _IS_DEAD
        values = {"state": AlertState.PENDING.value, "attempt_count": 0, "next_attempt_at": now, "reason": ""}
        with self._database.write() as connection:
            return connection.execute(sa.update(standing_alert).where(which).values(**values)).rowcount

    def counts(self, search_id: str | None = None) -> AlertCounts:
        """The alert counts of one search, or of all."""
        by_search = self.counts_by_search()
        if search_id is not None:
            return by_search.get(search_id, AlertCounts())
        due = [counts.oldest_due_at for counts in by_search.values() if counts.oldest_due_at]
        return AlertCounts(
            pending=sum(counts.pending for counts in by_search.values()),
            dead=sum(counts.dead for counts in by_search.values()),
            oldest_due_at=min(due, default=None),
        )

    def figures(self) -> StandingFigures:
        """The figures of all standing searches together."""
        counted = sa.select(sa.func.count(), sa.func.count(standing_search.c.paused_at)).select_from(standing_search)
        with self._database.read() as connection:
            searches, paused = connection.execute(counted).one()
            waiting = connection.execute(sa.select(sa.func.count()).select_from(standing_queue)).scalar_one()
        return StandingFigures(searches=searches, paused=paused, waiting=waiting, alerts=self.counts())

    def counts_by_search(self) -> dict[str, AlertCounts]:
        """The alert counts of each search that has any alerts."""
        query = (
            sa.select(
                standing_delivery.c.search_id,
                sa.func.sum(sa.case((_IS_PENDING, 1), else_=0)),
                sa.func.sum(sa.case((_IS_PENDING, 0), else_=1)),
                sa.func.min(sa.case((_IS_PENDING, standing_alert.c.next_attempt_at))),
            )
            .join(standing_delivery, standing_delivery.c.id == standing_alert.c.delivery_id)
            .group_by(standing_delivery.c.search_id)
        )
        with self._database.read() as connection:
            return {
                row[0]: AlertCounts(pending=row[1], dead=row[2], oldest_due_at=row[3])
                for row in connection.execute(query)
            }


def _alert(row: Row[Any]) -> Alert:
    return Alert(
        id=row.id,
        delivery_id=row.delivery_id,
        article_id=row.article_id,
        version=row.version,
        matched_at=row.matched_at,
        state=AlertState(row.state),
        attempt_count=row.attempt_count,
        next_attempt_at=row.next_attempt_at,
        reason=row.reason,
    )
