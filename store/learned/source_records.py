"""What was learned about each source, as one JSON record in a table of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Generic, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from store.sql.statements import Upsert

T = TypeVar("T")


class SourceRecords(Generic[T]):
    """The records of a table with the columns source_id, record and updated_at."""

    def __init__(
        self, table: sa.Table, *, written: Callable[[T], Any], read: Callable[[Any], T], new: Callable[[], T]
    ) -> None:
        """`written` turns a value into JSON and `read` turns it back; `new` makes the value for a new source."""
        self._written = written
        self._read = read
        self._new = new
        self._load = sa.select(table.c.record).where(table.c.source_id == sa.bindparam("source_id"))
        self._keep = Upsert(table, replaced=("record", "updated_at"))

    def load(self, connection: Connection, source_id: str) -> T:
        """The record of a source."""
        record = connection.execute(self._load, {"source_id": source_id}).scalar()
        return self._read(record) if record is not None else self._new()

    def keep(self, connection: Connection, source_id: str, value: T, now: datetime) -> None:
        """Store the record of a source."""
        self._keep.run(connection, [{"source_id": source_id, "record": self._written(value), "updated_at": now}])
