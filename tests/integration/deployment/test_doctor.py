"""The doctor on real folders, databases and indexes: it finds what is wrong and changes nothing."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

import indexer.meaning
from cli.commands.doctor import run_doctor
from config.settings import EngineSettings
from indexer.drain import drain
from indexer.engines.factory import make_engine
from news.errors import NewsdexError
from news.keys import Scope, make_key
from scheduler.lock import DaemonLock
from store.backups.last import record_backup
from store.clock import utc_now
from store.service import Store
from tests.support.busy_store import save
from tests.support.processes import dead_pid_holder

ARTICLES = 3


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder of a sound installation, which the current folder's settings name."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NEWSDEX_CONFIG", raising=False)
    (tmp_path / "newsdex.yaml").write_text("data_dir: data\nsources_dir: sources\n")
    (tmp_path / "sources").mkdir()
    folder = tmp_path / "data"
    store = Store.open(folder, max_archive_file_bytes=1 << 20)
    for number in range(ARTICLES):
        save(store, number)
    engine = make_engine(EngineSettings(), folder=folder / "index")
    engine.open()
    drain(store.outbox, engine, clock=utc_now)
    engine.close()
    store.close()
    return folder


def renders_with(folder: Path, browser: str) -> None:
    """A source whose pages are rendered by this browser."""
    source = "name: Gazette\nhome_url: https://gazette.example/\nrender: browser\n"
    (folder / "sources" / "gazette.yaml").write_text(source)
    with (folder / "newsdex.yaml").open("a") as settings:
        settings.write(f"browser: {{path: {browser}}}\n")


class Diagnosis:
    """What the doctor says."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.exit_code = 0
        try:
            run_doctor(as_json=True)
        except NewsdexError as error:
            self.exit_code = error.exit_code
        self.findings = {one["name"]: one for one in json.loads(capsys.readouterr().out)}

    def wrong(self) -> list[str]:
        return [name for name, one in self.findings.items() if one["level"] == "wrong"]

    def notes(self) -> list[str]:
        return [name for name, one in self.findings.items() if one["level"] == "note"]

    def text(self, name: str) -> str:
        return str(self.findings[name]["text"])


def statement(data: Path, sql: str, *values: object) -> None:
    with closing(sqlite3.connect(data / "newsdex.sqlite")) as connection, connection:
        connection.execute(sql, values)


def test_sound_installation_is_well(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = Diagnosis(capsys)
    assert found.exit_code == 0
    assert found.wrong() == []
    assert found.notes() == ["user agent", "daemon", "backup", "notices"]
    record_backup(data, at=utc_now())
    assert Diagnosis(capsys).notes() == ["user agent", "daemon", "notices"]
    assert found.text("index") == f"{ARTICLES} documents for {ARTICLES} articles, 0 waiting"
    assert found.text("archive") == f"newest pages that read back: {ARTICLES}"


def test_lines_are_for_people_without_json(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run_doctor(as_json=False)
    lines = capsys.readouterr().out.splitlines()
    assert "ok    database    sound, schema " in "\n".join(lines)
    assert [line for line in lines if not line.startswith(("ok ", "note "))] == []


def test_wrong_settings_end_it(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (data.parent / "newsdex.yaml").write_text("crawl:\n  delay_seconds: fast\n")
    found = Diagnosis(capsys)
    assert found.wrong() == ["settings"]
    assert "newsdex.yaml, line 2: crawl.delay_seconds" in found.text("settings")
    assert found.exit_code == 1


def test_wrong_source_is_named(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (data.parent / "sources" / "mine.yaml").write_text("name: Mine\n")
    found = Diagnosis(capsys)
    assert found.wrong() == ["sources"]
    assert "home_url: is missing" in found.text("sources")


@pytest.mark.parametrize("name", ["/proc/newsdex", "newsdex.yaml"])
def test_folder_that_cannot_be_written_is_named(data: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    (data.parent / "newsdex.yaml").write_text(f"data_dir: {name}\n")
    assert "data folder" in Diagnosis(capsys).wrong()


def test_database_that_cannot_be_written_is_found(
    data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def access(path: str, mode: int) -> bool:  # root may write whatever the file's permissions say
        return mode != os.W_OK or not path.endswith("newsdex.sqlite")

    monkeypatch.setattr("store.inspection.os.access", access)
    found = Diagnosis(capsys)
    assert found.wrong() == ["database"]
    assert "can be read and not written" in found.text("database")


def test_damaged_database_is_found(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (data / "newsdex.sqlite").open("r+b") as file:
        file.seek(4096 * 3)
        file.write(b"\xff" * 4096)
    found = Diagnosis(capsys)
    assert found.wrong() == ["database"]
    assert "put a backup in its place" in found.text("database")


def test_newer_database_is_refused_and_an_older_one_left_as_it_is(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    statement(data, "UPDATE alembic_version SET version_num = '9999'")
    assert Diagnosis(capsys).wrong() == ["database"]
    statement(data, "UPDATE alembic_version SET version_num = '0001'")
    assert "is upgraded" in Diagnosis(capsys).text("database")
    with closing(sqlite3.connect(data / "newsdex.sqlite")) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)


def test_nothing_stored_yet_is_no_fault(tmp_path: Path, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "newsdex.yaml").write_text("data_dir: fresh\n")
    found = Diagnosis(capsys)
    assert found.exit_code == 0
    assert "not there yet" in found.text("database")
    assert not (tmp_path / "fresh").exists()


def test_torn_archive_file_is_noted_and_left_as_it_is(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (finished,) = (data / "archive").rglob("*.warc.gz")
    torn = finished.with_name(finished.name + ".open")
    torn.write_bytes(finished.read_bytes() + b"\x1f\x8bhalf")
    size = torn.stat().st_size
    found = Diagnosis(capsys)
    assert "ends in 6 bytes" in found.text("archive")
    assert torn.stat().st_size == size
    assert found.exit_code == 0


def test_lost_archive_file_is_wrong(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (lost,) = (data / "archive").rglob("*.warc.gz")
    lost.unlink()
    found = Diagnosis(capsys)
    assert found.wrong() == ["archive"]
    assert f"{ARTICLES} of the {ARTICLES} newest pages cannot be read" in found.text("archive")


def test_public_address_needs_a_key_of_the_record_or_a_file(
    data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSDEX_WEB__HOST", "0.0.0.0")
    assert Diagnosis(capsys).wrong() == ["web"]
    file = data.parent / "key"
    monkeypatch.setenv("NEWSDEX_WEB__INITIAL_KEY_FILE", str(file))
    assert "cannot be read" in Diagnosis(capsys).text("web")
    file.write_text(make_key()[1] + "\n")
    assert Diagnosis(capsys).wrong() == []
    monkeypatch.delenv("NEWSDEX_WEB__INITIAL_KEY_FILE")
    store = Store.open(data, max_archive_file_bytes=1 << 20)
    store.keys.create("desk", Scope.READ, now=utc_now())
    store.close()
    assert Diagnosis(capsys).wrong() == []


def test_running_daemon_is_named(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = Store.open(data, max_archive_file_bytes=1 << 20)
    lock = DaemonLock(store.leases)
    lock.take(now=utc_now())
    found = Diagnosis(capsys)
    lock.release()
    store.close()
    assert found.text("daemon").startswith(f"process {os.getpid()} on ")


def test_leases_of_the_dead_are_noted(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    at = 1_700_000_000_000_000
    statement(data, "INSERT INTO lease VALUES ('drain', ?, ?, ?)", dead_pid_holder() + "#drain", at, at)
    found = Diagnosis(capsys)
    assert "1 leases and 0 crawls" in found.text("leases")
    assert found.exit_code == 0


def test_clock_behind_the_record_is_found(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    statement(data, "UPDATE fetch SET fetched_at = fetched_at + 100000000000000000")
    assert Diagnosis(capsys).wrong() == ["clock"]


def test_index_that_was_deleted_is_found(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path in (data / "index").glob("*.current"):
        path.unlink()
    found = Diagnosis(capsys)
    assert found.wrong() == ["engine"]
    assert "newsdex reindex" in found.text("engine")


def test_index_that_misses_an_article_is_found(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = Store.open(data, max_archive_file_bytes=1 << 20)
    save(store, ARTICLES)
    store.close()
    statement(data, "DELETE FROM outbox")
    found = Diagnosis(capsys)
    assert found.wrong() == ["index"]


def test_index_that_holds_an_article_as_it_was_before_is_found(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    statement(data, "UPDATE article SET index_revision = index_revision + 1 WHERE url LIKE '%/0'")
    found = Diagnosis(capsys)
    assert found.wrong() == ["index"]
    assert f"1 of the newest {ARTICLES} articles not as it is now" in found.text("index")


def test_entries_that_wait_too_long_are_found(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = Store.open(data, max_archive_file_bytes=1 << 20)
    save(store, ARTICLES)  # its clock is days behind
    store.close()
    found = Diagnosis(capsys)
    assert found.wrong() == ["outbox"]
    assert found.text("index").endswith("1 waiting")


def test_server_that_does_not_answer_is_found(
    data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSDEX_ENGINE__KIND", "elasticsearch")
    monkeypatch.setenv("NEWSDEX_ENGINE__ELASTICSEARCH_URL", "http://127.0.0.1:9")
    found = Diagnosis(capsys)
    assert found.wrong() == ["engine"]
    assert "http://127.0.0.1:9" in found.text("engine")


@pytest.mark.postgresql
def test_record_in_postgresql_is_looked_at_too(
    data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, postgresql_database: str
) -> None:
    monkeypatch.setenv("NEWSDEX_DATABASE_URL", postgresql_database)
    assert "has no tables yet" in Diagnosis(capsys).text("database")
    store = Store.open(data, database_url=postgresql_database, max_archive_file_bytes=1 << 20)
    save(store, 0)
    store.close()
    found = Diagnosis(capsys)
    assert found.text("database").startswith("sound")
    assert found.text("archive") == "newest pages that read back: 1"
    assert found.wrong() == ["outbox", "index"], "what waits is days old, and the index is another record's"


def test_the_sentence_model_is_looked_for_where_searches_may_ask_for_it(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "meaning" not in Diagnosis(capsys).findings
    monkeypatch.setenv("NEWSDEX_SEARCH__MEANING", "true")
    assert Diagnosis(capsys).findings["meaning"]["level"] == "ok"
    monkeypatch.setattr(indexer.meaning, "find_spec", lambda name: None)
    found = Diagnosis(capsys)
    assert found.wrong() == ["meaning"]
    assert "pip install" in found.findings["meaning"]["text"]


def test_a_browser_is_looked_for_where_a_source_wants_one(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "browser" not in Diagnosis(capsys).findings
    renders_with(tmp_path, "/nowhere/chromium")
    found = Diagnosis(capsys)
    assert found.wrong() == ["browser"]
    assert found.findings["browser"]["text"].startswith("pages of gazette are not rendered: ")
