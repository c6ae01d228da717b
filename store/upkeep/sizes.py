"""The space that record and archive take, for deciding how long things are kept."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import Connection

from store.sql.database import Database


@dataclass(frozen=True, kw_only=True, slots=True)
class Sizes:
    """The space taken now."""

    record_bytes: int  # the database, including SQLite's write-ahead log
    reusable_bytes: int  # part of it, left by deleted rows for new ones; 0 if the server does not say
    archive_bytes: int  # all WARC files, without their indexes


def record_sizes(database: Database) -> tuple[int, int]:
    """The size of the database in bytes, and how much of it is free for new rows. Raises StoreError."""
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
