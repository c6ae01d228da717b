"""API keys, stored as digests only."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from news.keys import KeyView, Scope, key_id_of, make_key, same_secret, secret_digest
from store.errors import StoreBusy
from store.schema import api_key
from store.sql.database import Database

USE_NOTED_EVERY = timedelta(hours=1)  # a write for each request would cost more than the request


class Keys:
    """The keys of an installation."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(self, name: str, scope: Scope, *, now: datetime) -> tuple[KeyView, str]:
        """Make a key; return (its view, the key itself, which is not stored)."""
        with self._database.write() as connection:
            return _create(connection, name, scope, now)

    def admit(self, name: str, scope: Scope, written: str, *, now: datetime) -> bool:
        """Store a key that was made elsewhere; False if it is known. Raises ValueError if it is not a key."""
        key_id = key_id_of(written)
        if key_id is None:
            raise ValueError("not a key of newsdex")
        with self._database.write() as connection:
            if connection.execute(sa.select(api_key.c.id).where(api_key.c.id == key_id)).first() is not None:
                return False
            _insert(connection, key_id, name, scope, written, now)
            return True

    def check(self, written: str, *, now: datetime) -> KeyView | None:
        """The key with this text; None if it is unknown, revoked or not a key at all."""
        key_id = key_id_of(written)
        if key_id is None:
            return None
        with self._database.read() as connection:
            row = connection.execute(sa.select(api_key).where(api_key.c.id == key_id)).first()
        if row is None or row.revoked_at is not None or not same_secret(written, row.secret_digest):
            return None
        if row.last_used_at is None or now - row.last_used_at >= USE_NOTED_EVERY:
            with suppress(StoreBusy), self._database.write() as connection:  # else the next request notes it
                connection.execute(sa.update(api_key).where(api_key.c.id == key_id).values(last_used_at=now))
        return _view(row)

    def revoke(self, key_id: str, *, now: datetime) -> bool:
        """Revoke a key; False if there is no such key in force."""
        with self._database.write() as connection:
            return _revoked(connection, key_id, now) is not None

    def rotate(self, key_id: str, *, now: datetime) -> tuple[KeyView, str] | None:
        """Replace a key by a new one of the same name and scope; None if there is no such key in force."""
        with self._database.write() as connection:  # one transaction: of two rotations at once, the second finds no key
            old = _revoked(connection, key_id, now)
            return _create(connection, old.name, Scope(old.scope), now) if old is not None else None

    def all(self) -> list[KeyView]:
        """Every key, oldest first."""
        with self._database.read() as connection:
            return [_view(row) for row in connection.execute(sa.select(api_key).order_by(api_key.c.created_at))]

    def in_force(self) -> bool:
        """Whether there is a key that was not revoked."""
        with self._database.read() as connection:
            found = sa.select(api_key.c.id).where(api_key.c.revoked_at.is_(None)).limit(1)
            return connection.execute(found).first() is not None


def _create(connection: Connection, name: str, scope: Scope, now: datetime) -> tuple[KeyView, str]:
    key_id, written = make_key()
    _insert(connection, key_id, name, scope, written, now)
    view = KeyView(id=key_id, name=name, scope=scope, created_at=now, last_used_at=None, revoked_at=None)
    return view, written


def _insert(connection: Connection, key_id: str, name: str, scope: Scope, written: str, now: datetime) -> None:
    values = {"id": key_id, "name": name, "scope": scope.value, "created_at": now}
    connection.execute(sa.insert(api_key).values(**values, secret_digest=secret_digest(written)))


def _revoked(connection: Connection, key_id: str, now: datetime) -> Row[Any] | None:
    """Revoke a key and return its row; None if no such key was in force."""
    which = (api_key.c.id == key_id) & api_key.c.revoked_at.is_(None)
    ended = sa.update(api_key).where(which).values(revoked_at=now).returning(api_key.c.name, api_key.c.scope)
    return connection.execute(ended).first()


def _view(row: Row[Any]) -> KeyView:
    return KeyView(
        id=row.id,
        name=row.name,
        scope=Scope(row.scope),
        created_at=row.created_at,
        last_used_at=row.last_used_at,
        revoked_at=row.revoked_at,
    )
