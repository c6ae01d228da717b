"""What robots.txt said, by origin: shared by concurrent crawls, restarts and machines."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from store.database import SAVING, Database
from store.records import HostState
from store.schema import host
from store.statements import Upsert

_KEEP = Upsert(host, replaced=("robots_status", "robots_body", "robots_fetched_at"))


class Hosts:
    """Robots rules, by "scheme://host[:port]"."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, name: str) -> HostState:
        """What is known of a host; an unknown one has an empty state."""
        with self._database.read() as connection:
            row = connection.execute(sa.select(host).where(host.c.host == name)).first()
        if row is None:
            return HostState(host=name)
        return HostState(
            host=name,
            robots_status=row.robots_status,
            robots_body=row.robots_body,
            robots_fetched_at=row.robots_fetched_at,
        )

    def put_robots(self, name: str, *, status: int | None, body: bytes, now: datetime) -> None:
        """Keep what robots.txt answered; None = it did not answer."""
        row = {"host": name, "robots_status": status, "robots_body": body, "robots_fetched_at": now}
        with self._database.write(alone_in=SAVING) as connection:
            _KEEP.run(connection, [row])
