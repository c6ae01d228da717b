"""Opening the database and running transactions on it, with errors that people can act on."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event, exc
from sqlalchemy.engine import Connection, Engine, make_url

from news.errors import StoreError
from news.identity import StoryForms
from store.errors import StoreBusy, StoreCorrupt
from store.json_text import written
from store.sql.postgresql import bound_waits, connect_options, known_refusal

# Kinds of work for `write(alone_in=…)`: two transactions that both find a row missing would both insert it
MIGRATING, LEASING, SAVING, MATCHING = 7283001, 7283002, 7283003, 7283004
BUSY_TIMEOUT_SECONDS = 30.0  # how long a write waits for another process's transaction
# A process waiting for the file retries every tenth of a second (SQLite's sqliteDefaultBusyCallback): a loop of long
# transactions would begin the next one before each retry
LONG_WRITE_SECONDS, TURN_SECONDS = 0.25, 0.15
KEPT_LOG_BYTES = 16 << 20  # to which SQLite truncates its write-ahead log after a checkpoint; crawls need a few MB
WAL_PAUSE_SECONDS = 0.02  # between two attempts to switch a new file to write-ahead logging
RECORD_NAME = "newsdex.sqlite"  # in the data folder, unless another database is named
DAMAGE = ("malformed", "not a database", "disk I/O error", "Could not decode")  # SQLite's words for a bad file
_NO_ROOM = "SQLITE_IOERR_SHMSIZE"  # the shared-memory file found no room: a full disk reported as "disk I/O error"
_FORMS = "newsdex_story_forms"
# Begun by a statement: with a listener for the engine's begin event, SQLAlchemy would look for listeners at every
# statement. A deferred transaction that turns into a write fails at once if another came between; IMMEDIATE waits
_BEGIN_READING, _BEGIN_WRITING = "BEGIN", "BEGIN IMMEDIATE"


def lacks_room(error: BaseException) -> bool:
    """Whether SQLite's error means a full disk although its message suggests a damaged one."""
    return getattr(error, "sqlite_errorname", "") == _NO_ROOM


def sqlite_url(path: Path) -> str:
    """The database URL of an SQLite file."""
    return sa.URL.create("sqlite", database=str(path)).render_as_string(hide_password=False)


class Database:
    """A database and its two kinds of transaction."""

    def __init__(self, url: str, *, busy_timeout_seconds: float = BUSY_TIMEOUT_SECONDS) -> None:
        self.story_forms: Callable[[], StoryForms] = StoryForms  # called when a transaction deals with addresses
        self.url = _parsed(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.name = self.url.database if self.is_sqlite else self.url.render_as_string(hide_password=True)
        self._engine = self._make_engine(busy_timeout_seconds)

    def _make_engine(self, busy_timeout_seconds: float) -> Engine:
        try:
            if not self.is_sqlite:
                options = {"connect_args": connect_options(self.url), "json_serializer": written}
                engine = sa.create_engine(self.url, pool_pre_ping=True, pool_size=8, **options)
                event.listen(engine, "connect", bound_waits)
                return engine
            timeout = {"timeout": busy_timeout_seconds}
            engine = sa.create_engine(self.url, connect_args=timeout, json_serializer=written)
        except (exc.ArgumentError, ModuleNotFoundError) as error:
            raise _unusable(self.url.render_as_string(hide_password=True), error) from error
        event.listen(engine, "connect", partial(_prepare_sqlite, busy_timeout_seconds))
        return engine

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A read-only transaction on one consistent snapshot."""
        with self._reported(), self._engine.connect() as connection:
            # By default, PostgreSQL gives each statement its own snapshot
            options = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}
            reading = connection.execution_options(**options, **{_FORMS: self.story_forms})
            with reading.begin():
                if self.is_sqlite:
                    reading.exec_driver_sql(_BEGIN_READING)
                yield reading

    @contextmanager
    def write(self, *, alone_in: int | None = None) -> Iterator[Connection]:
        """A transaction that writes: all of it is kept, or nothing.

        `alone_in` names a kind of work that only one transaction does at a time. SQLite has only one writer anyway;
        after a long transaction, those waiting get a turn.
        """
        with self._reported(), self._engine.connect() as connection:
            writing = connection.execution_options(**{_FORMS: self.story_forms})
            with writing.begin():
                if self.is_sqlite:
                    writing.exec_driver_sql(_BEGIN_WRITING)
                elif alone_in is not None:
                    writing.execute(sa.select(sa.func.pg_advisory_xact_lock(alone_in)))
                began = time.monotonic()
                yield writing
        if self.is_sqlite and time.monotonic() - began > LONG_WRITE_SECONDS:
            time.sleep(TURN_SECONDS)

    def empty_log(self) -> None:
        """Checkpoint SQLite's write-ahead log, so that it holds no deleted text; readers may delay that."""
        if self.is_sqlite:
            with self._reported(), self._engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def check(self) -> None:
        """Read the whole SQLite file: half a second per GB if cached. Raises StoreCorrupt if a page is damaged."""
        if not self.is_sqlite:
            return  # PostgreSQL has its own checksums and tools
        with self.read() as connection:
            found = str(connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one())
        if found != "ok":
            raise self._damaged(" ".join(found.split()))

    def _damaged(self, text: str) -> StoreCorrupt:
        return StoreCorrupt(f"{self.name} is damaged ({text}); put a backup in its place and start again")

    @contextmanager
    def _reported(self) -> Iterator[None]:
        try:
            yield
        except exc.DBAPIError as error:
            raise self._known(error) from error
        except exc.TimeoutError as error:
            raise StoreBusy(f"every connection to {self.name} is in use ({_first_line(error)}); try again") from error

    def _known(self, error: exc.DBAPIError) -> Exception:
        text = _first_line(error.orig or error)
        if isinstance(error.orig, sqlite3.DatabaseError):
            is_full = "full" in text or lacks_room(error.orig)
            if not is_full and any(sign in text for sign in DAMAGE):
                return self._damaged(text)
            if "locked" in text:
                return StoreBusy(f"{self.name} is in use by another process ({text}); try again when it has finished")
            if is_full:
                return StoreError(f"no space left for {self.name} ({text}); free some and start again")
            if "unable to open" in text or "readonly" in text:
                return StoreError(f"{self.name} cannot be opened for writing ({text}); check the folder and its owner")
        if (refusal := known_refusal(error.orig, str(self.name), text)) is not None:
            return refusal
        if isinstance(error, exc.OperationalError):
            return StoreError(f"database {self.name} does not answer: {text}; check database_url and the server")
        return error

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()


def forms_of(connection: Connection) -> StoryForms:
    """The forms of address that the sources name, for use in a transaction of `Database`."""
    forms: Callable[[], StoryForms] = connection.get_execution_options()[_FORMS]
    return forms()


def _parsed(url: str) -> sa.URL:
    try:
        return make_url(url)
    except exc.ArgumentError as error:
        raise _unusable("(not shown, it may hold a password)", error) from error


def _unusable(shown: str, error: Exception) -> StoreError:
    return StoreError(
        f"database_url {shown} cannot be used: {_first_line(error)}; "
        "write postgresql+psycopg://user@host/name, or leave it out for SQLite"
    )


def _prepare_sqlite(busy_timeout_seconds: float, connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # the driver must not begin transactions: `read` and `write` do
    cursor = connection.cursor()
    use_wal(cursor, time.monotonic() + busy_timeout_seconds)
    # FULL: a power cut must not lose an index revision that the engine was given
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA secure_delete = ON")  # overwrite what is forgotten; Debian's SQLite does so by default
    cursor.execute(f"PRAGMA journal_size_limit = {KEPT_LOG_BYTES}")  # else it never shrinks
    cursor.execute("PRAGMA cache_size = -8192")  # KiB per connection; the system caches the file anyway
    cursor.close()


def use_wal(cursor: sqlite3.Cursor, deadline: float) -> None:
    """Switch to write-ahead logging. If several processes do so at once, SQLite refuses some without waiting."""
    while True:
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() >= deadline:
                raise
        time.sleep(WAL_PAUSE_SECONDS)


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
