"""Statements that are built once: building one takes SQLAlchemy longer than running it takes SQLite."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.engine import Connection

from store.schema.columns import Instant

_DAY_MICROSECONDS = 86_400_000_000
CHUNK = 400  # rows of one statement that gives a value for each column; SQLite takes 32,766 values
Value = TypeVar("Value")
MAX_PARAMETERS = 10_000  # SQLite takes 32,766, PostgreSQL 65,535
# Only the dialects' own inserts can handle existing rows
_INSERTS: dict[str, Callable[[sa.Table], Any]] = {"sqlite": sqlite_insert, "postgresql": postgresql_insert}


def chunks(values: Iterable[Value], size: int = MAX_PARAMETERS) -> Iterator[list[Value]]:
    """The values in lists of at most that many, by default as many as one statement of either database takes."""
    rest = list(values)
    for start in range(0, len(rest), size):
        yield rest[start : start + size]


def insert_missing(connection: Connection, table: sa.Table) -> Any:
    """An insert that skips rows that exist already; `returning` gives those that did not."""
    return _INSERTS[connection.dialect.name](table).on_conflict_do_nothing()


def given_rows(connection: Connection, name: str, rows: Sequence[tuple[str, int]]) -> sa.CTE:
    """A table of these rows for a query, with the columns `source_id` and `number`.

    They are passed as one JSON parameter: SQLAlchemy would compile each row of VALUES, a third of a millisecond each.
    """
    source_id: sa.ColumnElement[Any]
    number: sa.ColumnElement[Any]
    if connection.dialect.name == "sqlite":
        value = sa.func.json_each(json.dumps(rows)).table_valued("value").c.value
        source_id, number = sa.func.json_extract(value, "$[0]"), sa.func.json_extract(value, "$[1]")
    else:
        given = sa.func.jsonb_array_elements(sa.literal(list(rows), JSONB))
        value = given.table_valued(sa.column("value", JSONB)).c.value
        source_id, number = value[0].astext, sa.cast(value[1].astext, sa.Integer)
    typed = sa.type_coerce(source_id, sa.String).label("source_id"), sa.type_coerce(number, sa.Integer).label("number")
    return sa.select(*typed).cte(name)


def day_number(moment: sa.ColumnElement[Any]) -> sa.ColumnElement[int]:
    """The number of a moment's day (UTC) since 1970; the length is no parameter, which GROUP BY would not recognize."""
    return sa.type_coerce(moment, sa.BigInteger) // sa.literal_column(str(_DAY_MICROSECONDS))


def looked_at_after(column: sa.Column[Any], interval: timedelta) -> sa.Case[Any]:
    """When an address may be asked again that was last asked at this moment: then and the interval, or now if later.

    The parameters are `now`, and `lately`, which is now less the interval.
    """
    return sa.case(
        (column < sa.bindparam("lately"), sa.bindparam("now", type_=Instant)),
        else_=sa.type_coerce(column, sa.BigInteger) + interval // timedelta(microseconds=1),
    )


class Upsert:
    """Inserts rows into a table; if a row's key exists already, some columns take the new values."""

    def __init__(self, table: sa.Table, *, replaced: Collection[str] = ()) -> None:
        """`replaced` are the columns that take the new values; with none, existing rows stay as they are."""
        keys = [column.name for column in table.primary_key]
        self._statements: dict[str, sa.Executable] = {}
        for name, make in _INSERTS.items():
            insert = make(table)
            values = {column: insert.excluded[column] for column in replaced}
            self._statements[name] = (
                insert.on_conflict_do_update(index_elements=keys, set_=values)
                if values
                else insert.on_conflict_do_nothing(index_elements=keys)
            )

    def on(self, connection: Connection) -> sa.Executable:
        """The statement for this database."""
        return self._statements[connection.dialect.name]

    def run(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write these rows; of several with the same key, the last."""
        if rows:
            connection.execute(self.on(connection), [dict(row) for row in rows])


def unindexed(column: sa.Column[str]) -> sa.Function[str]:
    """The column, written so that SQLite does not follow its index, which would visit every row out of order."""
    return sa.func.coalesce(column, sa.literal_column("''"))
