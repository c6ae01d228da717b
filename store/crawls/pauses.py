"""Pauses: while one is in force, no crawl of a source, or of any source, starts. Kept across restarts."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa

from store.schema import pause
from store.sql.database import SAVING, Database

EVERYTHING = "*"


class Pauses:
    """What is paused, by source id; EVERYTHING stands for all of them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def pause(self, scope: str, *, now: datetime) -> None:
        """Pause a source or EVERYTHING; a pause already in force keeps its time."""
        with self._database.write(alone_in=SAVING) as connection:
            if connection.execute(sa.select(pause).where(pause.c.scope == scope)).first() is None:
                connection.execute(sa.insert(pause).values(scope=scope, paused_at=now))

    def resume(self, scope: str) -> bool:
        """End a pause; False if there was none. EVERYTHING ends the pauses of single sources too."""
        which = sa.true() if scope == EVERYTHING else pause.c.scope == scope
        with self._database.write() as connection:
            return connection.execute(sa.delete(pause).where(which)).rowcount > 0

    def keep(self, source_ids: Collection[str]) -> None:
        """End the pauses of all other sources, so that one that is added again is not paused."""
        gone = pause.c.scope.not_in([EVERYTHING, *source_ids])
        with self._database.write(alone_in=SAVING) as connection:
            connection.execute(sa.delete(pause).where(gone))

    def all(self) -> dict[str, datetime]:
        """Every pause, with the time since when it has been in force."""
        with self._database.read() as connection:
            return {str(row.scope): row.paused_at for row in connection.execute(sa.select(pause))}
