"""Crawl runs: one report for each crawl."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from news.crawl_ends import FinishReason
from news.triggers import Trigger
from store.frontier.service import release_rows
from store.leases.holders import Holder, is_dead, this_process
from store.schema import run
from store.sql.database import Database
from store.views import RunView

SILENT_SECONDS = 300  # another machine's run without a heartbeat for this long counts as lost


class Runs:
    """The crawls begun so far."""

    def __init__(self, database: Database, me: Holder) -> None:
        self._database = database
        self._me = str(me)

    def start(self, source_id: str, trigger: Trigger, *, now: datetime) -> int:
        """Open a run; return its id."""
        with self._database.write() as connection:
            values: dict[str, Any] = {"source_id": source_id, "trigger": trigger.value, "holder": self._me}
            result = connection.execute(sa.insert(run).values(started_at=now, heartbeat_at=now, counts={}, **values))
            key = result.inserted_primary_key
            assert key is not None  # both databases return it
            return int(key[0])

    def heartbeat(self, run_id: int, counts: Mapping[str, int], *, now: datetime) -> None:
        """Record that a run is alive, with its counts so far."""
        with self._database.write() as connection:
            values = {"heartbeat_at": now, "counts": dict(counts)}
            connection.execute(sa.update(run).where(run.c.id == run_id).values(**values))

    def finish(self, run_id: int, *, reason: FinishReason, counts: Mapping[str, int], now: datetime) -> None:
        """Close a run and release the rows it did not get to."""
        with self._database.write() as connection:
            values = {"heartbeat_at": now, "ended_at": now, "finish_reason": reason.value, "counts": dict(counts)}
            connection.execute(sa.update(run).where(run.c.id == run_id).values(**values))
            release_rows(connection, [run_id])

    def close_lost(self, *, now: datetime) -> list[int]:
        """Close the runs of processes that died, so that their rows can be taken at once. Returns their ids."""
        with self._database.write() as connection:
            open_runs = connection.execute(sa.select(run).where(run.c.ended_at.is_(None))).all()
            return _close(connection, [int(row.id) for row in open_runs if _is_lost(row, now)], now)

    def close_own(self, *, but: Collection[int], now: datetime) -> list[int]:
        """Close the open runs of this process except these, which go on. Returns the ids of those it closed."""
        mine = run.c.ended_at.is_(None) & (run.c.holder == self._me)
        with self._database.write() as connection:
            ids = connection.execute(sa.select(run.c.id).where(mine)).scalars().all()
            return _close(connection, [int(run_id) for run_id in ids if run_id not in but], now)

    def last(self, source_id: str) -> RunView | None:
        """The newest run of a source."""
        query = sa.select(run).where(run.c.source_id == source_id).order_by(run.c.id.desc()).limit(1)
        with self._database.read() as connection:
            row = connection.execute(query).first()
        return run_view(row) if row else None


def _close(connection: Connection, lost: list[int], now: datetime) -> list[int]:
    if lost:
        values = {"ended_at": now, "finish_reason": FinishReason.LOST.value}
        connection.execute(sa.update(run).where(run.c.id.in_(lost)).values(**values))
        release_rows(connection, lost)
    return lost


def _is_lost(row: Row[Any], now: datetime) -> bool:
    holder = Holder.parse(row.holder)
    if is_dead(holder):
        return True
    elsewhere = holder.machine != this_process().machine
    return elsewhere and now - row.heartbeat_at >= timedelta(seconds=SILENT_SECONDS)


def run_view(row: Row[Any]) -> RunView:
    """A run's row as a record."""
    return RunView(
        id=row.id,
        source_id=row.source_id,
        trigger=Trigger(row.trigger),
        started_at=row.started_at,
        ended_at=row.ended_at,
        finish_reason=FinishReason(row.finish_reason) if row.finish_reason else None,
        counts=row.counts,
    )
