"""What a person is told when the database cannot be used: one line, naming it, saying what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest
import sqlalchemy as sa

from news.errors import StoreError
from store.errors import StoreBusy, StoreCorrupt
from store.inspection import schema_of
from store.migrate import HEAD
from store.service import Store
from store.sql.database import Database, sqlite_url
from tests.support.stores import fetch_story, make_story

PAGE_BYTES = 4096


def open_store(folder: Path, **options: str) -> Store:
    return Store.open(folder, max_archive_file_bytes=1 << 20, database_url=options.get("database_url"))


@contextmanager
def refused(kind: type[StoreError], *words: str) -> Iterator[None]:
    with pytest.raises(kind) as caught:
        yield
    text = str(caught.value)
    assert "\n" not in text
    for word in words:
        assert word in text


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """The database file of a closed store with articles in it."""
    store = open_store(tmp_path)
    for n in range(60):
        fetch_story(store, f"https://paper.example/{n}", make_story(f"Story {n}", "Words. " * 100))
    store.close()
    return tmp_path / "newsdex.sqlite"


def damage(file: Path, page: int) -> None:
    with file.open("r+b") as database:
        database.seek(page * PAGE_BYTES)
        database.write(b"\xa5" * PAGE_BYTES)


def complaint(folder: Path) -> str:
    """What opening and checking a damaged store says; fails when it says nothing."""
    with pytest.raises(StoreCorrupt) as caught, closing(open_store(folder)) as store:
        store.check()
    return str(caught.value)


def test_a_damaged_page_is_found_wherever_it_lies_and_the_file_named(filled: Path) -> None:
    whole = filled.read_bytes()
    pages = len(whole) // PAGE_BYTES
    assert pages > 50
    for page in range(pages):
        filled.write_bytes(whole)
        damage(filled, page)
        text = complaint(filled.parent)
        assert str(filled) in text, page
        assert "put a backup in its place" in text
        assert "\n" not in text


def test_reading_from_a_damaged_page_says_so(filled: Path) -> None:
    for page in range(10, filled.stat().st_size // PAGE_BYTES):
        damage(filled, page)
    with refused(StoreCorrupt, str(filled)), closing(open_store(filled.parent)) as store:
        store.articles.iterate_live(limit=1000)


def test_a_whole_database_passes_the_check(filled: Path) -> None:
    with closing(open_store(filled.parent)) as store:
        store.check()
        assert store.counts().articles == 60


def test_a_file_that_is_no_database_is_reported_as_damaged(tmp_path: Path) -> None:
    (tmp_path / "newsdex.sqlite").write_bytes(b"not a database, " * 1000)
    with refused(StoreCorrupt, "newsdex.sqlite", "backup"):
        open_store(tmp_path)


def test_a_database_cut_short_is_reported_as_damaged(filled: Path) -> None:
    whole = filled.read_bytes()
    filled.write_bytes(whole[: len(whole) // 2])
    assert str(filled) in complaint(filled.parent)


@pytest.mark.parametrize(
    ("name", "kind", "said"),
    [
        ("SQLITE_IOERR_SHMSIZE", StoreError, "no space left for .*free some"),  # a full disk, when the file is opened
        ("SQLITE_IOERR_READ", StoreCorrupt, "is damaged"),
    ],
)
def test_a_full_disk_is_no_damage(filled: Path, name: str, kind: type[StoreError], said: str) -> None:
    failed = sqlite3.OperationalError("disk I/O error")
    failed.sqlite_errorname = name
    with closing(Database(sqlite_url(filled))) as database, pytest.raises(kind, match=said) as caught, database.read():
        raise sa.exc.OperationalError("PRAGMA", {}, failed)
    assert type(caught.value) is kind


def test_a_data_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("taken")
    with refused(StoreError, "data_dir", str(tmp_path / "data")):
        open_store(tmp_path / "data")
    with refused(StoreError, str(tmp_path / "data" / "below")):
        open_store(tmp_path / "data" / "below")


def test_a_database_file_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    (tmp_path / "newsdex.sqlite").mkdir()
    with refused(StoreError, str(tmp_path / "newsdex.sqlite"), "check the folder"):
        open_store(tmp_path)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("nonsense", ["database_url", "postgresql+psycopg://"]),
        ("mysql://user:secret@host/name", ["database_url", "mysql://user:***@host/name"]),
        ("postgresql+psycopg2://user:secret@host/name", ["database_url", "postgresql+psycopg://user@host/name"]),
        ("notadialect://user:secret@host/name", ["database_url", "notadialect"]),
        ("postgresql+psycopg://user:secret@127.0.0.1:1/name", ["127.0.0.1", "check database_url and the server"]),
        ("user:secret@host", ["database_url"]),
    ],
)
def test_an_address_that_cannot_be_used_is_refused_without_showing_its_password(
    tmp_path: Path, url: str, words: list[str]
) -> None:
    with pytest.raises(StoreError) as caught:
        open_store(tmp_path, database_url=url)
    text = str(caught.value)
    assert "\n" not in text
    assert "secret" not in text
    for word in words:
        assert word in text


@pytest.mark.postgresql
def test_a_database_that_the_server_does_not_have_is_named(tmp_path: Path, postgresql_url: str) -> None:
    missing = sa.make_url(postgresql_url).set(database="nowhere").render_as_string(hide_password=False)
    with refused(StoreError, "nowhere", "check database_url"):
        open_store(tmp_path, database_url=missing)


def test_a_write_that_waited_in_vain_says_that_another_process_has_the_database(tmp_path: Path) -> None:
    open_store(tmp_path).close()
    file = tmp_path / "newsdex.sqlite"
    database = Database(sqlite_url(file), busy_timeout_seconds=0.05)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with refused(StoreBusy, str(file), "another process"), database.write():
            pass
        with database.read() as connection:
            connection.execute(sa.text("SELECT 1 FROM url"))
        other.execute("COMMIT")
    with database.write() as connection:
        connection.execute(sa.text("DELETE FROM url"))
    database.close()


def test_who_waits_has_a_turn_between_long_transactions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_store(tmp_path).close()
    monkeypatch.setattr("store.sql.database.LONG_WRITE_SECONDS", 0.05)
    busy = Database(sqlite_url(tmp_path / "newsdex.sqlite"))
    waiting = Database(busy.url.render_as_string(), busy_timeout_seconds=1.5)
    begun, ended = Event(), Event()

    def one_after_the_other() -> None:
        while not ended.is_set():
            with busy.write():
                begun.set()
                ended.wait(0.2)

    thread = Thread(target=one_after_the_other)
    thread.start()
    try:
        begun.wait()
        with waiting.write() as connection:
            connection.execute(sa.text("DELETE FROM url"))
    finally:
        ended.set()
        thread.join()
        busy.close()
        waiting.close()


@pytest.mark.postgresql
@pytest.mark.parametrize(
    ("state", "kind", "words"),
    [
        ("53100", StoreError, ["no space left on the server"]),
        ("53300", StoreBusy, ["max_connections"]),
        ("25006", StoreError, ["cannot be written", "standby"]),
        ("25P03", StoreBusy, ["stood still"]),
        ("42501", StoreError, ["does not let newsdex work"]),
        ("57P01", StoreError, ["does not answer"]),
        ("XX001", StoreCorrupt, ["is damaged", "backup"]),
        ("XX002", StoreCorrupt, ["reindexdb"]),
    ],
)
def test_what_postgresql_refuses_is_one_line_that_says_what_to_do(
    postgresql_tables: str, state: str, kind: type[StoreError], words: list[str]
) -> None:
    told = sa.text(f"DO $$ BEGIN RAISE EXCEPTION 'as the server says it' USING ERRCODE = '{state}'; END $$")
    with closing(Database(postgresql_tables)) as database:
        with refused(kind, "newsdex_", "as the server says it", *words), database.write() as connection:
            connection.execute(told)
        with database.read() as connection:
            connection.execute(sa.select(1))


@pytest.mark.postgresql
def test_a_database_that_only_reads_is_no_defect_of_newsdex(postgresql_tables: str) -> None:
    url = sa.make_url(postgresql_tables)
    reads = url.update_query_dict({"options": "-c default_transaction_read_only=on"})
    with closing(Database(reads.render_as_string(hide_password=False))) as database:
        with refused(StoreError, "read-only", "standby"), database.write() as connection:
            connection.execute(sa.text("DELETE FROM url"))
        with database.read() as connection:
            connection.execute(sa.text("SELECT 1 FROM url"))


@pytest.mark.postgresql
def test_a_look_at_a_database_finds_that_it_only_reads(postgresql_tables: str, tmp_path: Path) -> None:
    assert schema_of(tmp_path, postgresql_tables).found == HEAD
    reads = sa.make_url(postgresql_tables).update_query_dict({"options": "-c default_transaction_read_only=on"})
    with refused(StoreError, "read-only", "standby"):
        schema_of(tmp_path, reads.render_as_string(hide_password=False))


@pytest.mark.postgresql
def test_the_lock_of_another_session_is_not_waited_for_without_end(postgresql_tables: str) -> None:
    url = sa.make_url(postgresql_tables)
    impatient = url.update_query_dict({"options": "-c lock_timeout=50"}).render_as_string(hide_password=False)
    with closing(Database(postgresql_tables)) as other, closing(Database(impatient)) as database:
        with other.write() as holding:
            holding.execute(sa.text("LOCK TABLE article"))
            with refused(StoreBusy, "another session holds"), database.read() as connection:
                connection.execute(sa.text("SELECT 1 FROM article"))
        with other.read() as connection:
            assert connection.execute(sa.text("SHOW lock_timeout")).scalar_one() == "30s"
            assert connection.execute(sa.text("SHOW idle_in_transaction_session_timeout")).scalar_one() == "1min"


@pytest.mark.postgresql
def test_a_transaction_that_stands_still_gives_its_locks_back(postgresql_tables: str) -> None:
    url = sa.make_url(postgresql_tables)
    options = {"options": "-c idle_in_transaction_session_timeout=50"}
    still = url.update_query_dict(options).render_as_string(hide_password=False)
    with (
        closing(Database(still)) as stopped,
        closing(Database(postgresql_tables)) as other,
        refused(StoreBusy, "stood still"),
        stopped.write() as holding,
    ):
        holding.execute(sa.text("LOCK TABLE article"))
        with other.read() as connection:  # it waits for the lock until the server takes it away
            connection.execute(sa.text("SELECT 1 FROM article"))
        holding.execute(sa.text("SELECT 1"))
