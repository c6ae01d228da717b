"""The answers of robots.txt by origin, shared by concurrent crawls, restarts and machines."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import sqlalchemy as sa

from news.fetch import Outcome, UrlState
from news.urls import host_of, origin_of
from store.records import RobotsAnswer
from store.schema import host, url
from store.sql.database import SAVING, Database
from store.sql.statements import CHUNK, Upsert, chunks

_KEEP = Upsert(host, replaced=("robots_status", "robots_body", "robots_fetched_at"))
MOST_WOKEN = 10_000  # newest refused pages made due at once; the others wait for their own time


class RobotsAnswers:
    """Robots rules, by "scheme://host[:port]"."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, origin: str) -> RobotsAnswer:
        """The newest answer of an origin; an empty one if it was never asked."""
        with self._database.read() as connection:
            row = connection.execute(sa.select(host).where(host.c.host == origin)).first()
        if row is None:
            return RobotsAnswer(origin=origin)
        return RobotsAnswer(
            origin=origin,
            status=row.robots_status,
            body=row.robots_body,
            fetched_at=row.robots_fetched_at,
        )

    def put(self, origin: str, *, status: int | None, body: bytes, now: datetime) -> None:
        """Keep the answer of robots.txt; a status of None means there was no answer."""
        row = {"host": origin, "robots_status": status, "robots_body": body, "robots_fetched_at": now}
        with self._database.write(alone_in=SAVING) as connection:
            _KEEP.run(connection, [row])

    def wake_refused(self, origin: str, is_allowed: Callable[[str], bool], *, now: datetime) -> None:
        """Make due the URLs of an origin that robots.txt refused and `is_allowed` now allows."""
        refused = (
            sa.select(url.c.id, url.c.url)
            .where(
                url.c.host == host_of(origin),
                url.c.state == sa.literal_column(f"'{UrlState.REFUSED.value}'"),  # a parameter would not use the index
                url.c.last_outcome == Outcome.ROBOTS_REFUSED.value,
                url.c.next_due_at > now,
            )
            .order_by(url.c.id.desc())
            .limit(MOST_WOKEN)
        )
        with self._database.read() as connection:
            found = connection.execute(refused).all()
        woken = [row.id for row in found if origin_of(row.url) == origin and is_allowed(row.url)]
        if not woken:
            return
        with self._database.write(alone_in=SAVING) as connection:
            for chunk in chunks(woken, CHUNK):
                which = url.c.id.in_(chunk)
                connection.execute(sa.update(url).where(which).values(next_due_at=now))
