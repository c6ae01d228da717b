"""How much room the record and the archive take, for whoever has to say how long things are kept."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import Connection

from store.database import Database


@dataclass(frozen=True, kw_only=True, slots=True)
class Sizes:
    """What is taken now."""

    record_bytes: int  # the database, with what SQLite wrote ahead
    reusable_bytes: int  # of it: rows that were deleted left this for rows to come; 0 where the server does not say
    archive_bytes: int  # all WARC files, their indexes aside


def record_sizes(database: Database) -> tuple[int, int]:
    """What the database takes, and how much of that is free for rows to come. Raises StoreError."""
    with database.read() as connection:
        if not database.is_sqlite:
            return _number(connection, "SELECT pg_database_size(current_database())"), 0
        page_bytes, page_count, free_count = (
            _number(connection, f"PRAGMA {name}") for name in ("page_size", "page_count", "freelist_count")
        )
    ahead = Path(f"{database.name}-wal")
    ahead_bytes = ahead.stat().st_size if ahead.is_file() else 0
    return page_count * page_bytes + ahead_bytes, free_count * page_bytes


def _number(connection: Connection, statement: str) -> int:
    return int(connection.exec_driver_sql(statement).scalar_one())
