"""What the daemon saw go wrong, and the notices of it on their way to operators.

What was told is kept for a while, so that people can look it up and too many in an hour can be counted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from news.notices import DAY, HOUR, Noted
from news.troubles import Severity, Trouble, TroubleKind
from store.database import Database
from store.schema import notice, notice_delivery, trouble
from store.statements import Upsert

KEPT = timedelta(days=90)  # a quarter's notices can be looked up
FAILING_ATTEMPTS = 3  # one may be chance, and the third comes within a minute
Target = tuple[str, str]  # news.standing.DeliveryKind: mail or webhook; a mail address, or a webhook's host
_KEYS = ("kind", "source_id", "part")
_KEEP = Upsert(trouble, replaced=[column.name for column in trouble.c if not column.primary_key])


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """What a notice says, in each of its forms."""

    id: str
    made_at: datetime
    subject: str
    text: str
    body: dict[str, Any]  # the JSON that webhooks are sent


@dataclass(frozen=True, kw_only=True, slots=True)
class NoticeDelivery:
    """A notice on its way to one operator, or what became of it."""

    id: int
    target: Target
    state: str  # pending, told, dead (given up) or dropped (there was nobody, or no time, to tell it any more)
    attempt_count: int
    next_attempt_at: datetime  # of one that is pending
    reason: str  # why the last attempt failed, or it was dropped
    message: Message

    @property
    def is_failing(self) -> bool:
        """Whether what its target was last sent did not arrive."""
        return self.state == "dead" or (self.state == "pending" and self.attempt_count >= FAILING_ATTEMPTS)


class Notices:
    """Written by the daemon alone, which holds a lease for all it does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def noted(self) -> list[Noted]:
        """What was seen go wrong and is not over."""
        with self._database.read() as connection:
            return [_noted(row) for row in connection.execute(sa.select(trouble))]

    def made_at(self, *, now: datetime) -> list[datetime]:
        """When the notices of the last hour were made."""
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
        """Put what is noted in the place of what was, and the message on its way to each target: both, or neither."""
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
        """What is still to be told, in the order it was made."""
        return self._deliveries(notice_delivery.c.state == "pending", order=notice_delivery.c.id)

    def failing(self, *, now: datetime) -> list[NoticeDelivery]:
        """The newest delivery that was tried of each target of the last day, where it did not arrive."""
        was_tried = notice_delivery.c.attempt_count > 0
        tried = self._deliveries(was_tried & (notice.c.made_at > now - DAY), order=notice_delivery.c.id)
        newest = {each.target: each for each in tried}
        return [each for each in newest.values() if each.is_failing]

    def newest(self, *, limit: int) -> list[NoticeDelivery]:
        """The newest, whatever became of them."""
        return self._deliveries(sa.true(), order=notice_delivery.c.id.desc(), limit=limit)

    def told(self, delivery_id: int) -> None:
        """It arrived."""
        self._end(delivery_id, "told", "")

    def give_up(self, delivery_id: int, reason: str) -> None:
        """It was tried and never arrives."""
        self._end(delivery_id, "dead", reason)

    def drop(self, delivery_id: int, reason: str) -> None:
        """It is not tried any more."""
        self._end(delivery_id, "dropped", reason, attempts=0)

    def postpone(self, delivery_id: int, reason: str, *, until: datetime, attempts: int) -> None:
        """It did not arrive: try again at this time; `attempts` is how many this counts for."""
        counted = notice_delivery.c.attempt_count + attempts
        self._update(delivery_id, attempt_count=counted, next_attempt_at=until, reason=reason)

    def _end(self, delivery_id: int, state: str, reason: str, *, attempts: int = 1) -> None:
        counted = notice_delivery.c.attempt_count + attempts
        self._update(delivery_id, state=state, attempt_count=counted, reason=reason)

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
            "state": "pending",
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


def _noted(row: Any) -> Noted:
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


def _delivery(row: Any) -> NoticeDelivery:
    message = Message(id=row.notice_id, made_at=row.made_at, subject=row.subject, text=row.text, body=row.body)
    return NoticeDelivery(
        id=row.id,
        target=(row.kind, row.target),
        state=row.state,
        attempt_count=row.attempt_count,
        next_attempt_at=row.next_attempt_at,
        reason=row.reason,
        message=message,
    )
