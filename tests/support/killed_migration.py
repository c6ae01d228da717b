"""Migrates an empty database again and again, killed at each commit and then STEP statements later each time, until it
is left to finish.

python -m tests.support.killed_migration DATABASE_URL STEP   (JSON values); prints what each attempt left behind, a line
each: "empty", "whole", or the tables of a mixed state.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from itertools import chain, count

import sqlalchemy as sa

from store.migrate import HEAD, current_revision, migrate
from store.schema import metadata
from store.sql.database import Database
from tests.support.killed_statements import COMMITS, MOMENTS, die_at


def main() -> None:
    url, step = map(json.loads, sys.argv[1:])
    attempts: Iterator[tuple[int, Sequence[str]]] = chain(
        ((number, COMMITS) for number in (1, 2)),  # of the look at what is there, and of the migration
        ((number, MOMENTS) for number in count(1, step)),
    )
    for number, moments in attempts:
        child = os.fork()
        if child == 0:
            die_at(number, moments)
            migrate(Database(url))
            os._exit(0)
        status = os.waitpid(child, 0)[1]
        print(_left_behind(url), flush=True)
        if os.WIFEXITED(status):
            sys.exit(os.WEXITSTATUS(status))


def _left_behind(url: str) -> str:
    database = Database(url)
    with database.read() as connection:
        tables = set(sa.inspect(connection).get_table_names())
        revision = current_revision(connection)
    database.close()
    if not tables and revision is None:
        return "empty"
    if revision == HEAD and tables == {*metadata.tables, "alembic_version"}:
        return "whole"
    return f"revision {revision}, tables {sorted(tables)}"


if __name__ == "__main__":
    main()
