"""What SQLite writes ahead: its file does not stay as large as it was beside a long reader."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from store.sql.database import Database, sqlite_url


def write(database: Database, times: int) -> None:
    for _ in range(times):
        with database.write() as connection:
            connection.exec_driver_sql("INSERT INTO t VALUES (randomblob(1000000))")


def test_the_log_beside_a_long_reader_gives_its_room_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.sql.database.KEPT_LOG_BYTES", 1 << 20)
    path = tmp_path / "newsdex.sqlite"
    log = path.with_name("newsdex.sqlite-wal")
    with closing(Database(sqlite_url(path))) as writing, closing(Database(sqlite_url(path))) as reading:
        with writing.write() as connection:
            connection.exec_driver_sql("CREATE TABLE t (b BLOB)")
        with reading.read() as connection:
            connection.exec_driver_sql("SELECT count(*) FROM t")
            write(writing, 10)
            assert log.stat().st_size > 10_000_000
        write(writing, 6)  # the first takes over what was written ahead, the next begins the file anew
        assert log.stat().st_size < 6_000_000
