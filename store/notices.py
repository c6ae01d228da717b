"""The troubles that the daemon noted, and the notices of them to operators.

Sent notices are kept for a while, so that people can look them up and the number per hour can be limited.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from news.notices import DAY, HOUR, Noted
from news.troubles import Severity, Trouble, TroubleKind
from store.schema import notice, notice_delivery, trouble
from store.sql.database import Database
from store.sql.statements import Upsert

KEPT = timedelta(days=90)  # the notices of a quarter can be looked up
FAILING_ATTEMPTS = 3  # one may be chance, and the third comes within a minute
_KEYS = ("kind", "source_id", "part")
_KEEP = Upsert(trouble, replaced=[column.name for column in trouble.c if not column.primary_key])


class Target(NamedTuple):
    """Who is told of troubles."""

    kind: str  # news.standing.DeliveryKind: mail or webhook
    address: str  # of the mail, or the webhook's host


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """The text of a notice in each of its forms."""

    id: str
    made_at: datetime
    subject: str
    text: str
    body: dict[str, Any]  # the JSON sent to webhooks


class NoticeState(StrEnum):
    """How far the delivery of a notice is."""

    PENDING = "pending"
    TOLD = "told"
    DEAD = "dead"  # given up
    DROPPED = "dropped"  # nobody is left to tell, or it is too late


@dataclass(frozen=True, kw_only=True, slots=True)
class NoticeDelivery:
    """A notice on its way to one operator, or what became of it."""

    id: int
    target: Target
    state: NoticeState
    attempt_count: int
    next_attempt_at: datetime  # while it is pending
    reason: str  # why the last attempt failed, or it was dropped
    message: Message

    @property
    def is_failing(self) -> bool:
        """Whether the last message sent to the target did not arrive."""
        if self.state is NoticeState.PENDING:
            return self.attempt_count >= FAILING_ATTEMPTS
        return self.state is NoticeState.DEAD


class Notices:
    """The troubles and notices; only the daemon writes them, under the lease that it holds."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def noted(self) -> list[Noted]:
        """The troubles that are not over."""
        with self._database.read() as connection:
            return [_noted(row) for row in connection.execute(sa.select(trouble))]

    def made_at(self, *, now: datetime) -> list[datetime]:
        """The times at which the notices of the last hour were made."""
        query = sa.select(notice.c.made_at).where(notice.c.made_at > now - HOUR)
        with self._database.read() as connection:
            return list(connection.execute(query).scalars())

    def keep(
        self,
        noted: Collection[Noted],
        *,
        before: Collection[Noted],
        message: Message | None = None,
        targets: Iterable[Target] = (),
    ) -> None:
        """Replace the noted troubles and queue the message for each target, both or neither."""
        gone = {each.trouble.key for each in before} - {each.trouble.key for each in noted}
        changed = [each for each in noted if each not in before]
        if not gone and not changed and message is None:
            return
        with self._database.write() as connection:
            for key in gone:
                which = [trouble.c[name] == value for name, value in zip(_KEYS, key, strict=True)]
                connection.execute(sa.delete(trouble).where(*which))
            _KEEP.run(connection, [_row(each) for each in changed])
            if message is not None:
                _send(connection, message, targets)
                _forget(connection, before=message.made_at - KEPT)

    def pending(self) -> list[NoticeDelivery]:
        """The deliveries still to be made, in the order of their notices."""
        return self._deliveries(notice_delivery.c.state == NoticeState.PENDING.value, order=notice_delivery.c.id)

    def failing(self, *, now: datetime) -> list[NoticeDelivery]:
        """For each target of the last day, the newest delivery that was tried, if it did not arrive."""
        was_tried = notice_delivery.c.attempt_count > 0
        tried = self._deliveries(was_tried & (notice.c.made_at > now - DAY), order=notice_delivery.c.id)
        newest = {each.target: each for each in tried}
        return [each for each in newest.values() if each.is_failing]

    def newest(self, *, limit: int) -> list[NoticeDelivery]:
        """The newest deliveries, whatever became of them."""
        return self._deliveries(sa.true(), order=notice_delivery.c.id.desc(), limit=limit)

    def told(self, delivery_id: int) -> None:
        """Note that a delivery arrived."""
        self._end(delivery_id, NoticeState.TOLD, "")

    def give_up(self, delivery_id: int, reason: str) -> None:
        """Note that a delivery was tried and will never arrive."""
        self._end(delivery_id, NoticeState.DEAD, reason)

    def drop(self, delivery_id: int, reason: str) -> None:
        """Stop trying a delivery."""
        self._end(delivery_id, NoticeState.DROPPED, reason, attempts=0)

    def postpone(self, delivery_id: int, reason: str, *, until: datetime, attempts: int) -> None:
        """Note that a delivery did not arrive, to be tried again at `until`; it counts as `attempts` attempts."""
        counted = notice_delivery.c.attempt_count + attempts
        self._update(delivery_id, attempt_count=counted, next_attempt_at=until, reason=reason)

    def _end(self, delivery_id: int, state: NoticeState, reason: str, *, attempts: int = 1) -> None:
        counted = notice_delivery.c.attempt_count + attempts
        self._update(delivery_id, state=state.value, attempt_count=counted, reason=reason)

    def _update(self, delivery_id: int, **values: Any) -> None:
        with self._database.write() as connection:
            connection.execute(sa.update(notice_delivery).where(notice_delivery.c.id == delivery_id).values(**values))

    def _deliveries(
        self, which: sa.ColumnElement[bool], *, order: sa.ColumnElement[Any], limit: int | None = None
    ) -> list[NoticeDelivery]:
        columns = notice.c.made_at, notice.c.subject, notice.c.text, notice.c.body
        query = sa.select(notice_delivery, *columns).join(notice).where(which).order_by(order).limit(limit)
        with self._database.read() as connection:
            return [_delivery(row) for row in connection.execute(query)]


def _send(connection: Connection, message: Message, targets: Iterable[Target]) -> None:
    values = {"id": message.id, "made_at": message.made_at, "subject": message.subject, "text": message.text}
    connection.execute(sa.insert(notice).values(**values, body=message.body))
    rows = [
        {
            "notice_id": message.id,
            "kind": kind,
            "target": address,
            "state": NoticeState.PENDING.value,
            "attempt_count": 0,
            "next_attempt_at": message.made_at,
            "reason": "",
        }
        for kind, address in targets
    ]
    if rows:
        connection.execute(sa.insert(notice_delivery), rows)


def _forget(connection: Connection, *, before: datetime) -> None:
    old = sa.select(notice.c.id).where(notice.c.made_at < before)
    connection.execute(sa.delete(notice_delivery).where(notice_delivery.c.notice_id.in_(old)))
    connection.execute(sa.delete(notice).where(notice.c.made_at < before))


def _row(noted: Noted) -> dict[str, Any]:
    found = noted.trouble
    return {
        "kind": found.kind.value,
        "source_id": found.source_id,
        "part": found.part,
        "severity": found.severity.value,
        "what": found.what,
        "evidence": found.evidence,
        "todo": found.todo,
        "since_at": found.since_at,
        "first_seen_at": noted.first_seen_at,
        "told_at": noted.told_at,
        "gone_at": noted.gone_at,
    }


def _noted(row: Row[Any]) -> Noted:
    found = Trouble(
        kind=TroubleKind(row.kind),
        severity=Severity(row.severity),
        source_id=row.source_id,
        part=row.part,
        what=row.what,
        evidence=row.evidence,
        todo=row.todo,
        since_at=row.since_at,
    )
    return Noted(trouble=found, first_seen_at=row.first_seen_at, told_at=row.told_at, gone_at=row.gone_at)


def _delivery(row: Row[Any]) -> NoticeDelivery:
    message = Message(id=row.notice_id, made_at=row.made_at, subject=row.subject, text=row.text, body=row.body)
    return NoticeDelivery(
        id=row.id,
        target=Target(row.kind, row.target),
        state=NoticeState(row.state),
        attempt_count=row.attempt_count,
        next_attempt_at=row.next_attempt_at,
        reason=row.reason,
        message=message,
    )
