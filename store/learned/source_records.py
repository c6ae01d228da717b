"""What was learned about each source, as one JSON record in a table of its own."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Generic, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from store.json_text import json_text
from store.sql.statements import Upsert

T = TypeVar("T")
MOST_REMEMBERED = 16  # sources whose pages are saved by turns; 0.1 MB each at most


class SourceRecords(Generic[T]):
    """The records of a table with the columns source_id, record and updated_at.

    A crawl saves a few pages at a time. So the value is remembered beside its text, and read only from another one.
    """

    def __init__(
        self, table: sa.Table, *, written: Callable[[T], Any], read: Callable[[Any], T], new: Callable[[], T]
    ) -> None:
        """`written` turns a value into JSON and `read` turns it back; `new` makes the value for a new source."""
        self._written = written
        self._read = read
        self._new = new
        self._remembered: Mapping[str, tuple[str, T]] = {}
        self._load = sa.select(sa.cast(table.c.record, sa.Text)).where(table.c.source_id == sa.bindparam("source_id"))
        self._keep = Upsert(table, replaced=("record", "updated_at"))

    def load(self, connection: Connection, source_id: str) -> T:
        """The record of a source."""
        text = connection.execute(self._load, {"source_id": source_id}).scalar()
        if text is None:
            return self._new()
        remembered = self._remembered.get(source_id)
        return remembered[1] if remembered and remembered[0] == text else self._read(json.loads(text))

    def keep(self, connection: Connection, source_id: str, value: T, now: datetime) -> None:
        """Store the record of a source."""
        text = json_text(self._written(value))
        self._keep.run(connection, [{"source_id": source_id, "record": text, "updated_at": now}])
        others = [entry for entry in self._remembered.items() if entry[0] != source_id]
        self._remembered = dict([*others[1 - MOST_REMEMBERED :], (source_id, (text, value))])
