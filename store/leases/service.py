"""Leases: claims on a host, the index's writer or an archive file that expire by themselves."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from news.source import Source
from store.leases.file_in_place import finds_lease
from store.leases.holders import Holder, is_alive, is_dead, shown_holder
from store.schema import lease
from store.sql.database import LEASING, Database

DAEMON_LEASE = "daemon"  # held by the running daemon, of which a record has at most one
LEASE_SECONDS = 60.0  # a holder that does not renew its lease for this long loses it
HEARTBEAT_SECONDS = LEASE_SECONDS / 4  # how often it renews


def lease_names(source: Source) -> list[str]:
    """The leases that a crawl of the source holds: one per server, so that no two crawls ask the same one at a time."""
    named = [source.home_url, *source.feeds, *source.sitemaps, *(section.url for section in source.sections)]
    servers = {urlsplit(url).netloc.lower() for url in named}
    if urlsplit(source.home_url).port is None:
        servers |= set(source.hosts)
    return sorted(f"host:{server}" for server in servers)


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """The result of trying to acquire leases."""

    granted: bool
    holder: str | None = None  # who holds the refused one
    took_over: bool = False  # an earlier holder died or fell silent: it may have acted a moment ago

    @property
    def held_by(self) -> str:
        """The holder of the refused lease as shown to people; empty if all were granted."""
        return shown_holder(self.holder) if self.holder else ""


class Leases:
    """Leases kept in the database, so that every process and machine obeys them."""

    def __init__(self, database: Database, me: Holder) -> None:
        self._database = database
        self._process = me

    def claimant(self, token: str) -> Leases:
        """These leases in the name of one crawl or drain, so that two within a process exclude each other."""
        return _Claimant(self._database, self._process, token)

    @property
    def _me(self) -> str:
        return str(self._process)

    def acquire(self, names: Sequence[str], *, now: datetime) -> Claim:
        """Acquire all of these leases, or none."""
        with self._database.write(alone_in=LEASING) as connection:
            took_over = False
            for name in sorted(set(names)):
                claim = self._acquire_one(connection, name, now)
                if not claim.granted:
                    connection.rollback()
                    return claim
                took_over |= claim.took_over
            return Claim(granted=True, took_over=took_over)

    def _acquire_one(self, connection: Connection, name: str, now: datetime) -> Claim:
        row = connection.execute(sa.select(lease).where(lease.c.name == name).with_for_update()).first()
        values = {"holder": self._me, "acquired_at": now, "expires_at": now + timedelta(seconds=LEASE_SECONDS)}
        if row is None:
            connection.execute(sa.insert(lease).values(name=name, **values))
            return Claim(granted=True)
        free = row.holder == self._me or row.expires_at <= now or is_dead(Holder.parse(row.holder))
        if not free:
            return Claim(granted=False, holder=row.holder)
        connection.execute(sa.update(lease).where(lease.c.name == name).values(**values))
        return Claim(granted=True, took_over=row.holder != self._me)

    def hand_over(self, names: Sequence[str], token: str) -> Leases:
        """Transfer those of these leases that are ours to this token; return the `Leases` in its name."""
        to = _Claimant(self._database, self._process, token)
        with self._database.write() as connection:
            mine = lease.c.name.in_(list(names)) & (lease.c.holder == self._me)
            connection.execute(sa.update(lease).where(mine).values(holder=to._me))
        return to

    def renew(self, names: Sequence[str], *, now: datetime) -> bool:
        """Extend these leases; False if one of them is no longer ours."""
        with self._database.write() as connection:
            mine = lease.c.name.in_(list(names)) & (lease.c.holder == self._me)
            result = connection.execute(
                sa.update(lease).where(mine).values(expires_at=now + timedelta(seconds=LEASE_SECONDS))
            )
            return result.rowcount == len(set(names))

    def is_found(self, name: str) -> bool:
        """Whether opening the record anew shows this lease as ours; see store.leases.file_in_place."""
        database = self._database
        return not database.is_sqlite or finds_lease(Path(str(database.name)), name, self._me)

    def release(self, names: Sequence[str]) -> None:
        """Release these leases, except those that somebody else holds."""
        with self._database.write() as connection:
            connection.execute(sa.delete(lease).where(lease.c.name.in_(list(names)), lease.c.holder == self._me))

    def release_all(self) -> None:
        """Release every lease that is ours."""
        with self._database.write() as connection:
            connection.execute(sa.delete(lease).where(lease.c.holder == self._me))

    def since(self, name: str) -> datetime | None:
        """When the present holder acquired this lease; None if there is no such lease."""
        with self._database.read() as connection:
            found: datetime | None = connection.execute(
                sa.select(lease.c.acquired_at).where(lease.c.name == name)
            ).scalar()
        return found

    def holder_of(self, name: str, *, now: datetime) -> str | None:
        """Who holds this lease now; None if it is free."""
        return self.holders([name], now=now).get(name)

    def living_holder_of(self, name: str, *, now: datetime) -> str | None:
        """Who holds it now, or held it last and is alive on this machine but could not renew it (full disk, say)."""
        if (held_by := self.holder_of(name, now=now)) is not None:
            return held_by
        with self._database.read() as connection:
            last = connection.execute(sa.select(lease.c.holder).where(lease.c.name == name)).scalar()
        return str(last) if last is not None and is_alive(Holder.parse(last)) else None

    def holders(self, names: Collection[str], *, now: datetime) -> dict[str, str]:
        """Who holds these now, by name; free ones are left out."""
        query = sa.select(lease).where(lease.c.name.in_(names), lease.c.expires_at > now)
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        return {str(row.name): str(row.holder) for row in rows if not is_dead(Holder.parse(row.holder))}


class _Claimant(Leases):
    def __init__(self, database: Database, me: Holder, token: str) -> None:
        super().__init__(database, me)
        self._token = token

    @property
    def _me(self) -> str:
        return f"{self._process}#{self._token}"
