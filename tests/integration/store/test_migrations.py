"""Making and upgrading the tables. Runs on both databases."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from news.article_record import article_record
from news.urls import url_key
from store.errors import SchemaTooNew
from store.migrate import HEAD, migrate
from store.schema import article, article_alias, article_version, metadata, outbox
from store.schema.columns import Instant
from store.sql.database import use_wal
from tests.support.processes import line_of, python
from tests.support.stores import NOW, Place, add_urls, make_story

PROCESSES = 4


def test_the_migrations_make_the_tables_the_program_works_with(bare_place: Place) -> None:
    database = bare_place.database()
    migrate(database)
    with database.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_the_newest_migration_is_the_one_the_program_knows() -> None:
    config = Config()
    config.set_main_option("script_location", "store:migrations")
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_opening_again_keeps_what_is_there(place: Place) -> None:
    add_urls(place.open(), "https://paper.example/a")
    assert place.open().counts().urls == 1


def test_what_an_older_program_quarantined_is_a_dead_letter(bare_place: Place) -> None:
    row = {"article_id": "a" * 16, "revision": 1, "state": "quarantined", "reason": "no", "attempt_count": 1}
    with _as_of(bare_place, "0010") as connection:
        connection.execute(sa.insert(outbox).values(**row, enqueued_at=NOW, next_attempt_at=NOW))
    assert bare_place.open().outbox.dead(limit=9) == [("a" * 16, "no")]


def test_articles_and_what_waits_for_the_index_outlive_what_leaves_their_table(bare_place: Place) -> None:
    url, digest = "https://paper.example/a", "0" * 64
    told = {"indexed_revision": 1, "indexed_at": NOW}  # of columns that are no more
    entry = {"article_id": "a1", "revision": 2, "state": "pending", "reason": "", "attempt_count": 0}
    version = {"article_id": "a1", "version": 1, "fetched_at": NOW, "content_digest": digest, "extractor_version": "8"}
    with _as_of(bare_place, "0013") as connection:
        old = sa.Table("article", sa.MetaData(), sa.Column("indexed_at", Instant), autoload_with=connection)
        row = {"id": "a1", "source_id": "paper", "url": url, "state": "live", "version": 1, "index_revision": 2}
        moments = {"first_seen_at": 1_772_366_400_000_000, "published_at": None}
        connection.execute(sa.insert(old).values(**row, **moments, **told, content_digest=digest))
        connection.execute(sa.insert(article_version).values(**version, record=article_record(make_story(url=url))))
        connection.execute(sa.insert(article_alias).values(url_key=url_key(url), url=url, article_id="a1"))
        connection.execute(sa.insert(outbox).values(**entry, enqueued_at=NOW, next_attempt_at=NOW))
    store = bare_place.open()
    (waiting,) = store.outbox.pending(limit=9, now=NOW)
    assert (waiting.article_id, waiting.revision) == ("a1", 2)
    assert waiting.stored is not None
    assert waiting.stored.first_seen_at == NOW
    with bare_place.database().read() as connection:
        columns = {column["name"] for column in sa.inspect(connection).get_columns("article")}
        indexes = {index["name"] for index in sa.inspect(connection).get_indexes("article")}
    assert columns == {column.name for column in article.columns}
    assert indexes == {index.name for index in article.indexes}


@contextmanager
def _as_of(place: Place, revision: str) -> Iterator[sa.Connection]:
    """The tables as they were after this migration, to be filled."""
    with place.database().write() as connection:
        config = Config()
        config.set_main_option("script_location", "store:migrations")
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        yield connection


def test_a_database_of_a_later_program_is_refused_untouched(place: Place) -> None:
    place.open()
    with place.database().write() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SchemaTooNew, match=r"schema 9999.*upgrade newsdex") as refusal:
        place.open()
    assert "\n" not in str(refusal.value)
    with place.database().read() as connection:
        assert connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar_one() == "9999"


@pytest.mark.parametrize("step", [13, pytest.param(1, marks=pytest.mark.slow)])
def test_a_migration_killed_at_any_statement_leaves_the_old_schema_or_the_new(bare_place: Place, step: int) -> None:
    url = bare_place.database().url.render_as_string(hide_password=False)
    with python("tests.support.killed_migration", url, step) as process:
        left = process.communicate(timeout=600)[0].split("\n")[:-1]
        assert process.returncode == 0
    assert len(left) > len(metadata.tables) / step
    assert set(left) == {"empty", "whole"}
    assert left == sorted(left)


def test_processes_that_start_at_once_on_an_empty_place_all_come_up(bare_place: Place) -> None:
    with ExitStack() as stack:
        opening = [
            stack.enter_context(python("tests.support.open_store", str(bare_place.folder), bare_place.database_url))
            for _ in range(PROCESSES)
        ]
        for process in opening:
            assert line_of(process) == "ready"
        for process in opening:
            assert process.stdin is not None
            process.stdin.write("\n")
            process.stdin.flush()
        assert [line_of(process) for process in opening] == ["opened"] * PROCESSES


def test_a_new_file_that_others_prepare_is_waited_for(tmp_path: Path) -> None:
    holder = sqlite3.connect(tmp_path / "new.sqlite", isolation_level=None, check_same_thread=False)
    holder.execute("BEGIN EXCLUSIVE")
    impatient = sqlite3.connect(tmp_path / "new.sqlite", isolation_level=None, timeout=0)
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        use_wal(impatient.cursor(), deadline=time.monotonic())
    release = threading.Timer(0.05, holder.execute, ["COMMIT"])
    release.start()
    use_wal(impatient.cursor(), deadline=time.monotonic() + 30)
    release.join()
    assert impatient.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    holder.close()
    impatient.close()
