"""A private PostgreSQL for tests: on a socket in a temporary folder, stopped and removed at the end."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from store.database import Database
from store.migrate import migrate
from tests.support.needs import miss

ACCOUNT = "postgres"
INSTALL = "no PostgreSQL here; apt-get install postgresql, or set NEWSDEX_TEST_POSTGRESQL to a server's URL"
STEP_SECONDS = 600
# A test's server may forget everything in a power cut; the store under test is killed, the server never
FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c shared_buffers=16MB -c max_connections=60"


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


@pytest.fixture
def postgresql_tables(postgresql_url: str, _postgresql_template: str) -> Iterator[str]:
    """The URL of a database that has nothing in its tables, dropped after the test."""
    with _database(postgresql_url, like=_postgresql_template) as url:
        yield url


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
