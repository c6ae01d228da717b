"""Rows of one transaction that are written together: a statement for all of a kind costs what one for each row does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection


class GatheredRows:
    """What a transaction is still to write. Who reads what may be among it has it written before."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.write_count = 0  # how often something made it write, whether or not there was anything
        self._rows: dict[tuple[sa.Executable, tuple[str, ...]], list[Mapping[str, Any]]] = {}
        self._once: set[str] = set()

    def add(self, statement: sa.Executable, row: Mapping[str, Any]) -> None:
        """Have this row written by this statement, which is one made once; those of a statement keep their order."""
        self._rows.setdefault((statement, tuple(row)), []).append(row)

    def is_first(self, key: str) -> bool:
        """Whether this is asked for the first time in the transaction."""
        is_new = key not in self._once
        self._once.add(key)
        return is_new

    def write(self) -> None:
        """Write what was gathered until now, in the order in which the first of each kind came."""
        self.write_count += 1
        gathered, self._rows = self._rows, {}
        for (statement, _), rows in gathered.items():
            self.connection.execute(statement, rows)


@contextmanager
def gathering(connection: Connection) -> Iterator[GatheredRows]:
    """A place to gather rows in, which writes what is left at the end."""
    rows = GatheredRows(connection)
    yield rows
    rows.write()
