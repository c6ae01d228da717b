"""Rows gathered in a transaction and written together: one statement for many rows costs as much as one for one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection


class GatheredRows:
    """The rows that a transaction has still to write. Call `write` before reading anything that may be among them."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.write_count = 0  # calls of `write`, including those with nothing to write
        self._rows: dict[tuple[sa.Executable, tuple[str, ...]], list[Mapping[str, Any]]] = {}
        self._once: set[str] = set()

    def add(self, statement: sa.Executable, row: Mapping[str, Any]) -> None:
        """Gather a row for a statement object, which must be made once and reused; its rows keep their order."""
        self._rows.setdefault((statement, tuple(row)), []).append(row)

    def is_first(self, key: str) -> bool:
        """Whether this key is asked about for the first time in the transaction."""
        is_new = key not in self._once
        self._once.add(key)
        return is_new

    def write(self) -> None:
        """Write what was gathered so far, statement by statement in the order of their first rows."""
        self.write_count += 1
        gathered, self._rows = self._rows, {}
        for (statement, _), rows in gathered.items():
            self.connection.execute(statement, rows)


@contextmanager
def gathering(connection: Connection) -> Iterator[GatheredRows]:
    """Provide a place to gather rows; what is left is written at the end."""
    rows = GatheredRows(connection)
    yield rows
    rows.write()
