"""A private PostgreSQL for tests: on a socket in a temporary folder, stopped and removed at the end."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from store.migrate import migrate
from store.sql.database import Database
from tests.support.needs import miss

ACCOUNT = "postgres"
INSTALL = "no PostgreSQL here; apt-get install postgresql, or set NEWSDEX_TEST_POSTGRESQL to a server's URL"
STEP_SECONDS = 600
# A test's server may forget everything in a power cut; the store under test is killed, the server never
FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c shared_buffers=16MB -c max_connections=60"

_END_OTHERS = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()"""
_TABLES = "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'"
_RESTART_SEQUENCES = (
    "SELECT setval(format('%%I.%%I', schemaname, sequencename)::regclass, 1, false) FROM pg_sequences"
    " WHERE last_value IS NOT NULL"
)
_STRUCTURE = """SELECT (SELECT string_agg(version_num, ',') FROM alembic_version), md5(string_agg(concat_ws(' ',
    relname, relkind, relhastriggers, pg_get_indexdef(CASE WHEN relkind = 'i' THEN oid END),
    (SELECT string_agg(concat_ws(' ', attname, atttypid, attnotnull), ',' ORDER BY attnum) FROM pg_attribute
     WHERE attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped)), ';' ORDER BY relname))
    FROM pg_class WHERE relnamespace = 'public'::regnamespace"""


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """The URL of a server whose databases tests may make and drop."""
    given = os.environ.get("NEWSDEX_TEST_POSTGRESQL")
    if given:
        yield given
        return
    programs = _programs()
    if programs is None:
        miss(INSTALL)
    with _cluster(programs) as socket_folder:
        yield f"postgresql+psycopg://{ACCOUNT}@/postgres?host={socket_folder}"


@pytest.fixture
def postgresql_database(postgresql_url: str) -> Iterator[str]:
    """The URL of an empty database, dropped after the test."""
    with _database(postgresql_url) as url:
        yield url


@pytest.fixture(scope="session")
def _postgresql_template(postgresql_url: str) -> Iterator[str]:
    """The name of a database that has the tables: a copy costs a tenth of the migrations."""
    with _database(postgresql_url) as url:
        with closing(Database(url)) as database:
            migrate(database)
        yield str(sa.make_url(url).database)


@pytest.fixture(scope="session")
def _postgresql_spare(postgresql_url: str) -> Iterator[list[tuple[str, ExitStack]]]:
    """Databases with empty tables that a test had: making another takes ten times as long as emptying one."""
    spare: list[tuple[str, ExitStack]] = []
    yield spare
    for _, made in spare:
        made.close()


@pytest.fixture
def postgresql_tables(
    postgresql_url: str, _postgresql_template: str, _postgresql_spare: list[tuple[str, ExitStack]]
) -> Iterator[str]:
    """The URL of a database that has nothing in its tables."""
    template = sa.make_url(postgresql_url).set(database=_postgresql_template).render_as_string(hide_password=False)
    if _postgresql_spare:
        url, made = _postgresql_spare.pop()
    else:
        made = ExitStack()
        url = made.enter_context(_database(postgresql_url, like=_postgresql_template))
    yield url
    if _emptied(url, template):
        _postgresql_spare.append((url, made))
    else:
        made.close()


@contextmanager
def _database(server_url: str, *, like: str = "template1") -> Iterator[str]:
    name = f"newsdex_{uuid.uuid4().hex[:12]}"
    server = sa.create_engine(server_url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with server.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE {like}")
    try:
        yield sa.make_url(server_url).set(database=name).render_as_string(hide_password=False)
    finally:
        with server.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")


def _emptied(url: str, template: str) -> bool:
    """End what still uses a database and empty its tables; False where a test left other tables than it found."""
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with engine.begin() as connection:
        connection.exec_driver_sql(_END_OTHERS)
        names = [row[0] for row in connection.exec_driver_sql(_TABLES)]
        looks = (f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name})" for name in names if name != "alembic_version")
        written = list(connection.exec_driver_sql(" UNION ALL ".join(looks)).scalars())
        if written:
            connection.exec_driver_sql(f"TRUNCATE {', '.join(written)} RESTART IDENTITY CASCADE")
        connection.exec_driver_sql(_RESTART_SEQUENCES)
        found = connection.exec_driver_sql(_STRUCTURE).one()
    return bool(found == _structure(template))


@cache
def _structure(url: str) -> Any:
    with sa.create_engine(url, poolclass=sa.NullPool).connect() as connection:
        return connection.exec_driver_sql(_STRUCTURE).one()


def _programs() -> Path | None:
    """The folder with both initdb and pg_ctl: of the newest version installed, or on the PATH."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: -int(folder.parent.name))
    on_path = shutil.which("initdb")
    folders = installed + ([Path(on_path).resolve().parent] if on_path else [])
    return next((f for f in folders if (f / "initdb").exists() and (f / "pg_ctl").exists()), None)


@contextmanager
def _cluster(programs: Path) -> Iterator[Path]:
    # Directly under the system's temporary folder: a socket's path may have 107 bytes, pytest's folders are deep
    folder = Path(tempfile.mkdtemp(prefix="newsdex-pg-"))
    as_root = os.geteuid() == 0
    if as_root:  # the server refuses to run as root
        shutil.chown(folder, ACCOUNT)

    def run(program: str, *arguments: str) -> None:
        with (folder / "log").open("ab") as log:
            done = subprocess.run(
                [str(programs / program), *arguments],
                cwd=folder,
                user=ACCOUNT if as_root else None,
                group=ACCOUNT if as_root else None,
                extra_groups=[] if as_root else None,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                timeout=STEP_SECONDS,
                check=False,
            )
        if done.returncode != 0:
            log_text = (folder / "log").read_text(errors="replace")
            raise RuntimeError(f"{program} failed with {done.returncode}:\n{log_text[-2000:]}")

    data = str(folder / "data")
    try:
        run("initdb", "-D", data, "-U", ACCOUNT, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        run("pg_ctl", "-D", data, "-w", "-o", f"-k {folder} -c listen_addresses='' {FAST}", "start")
        try:
            yield folder
        finally:
            run("pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
