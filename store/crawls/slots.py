"""Slots: the times of schedules that came due, each fired at most once."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from news.fetch import UrlState
from store.frontier.service import IS_DOCUMENT
from store.schema import run, slot, url
from store.sql.database import SAVING, Database
from store.sql.statements import insert_missing
from store.views import SlotView

AT_ONCE = timedelta(seconds=5)  # a document read so shortly before a slot, by request, counts as read for it


class Slots:
    """The slots that have fired, by source."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def last(self, source_id: str) -> datetime | None:
        """The newest slot of a source that fired."""
        query = sa.select(sa.func.max(slot.c.slot_at)).where(slot.c.source_id == source_id)
        with self._database.read() as connection:
            found: datetime | None = connection.execute(query).scalar()
        return found

    def fire(self, source_id: str, slot_at: datetime, *, missed_count: int, now: datetime) -> SlotView | None:
        """Record a slot and make the source's discovery documents due; None if it had fired before.

        While a crawl of the source is under way, the slot starts none of its own (`skipped` names that crawl): it
        fetches what is due, and may last for many slots.
        """
        with self._database.write(alone_in=SAVING) as connection:
            skipped = _busy_reason(connection, source_id)
            values = {"source_id": source_id, "slot_at": slot_at, "fired_at": now, "missed_count": missed_count}
            fired = insert_missing(connection, slot).values(**values, skipped=skipped).returning(slot.c.slot_at)
            if connection.execute(fired).first() is None:
                return None
            _make_discovery_due(connection, source_id, now)
            return SlotView(
                source_id=source_id, slot_at=slot_at, fired_at=now, missed_count=missed_count, skipped=skipped
            )

    def claim(self, source_id: str, run_id: int) -> bool:
        """Record that this run answers the source's open slots; False if there are none."""
        open_ones = (slot.c.source_id == source_id) & slot.c.run_id.is_(None) & slot.c.skipped.is_(None)
        with self._database.write() as connection:
            return connection.execute(sa.update(slot).where(open_ones).values(run_id=run_id)).rowcount > 0

    def recent(self, source_id: str, *, limit: int) -> list[SlotView]:
        """The newest slots of a source."""
        query = sa.select(slot).where(slot.c.source_id == source_id).order_by(slot.c.slot_at.desc()).limit(limit)
        with self._database.read() as connection:
            return [
                SlotView(
                    source_id=row.source_id,
                    slot_at=row.slot_at,
                    fired_at=row.fired_at,
                    missed_count=row.missed_count,
                    skipped=row.skipped,
                    run_id=row.run_id,
                )
                for row in connection.execute(query)
            ]


def _busy_reason(connection: Connection, source_id: str) -> str | None:
    query = sa.select(run.c.id).where(run.c.source_id == source_id, run.c.ended_at.is_(None)).limit(1)
    open_run = connection.execute(query).scalar()
    return f"run {open_run} was still under way" if open_run is not None else None


def _make_discovery_due(connection: Connection, source_id: str, now: datetime) -> None:
    """Make the documents due that the source names; they lead to nested sitemaps and further pages."""
    rested = url.c.state.not_in([UrlState.GONE.value, UrlState.REFUSED.value, UrlState.DROPPED.value])
    which = IS_DOCUMENT & (url.c.source_id == source_id) & (url.c.depth == 0) & rested
    later = sa.or_(url.c.next_due_at.is_(None), url.c.next_due_at > now)
    read_at = url.c.last_fetched_at
    unread = sa.or_(read_at.is_(None), read_at <= now - AT_ONCE, read_at > now)  # the last one: the clock was set back
    connection.execute(sa.update(url).where(which, later, unread).values(next_due_at=now))
