"""The outbox: what the index has still to be told, written with the change itself and delivered until confirmed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from store.articles.service import stored_articles
from store.articles.states import INDEXED
from store.records import OutboxItem, Undelivered
from store.schema import article, outbox
from store.sql.database import SAVING, Database
from store.sql.gathered import GatheredRows
from store.sql.statements import Upsert, chunks
from store.views import OutboxCounts

RETRY_BASE_SECONDS = 2
RETRY_CAP_SECONDS = 300
CHUNK = 500  # articles per transaction
PENDING, DEAD = "pending", "dead"  # the states of an entry; a dead letter is kept and shown
_ENQUEUE = Upsert(outbox, replaced=("revision", "state", "enqueued_at", "next_attempt_at", "attempt_count", "reason"))
_RAISE = (
    sa.update(article)
    .where(article.c.id == sa.bindparam("article_id"))
    .values(index_revision=article.c.index_revision + 1)
)
_REVISIONS = sa.select(article.c.id, article.c.index_revision).where(
    article.c.id.in_(sa.bindparam("ids", expanding=True))
)
_CONFIRMED = sa.delete(outbox).where(
    outbox.c.article_id == sa.bindparam("done_id"), outbox.c.revision <= sa.bindparam("done_revision")
)


class Outbox:
    """Articles whose newest revision the engine has not confirmed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def pending(self, *, limit: int, now: datetime) -> list[OutboxItem]:
        """The entries that are due, oldest first, each with its article as it is now."""
        query = (
            sa.select(
                outbox.c.article_id,
                sa.func.coalesce(article.c.index_revision, outbox.c.revision).label("index_revision"),
                article.c.state,  # null = it was forgotten
            )
            .join(article, article.c.id == outbox.c.article_id, isouter=True)
            .where(outbox.c.state == PENDING, outbox.c.next_attempt_at <= now)
            .order_by(outbox.c.next_attempt_at)  # by nothing else: entries of one moment would be sorted per batch
            .limit(limit)
        )
        with self._database.read() as connection:
            rows = connection.execute(query).all()
            live = stored_articles(connection, [row.article_id for row in rows if row.state in INDEXED])
        return [
            OutboxItem(article_id=row.article_id, revision=row.index_revision, stored=live.get(row.article_id))
            for row in rows
        ]

    def delivered(self, items: Sequence[tuple[str, int]]) -> None:
        """Remove these (article id, revision), which the engine confirmed, unless a newer revision came meanwhile."""
        done = [{"done_id": article_id, "done_revision": revision} for article_id, revision in items]
        if done:
            with self._database.write(alone_in=SAVING) as connection:
                connection.execute(_CONFIRMED, done)

    def postpone(self, items: Sequence[Undelivered], *, now: datetime) -> None:
        """Postpone these, which the engine could not take yet, longer each time."""
        with self._database.write(alone_in=SAVING) as connection:
            for item in items:
                which = _entry_of(item)
                tries = connection.execute(sa.select(outbox.c.attempt_count).where(which)).scalar()
                if tries is None:
                    continue
                wait = timedelta(seconds=min(RETRY_BASE_SECONDS * 2 ** min(tries, 16), RETRY_CAP_SECONDS))
                values = {"attempt_count": tries + 1, "next_attempt_at": now + wait, "reason": item.reason}
                connection.execute(sa.update(outbox).where(which).values(**values))

    def give_up(self, items: Sequence[Undelivered]) -> None:
        """Make these, which the engine will never take, dead letters: kept and shown."""
        with self._database.write(alone_in=SAVING) as connection:
            for item in items:
                values = {"state": DEAD, "reason": item.reason, "attempt_count": outbox.c.attempt_count + 1}
                connection.execute(sa.update(outbox).where(_entry_of(item)).values(**values))

    def enqueue(self, article_ids: Sequence[str], *, now: datetime) -> int:
        """Have these articles indexed again, with a new revision. Returns how many."""
        count = 0
        for chunk in chunks(article_ids, CHUNK):
            with self._database.write(alone_in=SAVING) as connection:
                live = sa.select(article.c.id).where(article.c.id.in_(chunk), article.c.state.in_(INDEXED))
                found = list(connection.execute(live).scalars())
                raise_revisions(connection, found, now)
                count += len(found)
        return count

    def dead(self, *, limit: int) -> list[tuple[str, str]]:
        """The dead letters, as (article id, reason)."""
        query = sa.select(outbox.c.article_id, outbox.c.reason).where(outbox.c.state == DEAD).limit(limit)
        with self._database.read() as connection:
            return [(str(row[0]), str(row[1])) for row in connection.execute(query)]

    def counts(self) -> OutboxCounts:
        """The counts of the outbox."""
        with self._database.read() as connection:
            return outbox_counts(connection)


def _entry_of(item: Undelivered) -> sa.ColumnElement[bool]:
    """The entry, unless a newer revision came meanwhile."""
    return (outbox.c.article_id == item.article_id) & (outbox.c.revision <= item.revision)


def outbox_counts(connection: Connection) -> OutboxCounts:
    """The counts of the outbox, within a transaction."""
    query = sa.select(outbox.c.state, sa.func.count(), sa.func.min(outbox.c.enqueued_at)).group_by(outbox.c.state)
    rows = {str(row[0]): row for row in connection.execute(query)}
    pending, dead = rows.get(PENDING), rows.get(DEAD)
    return OutboxCounts(
        pending=pending[1] if pending else 0,
        dead=dead[1] if dead else 0,
        oldest_at=pending[2] if pending else None,
    )


def enqueue(connection: Connection, article_id: str, revision: int, now: datetime) -> None:
    """Queue this revision for the index; an entry that still waits takes the newer revision."""
    _ENQUEUE.run(connection, [_entry(article_id, revision, now)])


def gather_entry(rows: GatheredRows, article_id: str, revision: int, now: datetime) -> None:
    """Gather an entry like `enqueue`; write it before the article's revision is raised again."""
    rows.add(_ENQUEUE.on(rows.connection), _entry(article_id, revision, now))


def wait_since(connection: Connection, moments: Collection[datetime], now: datetime) -> None:
    """Move entries enqueued at these moments to now, so that pages of long ago neither go first nor look overdue."""
    mine = (outbox.c.state == PENDING) & outbox.c.next_attempt_at.in_(moments)
    connection.execute(sa.update(outbox).where(mine).values(enqueued_at=now, next_attempt_at=now))


def _entry(article_id: str, revision: int, now: datetime) -> dict[str, Any]:
    return {
        "article_id": article_id,
        "revision": revision,
        "state": PENDING,
        "enqueued_at": now,
        "next_attempt_at": now,
        "attempt_count": 0,
        "reason": "",
    }


def raise_revision(connection: Connection, article_id: str, now: datetime) -> None:
    """Raise an article's revision and enqueue it, since the index should show something new."""
    raise_revisions(connection, [article_id], now)


def raise_revisions(connection: Connection, article_ids: Collection[str], now: datetime) -> None:
    """Raise the revisions of several articles and enqueue them."""
    for some in chunks(sorted(article_ids)):
        connection.execute(_RAISE, [{"article_id": article_id} for article_id in some])
        revisions = {row.id: row.index_revision for row in connection.execute(_REVISIONS, {"ids": some})}
        _ENQUEUE.run(connection, [_entry(article_id, revisions[article_id], now) for article_id in some])
