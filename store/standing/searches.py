"""Stored standing searches."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from news.errors import NewsdexError, NotFoundError
from news.index import Filters
from news.standing import (
    MAX_SEARCHES,
    StandingSearch,
    filters_from_record,
    filters_record,
)
from news.standing_tokens import is_id, make_id
from store.schema import standing_alert, standing_delivery, standing_match, standing_search
from store.sql.database import MATCHING, Database

Mark = tuple[int, int, datetime | None]


class StandingSearches:
    """The saved searches of an installation."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self, name: str, query: str, filters: Filters, *, owner_key_id: str | None = None, now: datetime
    ) -> StandingSearch:
        """Save a search. Raises NewsdexError if there are MAX_SEARCHES already."""
        made = StandingSearch(
            id=make_id(), name=name, query=query, filters=filters, owner_key_id=owner_key_id, created_at=now
        )
        values = {
            "id": made.id,
            "name": name,
            "query": query,
            "filters": filters_record(filters),
            "owner_key_id": owner_key_id,
            "created_at": now,
            "changed_at": now,
        }
        with self._database.write(alone_in=MATCHING) as connection:
            count = connection.execute(sa.select(sa.func.count()).select_from(standing_search)).scalar_one()
            if count >= MAX_SEARCHES:
                raise NewsdexError(f"there are {count} saved searches, which is the most allowed; remove some first")
            connection.execute(sa.insert(standing_search).values(**values))
        return made

    def all(self) -> list[StandingSearch]:
        """Every search, oldest first."""
        query = sa.select(standing_search).order_by(standing_search.c.created_at, standing_search.c.id)
        with self._database.read() as connection:
            return [_search(row) for row in connection.execute(query)]

    def get(self, search_id: str) -> StandingSearch:
        """One search. Raises NotFoundError."""
        if not is_id(search_id):
            raise unknown_search(search_id)
        with self._database.read() as connection:
            row = connection.execute(sa.select(standing_search).where(standing_search.c.id == search_id)).first()
        if row is None:
            raise unknown_search(search_id)
        return _search(row)

    def mark(self) -> Mark:
        """A mark that changes whenever a search is added, paused, resumed or removed."""
        columns = (
            sa.func.count(),
            sa.func.count(standing_search.c.paused_at),
            sa.func.max(standing_search.c.changed_at),
        )
        with self._database.read() as connection:
            count, paused_count, changed_at = connection.execute(sa.select(*columns)).one()
        return count, paused_count, changed_at

    def changes(self, known: Mapping[str, StandingSearch]) -> tuple[list[StandingSearch], set[str]]:
        """The differences from the known searches: new and changed ones, oldest first, and the ids of removed ones."""
        states = sa.select(standing_search.c.id, standing_search.c.changed_at, standing_search.c.paused_at)
        whole = sa.select(standing_search).order_by(standing_search.c.created_at, standing_search.c.id)
        with self._database.read() as connection:
            rows = connection.execute(states).all()
            changed = [row.id for row in rows if (row.changed_at, row.paused_at) != _state(known.get(row.id))]
            found = connection.execute(whole.where(standing_search.c.id.in_(changed))) if changed else ()
            return [_search(row) for row in found], known.keys() - {row.id for row in rows}

    def pause(self, search_id: str, *, now: datetime) -> None:
        """Stop matching a search; a pause in force keeps its time. Raises NotFoundError."""
        self.get(search_id)
        running = standing_search.c.paused_at.is_(None)
        self._change((standing_search.c.id == search_id) & running, paused_at=now, changed_at=now)

    def resume(self, search_id: str, *, now: datetime) -> None:
        """Match a search again; no effect if it is not paused. Raises NotFoundError."""
        self.get(search_id)
        paused = standing_search.c.paused_at.is_not(None)
        self._change((standing_search.c.id == search_id) & paused, paused_at=None, changed_at=now)

    def _change(self, which: sa.ColumnElement[bool], **values: datetime | None) -> None:
        with self._database.write(alone_in=MATCHING) as connection:
            connection.execute(sa.update(standing_search).where(which).values(**values))

    def remove(self, search_id: str) -> None:
        """Delete a search with its deliveries and matches. Raises NotFoundError."""
        self.get(search_id)
        deliveries = sa.select(standing_delivery.c.id).where(standing_delivery.c.search_id == search_id)
        with self._database.write(alone_in=MATCHING) as connection:
            connection.execute(sa.delete(standing_alert).where(standing_alert.c.delivery_id.in_(deliveries)))
            for table in (standing_delivery, standing_match):
                connection.execute(sa.delete(table).where(table.c.search_id == search_id))
            connection.execute(sa.delete(standing_search).where(standing_search.c.id == search_id))


def _search(row: Row[Any]) -> StandingSearch:
    return StandingSearch(
        id=row.id,
        name=row.name,
        query=row.query,
        filters=filters_from_record(row.filters),
        owner_key_id=row.owner_key_id,
        created_at=row.created_at,
        changed_at=row.changed_at,
        paused_at=row.paused_at,
    )


def _state(search: StandingSearch | None) -> tuple[datetime | None, datetime | None]:
    return (search.changed_at, search.paused_at) if search else (None, None)


def is_known(connection: Connection, search_id: str) -> bool:
    """Whether there is a search with this id."""
    known = sa.select(standing_search.c.id).where(standing_search.c.id == search_id)
    return is_id(search_id) and connection.execute(known).first() is not None


def unknown_search(search_id: str) -> NotFoundError:
    """The error that says so."""
    return NotFoundError(f"there is no saved search {search_id!r}; `newsdex searches list` shows them")
