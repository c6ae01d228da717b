"""Copying the whole record into another, empty database: from SQLite to PostgreSQL as it grows, or back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from news.errors import StoreError
from store.migrate import migrate
from store.schema import CleanJson, lease, metadata
from store.sql.database import Database

ROWS_CHUNK = 2_000  # rows in memory at a time
TABLES = [table for table in metadata.sorted_tables if table is not lease]  # leases belong to running processes


def copy_record(source: Database, target: Database, *, on_rows: Callable[[str, int], None]) -> Mapping[str, int]:
    """Copy every row except leases, from one snapshot and in one transaction; return the row count of each table.

    `on_rows` is called with a table and the number of rows just written. Raises StoreError if the target is not empty,
    or if its row counts differ from the source's in the end; nothing is kept then.
    """
    migrate(target)
    with source.read() as reading, target.write() as writing:
        for table in TABLES:
            if writing.execute(sa.select(sa.literal(1)).select_from(table).limit(1)).first() is not None:
                raise StoreError(f"{target.name} holds a record already; name an empty database")
        copied = {table.name: _copy_table(reading, writing, table, on_rows) for table in TABLES}
        for table in TABLES:
            found = writing.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
            if found != copied[table.name]:
                raise StoreError(f"{target.name} has {found} rows of {table.name}, not {copied[table.name]}; try again")
        if not target.is_sqlite:
            _count_on(writing)
    return copied


def row_count(source: Database) -> int:
    """The number of rows to copy."""
    with source.read() as connection:
        return sum(connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one() for table in TABLES)


def _copy_table(reading: Connection, writing: Connection, table: sa.Table, on_rows: Callable[[str, int], None]) -> int:
    streamed = reading.execution_options(yield_per=ROWS_CHUNK)
    jsons = [column for column in table.c if column.nullable and isinstance(column.type, CleanJson)]
    absent = [column.is_(sa.null()).label(f"no {column.name}") for column in jsons]
    count = 0
    with streamed.execute(sa.select(table, *absent)) as found:
        for rows in found.mappings().partitions():
            for given in _by_columns(rows, [column.name for column in jsons]):
                writing.execute(sa.insert(table), given)
            count += len(rows)
            on_rows(table.name, len(rows))
    return count


def _by_columns(rows: Sequence[sa.RowMapping], jsons: Sequence[str]) -> Iterable[list[dict[str, Any]]]:
    """Group rows by the JSON columns that they fill: a None passed for one would become JSON's null, not NULL."""
    parts: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for row in rows:
        absent = tuple(name for name in jsons if row[f"no {name}"])
        left_out = {*absent, *(f"no {name}" for name in jsons)}
        parts.setdefault(absent, []).append({name: value for name, value in row.items() if name not in left_out})
    return parts.values()


def _count_on(connection: Connection) -> None:
    """Advance PostgreSQL's sequences past the ids of the copied rows."""
    for table in TABLES:
        column = table.autoincrement_column
        if column is None:
            continue
        sequence = connection.execute(sa.select(sa.func.pg_get_serial_sequence(table.name, column.name))).scalar()
        if sequence is not None:
            last = sa.select(sa.func.coalesce(sa.func.max(column), 0) + 1).scalar_subquery()
            connection.execute(sa.select(sa.func.setval(sequence, last, False)))
