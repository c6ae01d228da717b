"""Migrates an empty database again and again, each time killed one SQL statement later, until it is left to finish.

python -m tests.support.killed_migration DATABASE_URL   (a JSON value); prints what each attempt left behind, a line
each: "empty", "whole", or the tables of a mixed state.
"""

from __future__ import annotations

import json
import os
import sys

import sqlalchemy as sa

from store.database import Database
from store.migrate import HEAD, current_revision, migrate
from store.schema import metadata
from tests.support.killed_statements import die_at_statement


def main() -> None:
    (url,) = map(json.loads, sys.argv[1:])
    statement = 0
    while True:
        statement += 1
        child = os.fork()
        if child == 0:
            _migrate_killed_at(url, statement)
            os._exit(0)
        status = os.waitpid(child, 0)[1]
        print(_left_behind(url), flush=True)
        if os.WIFEXITED(status):
            sys.exit(os.WEXITSTATUS(status))


def _migrate_killed_at(url: str, statement: int) -> None:
    die_at_statement(statement)
    migrate(Database(url))


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
