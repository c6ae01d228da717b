"""Backups taken while others write are whole, and a restored one is the record it was."""

from __future__ import annotations

import json
import os
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cli.commands.backup import make_backup, restore_backup
from cli.commands.status import print_status
from news.errors import ConfigError, StoreError
from store.archive.check import Checked, check_archive
from store.archive.names import archive_files
from store.backups.backup import back_up
from store.backups.last import NAME as LAST
from store.backups.last import last_backup_at
from store.backups.manifest import Manifest, read_manifest
from store.backups.restore import STAGE, restore
from store.records import ArchiveRef
from store.service import Store
from tests.support.busy_store import save
from tests.support.processes import line_of, python
from tests.support.warcs import append_about

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
FILE_BYTES = 1 << 20
ARTICLES = 8


def open_store(folder: Path) -> Store:
    return Store.open(folder, max_archive_file_bytes=FILE_BYTES)


def take_backup(data: Path, folder: Path, **others: Path) -> Manifest:
    return back_up(data, folder, database_url=None, others=others, now=NOW)


def read_every_page(store: Store) -> int:
    """Read the archived page of each version; how many there are."""
    articles = store.articles.iterate_live(limit=100_000)
    for stored in articles:
        (version,) = store.articles.versions(stored.id)
        assert version.warc_file is not None
        assert version.warc_offset is not None
        ref = ArchiveRef(
            warc_file=version.warc_file,
            warc_offset=version.warc_offset,
            payload_digest=version.payload_digest or "",
        )
        assert store.archive.read(ref).url == stored.url
    return len(articles)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with articles, its archive file as a killed process leaves it."""
    folder = tmp_path / "data"
    store = open_store(folder)
    for number in range(ARTICLES):
        save(store, number)
    store.close()
    (finished,) = (folder / "archive").rglob("*.warc.gz")
    finished.rename(finished.with_name(finished.name + ".open"))
    return folder


def test_backups_under_write_load_restore_to_what_their_manifest_counts(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with python("tests.support.busy_store", str(data), FILE_BYTES) as writer:
        line_of(writer)
        manifests = []
        for number in range(5):
            manifests.append(take_backup(data, tmp_path / f"backup{number}"))
            said = 0  # what it said before the backup stands in the pipe
            while said <= manifests[-1].counts["articles"]:
                said = int(line_of(writer))
    counts = [manifest.counts["articles"] for manifest in manifests]
    assert counts == sorted(set(counts)), "every backup was taken of a record that had grown"
    for number, manifest in enumerate(manifests):
        again = tmp_path / f"again{number}"
        restore(tmp_path / f"backup{number}", again)
        store = open_store(again)
        try:
            store.check()
            found = store.counts()
            assert {"articles": found.articles, "versions": found.versions, "urls": found.urls} == manifest.counts
            assert read_every_page(store) == found.articles
        finally:
            store.close()
        assert manifest.missing == ()


def test_a_restored_record_is_not_held_by_the_daemon_of_the_original(data: Path, tmp_path: Path) -> None:
    running = open_store(data)
    assert running.leases.acquire(["daemon"], now=NOW).granted
    take_backup(data, tmp_path / "backup")
    assert running.leases.holder_of("daemon", now=NOW) is not None, "the original goes on"
    running.close()
    assert [path.name for path in (tmp_path / "backup").glob("newsdex.sqlite*")] == ["newsdex.sqlite"]

    restore(tmp_path / "backup", tmp_path / "again")

    again = open_store(tmp_path / "again")
    assert again.leases.holder_of("daemon", now=NOW) is None
    again.close()


def test_a_restored_archive_has_the_index_of_the_file_that_was_being_written(data: Path, tmp_path: Path) -> None:
    store = open_store(data)
    save(store, ARTICLES)
    take_backup(data, tmp_path / "backup")
    store.close()
    restore(tmp_path / "backup", tmp_path / "again")
    archive = tmp_path / "again" / "archive"
    assert [str(fault) for fault in check_archive(archive, archive_files(archive), [], Checked())] == []


def test_half_written_record_at_the_end_is_left_out(data: Path, tmp_path: Path) -> None:
    (open_file,) = (data / "archive").rglob("*.open")
    whole = open_file.stat().st_size
    with open_file.open("ab") as file:
        file.write(b"\x1f\x8b\x08\x00half of a record")

    take_backup(data, tmp_path / "backup")

    (copied,) = (tmp_path / "backup" / "archive").rglob("*.warc.gz")
    assert copied.stat().st_size == whole


def test_finished_archive_files_are_links_and_open_ones_copies(data: Path, tmp_path: Path) -> None:
    store = open_store(data)
    append_about(store.archive, "https://busy.example/", NOW)  # finishes the older day's file
    take_backup(data, tmp_path / "backup")
    store.close()

    links = {path.name: path.stat().st_nlink for path in (tmp_path / "backup" / "archive").rglob("*.warc.gz")}
    assert sorted(links.values()) == [1, 2]


def test_archive_files_are_copied_where_links_are_refused(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(source: Path, target: Path) -> None:
        raise OSError(18, "Invalid cross-device link")

    open_store_and_finish(data)
    monkeypatch.setattr(os, "link", refuse)
    take_backup(data, tmp_path / "backup")
    (copied,) = (tmp_path / "backup" / "archive").rglob("*.warc.gz")
    assert copied.stat().st_nlink == 1


def open_store_and_finish(data: Path) -> None:
    """Let a store finish what the killed one left."""
    store = open_store(data)
    append_about(store.archive, "https://busy.example/", datetime(2026, 11, 20, 1, tzinfo=UTC))
    store.close()


def test_lost_archive_file_is_named(data: Path, tmp_path: Path) -> None:
    (lost,) = (data / "archive").rglob("*.open")
    lost.unlink()
    manifest = take_backup(data, tmp_path / "backup")
    assert manifest.missing == (lost.relative_to(data / "archive").as_posix().removesuffix(".open"),)
    assert read_manifest(tmp_path / "backup").missing == manifest.missing


def test_files_of_the_caller_are_kept_beside(data: Path, tmp_path: Path) -> None:
    settings = tmp_path / "newsdex.yaml"
    settings.write_text("data_dir: data\n")
    take_backup(data, tmp_path / "backup", **{"settings/newsdex.yaml": settings})
    assert (tmp_path / "backup" / "settings" / "newsdex.yaml").read_text() == "data_dir: data\n"
    assert "settings/newsdex.yaml" in {file.path for file in read_manifest(tmp_path / "backup").files}


def test_what_may_hold_passwords_is_for_the_owner_only(data: Path, tmp_path: Path) -> None:
    settings = tmp_path / "newsdex.yaml"
    settings.write_text("data_dir: data\n")
    (tmp_path / "backup").mkdir(mode=0o755)
    take_backup(data, tmp_path / "backup", **{"settings/newsdex.yaml": settings})
    for name in ("settings/newsdex.yaml", "newsdex.sqlite"):
        assert (tmp_path / "backup" / name).stat().st_mode & 0o077 == 0


def test_full_disk_leaves_nothing_behind(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("shutil.copyfileobj", full)
    with pytest.raises(StoreError, match="No space left on device; nothing of it is kept"):
        take_backup(data, tmp_path / "backup")
    assert list((tmp_path / "backup").iterdir()) == []


@pytest.mark.parametrize("where", ["data/inside", "full"])
def test_folder_that_is_not_fit_is_refused(data: Path, tmp_path: Path, where: str) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "kept").touch()
    with pytest.raises(ConfigError, match=r"name one outside|is not empty"):
        take_backup(data, tmp_path / where)
    assert (tmp_path / "full" / "kept").exists()


def test_damaged_database_makes_no_backup(data: Path, tmp_path: Path) -> None:
    with (data / "newsdex.sqlite").open("r+b") as file:
        file.seek(4096 * 3)
        file.write(b"\xff" * 4096)
    with pytest.raises(StoreError, match=r"newsdex\.sqlite"):
        take_backup(data, tmp_path / "backup")
    assert list((tmp_path / "backup").iterdir()) == []


def test_backup_of_nothing_says_so(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="nothing was stored yet"):
        take_backup(tmp_path / "data", tmp_path / "backup")


@pytest.mark.postgresql
def test_postgresql_is_told_to_use_its_own_tool(postgresql_database: str, tmp_path: Path) -> None:
    data = tmp_path / "data"
    Store.open(data, database_url=postgresql_database, max_archive_file_bytes=FILE_BYTES).close()
    with pytest.raises(StoreError, match="pg_dump --format=custom"):
        back_up(data, tmp_path / "backup", database_url=postgresql_database, others={}, now=NOW)
    manifest = back_up(
        data, tmp_path / "backup", database_url=postgresql_database, with_database=False, others={}, now=NOW
    )
    assert not manifest.has_database


def test_backup_without_database_restores_the_archive_alone(data: Path, tmp_path: Path) -> None:
    back_up(data, tmp_path / "backup", database_url=None, with_database=False, others={}, now=NOW)
    assert not restore(tmp_path / "backup", tmp_path / "again").has_database
    assert [path.name for path in (tmp_path / "again").iterdir()] == ["archive"]


@pytest.fixture
def settled(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder, which the settings name."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NEWSDEX_CONFIG", raising=False)
    (tmp_path / "newsdex.yaml").write_text("data_dir: data\nsources_dir: sources\n")
    (tmp_path / "sources").mkdir()
    return data


def test_when_the_last_good_backup_was_made_is_recorded_and_told(
    settled: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_backup(tmp_path / "part", without_database=True, as_json=True)
    with pytest.raises(ConfigError, match="is not empty"):
        make_backup(tmp_path / "part", without_database=False, as_json=True)
    assert last_backup_at(settled) is None, "neither is a whole backup"
    capsys.readouterr()
    print_status(as_json=False)
    assert "last backup: none yet\n" in capsys.readouterr().out

    make_backup(tmp_path / "whole", without_database=False, as_json=True)
    made_at = read_manifest(tmp_path / "whole").made_at
    assert last_backup_at(settled) == made_at
    capsys.readouterr()
    print_status(as_json=False)
    assert re.search(r"^last backup: \d{4}-\d\d-\d\d \d\d:\d\d$", capsys.readouterr().out, re.MULTILINE)
    print_status(as_json=True)
    assert datetime.fromisoformat(json.loads(capsys.readouterr().out)["last_backup_at"]) == made_at


def test_what_newsdex_saves_beside_postgresql_is_recorded(
    settled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSDEX_DATABASE_URL", "postgresql+psycopg://newsdex@localhost/newsdex")
    make_backup(tmp_path / "beside", without_database=True, as_json=True)
    assert last_backup_at(settled) == read_manifest(tmp_path / "beside").made_at


def test_backup_stays_good_where_its_time_cannot_be_recorded(
    settled: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (settled / LAST).mkdir()
    make_backup(tmp_path / "backup", without_database=False, as_json=True)
    assert f"{settled.name}/{LAST} cannot be written" in capsys.readouterr().err
    assert read_manifest(tmp_path / "backup").has_database
    assert last_backup_at(settled) is None


def test_record_of_a_backup_that_holds_no_time_is_none(tmp_path: Path) -> None:
    (tmp_path / LAST).write_bytes(b"yesterday \xff")
    assert last_backup_at(tmp_path) is None


def test_sqlite_is_not_restored_under_settings_that_name_another_database(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_backup(data, tmp_path / "backup")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NEWSDEX_DATA_DIR", "again")
    monkeypatch.setenv("NEWSDEX_DATABASE_URL", "postgresql+psycopg://newsdex@localhost/newsdex")
    with pytest.raises(ConfigError, match="restore without database_url"):
        restore_backup(tmp_path / "backup", as_json=True)
    assert not (tmp_path / "again").exists()


@pytest.mark.parametrize("path", ["newsdex.sqlite", "archive"])
def test_changed_file_is_refused_and_nothing_restored(data: Path, tmp_path: Path, path: str) -> None:
    backup = tmp_path / "backup"
    take_backup(data, backup)
    chosen = backup / path if path != "archive" else next((backup / path).rglob("*.warc.gz"))
    with chosen.open("r+b") as file:
        file.seek(100)
        file.write(b"\x00\x01\x02")
    with pytest.raises(StoreError, match="is not what was backed up"):
        restore(backup, tmp_path / "again")
    assert list((tmp_path / "again").iterdir()) == []


def test_missing_file_is_refused(data: Path, tmp_path: Path) -> None:
    take_backup(data, tmp_path / "backup")
    (tmp_path / "backup" / "newsdex.sqlite").unlink()
    with pytest.raises(StoreError, match="is missing from the backup"):
        restore(tmp_path / "backup", tmp_path / "again")


def test_data_folder_with_anything_in_it_is_refused(data: Path, tmp_path: Path) -> None:
    take_backup(data, tmp_path / "backup")
    with pytest.raises(StoreError, match="is not empty"):
        restore(tmp_path / "backup", data)


def test_restore_goes_on_where_one_was_killed(data: Path, tmp_path: Path) -> None:
    take_backup(data, tmp_path / "backup")
    (tmp_path / "again" / STAGE / "archive").mkdir(parents=True)
    restore(tmp_path / "backup", tmp_path / "again")
    assert not (tmp_path / "again" / STAGE).exists()
    assert open_and_count(tmp_path / "again") == ARTICLES


def open_and_count(folder: Path) -> int:
    """Live articles of a data folder."""
    store = open_store(folder)
    try:
        return store.counts().articles
    finally:
        store.close()


@pytest.mark.parametrize("path", ["../outside", "/etc/passwd", "archive/../../x", "a\\b", ""])
def test_manifest_that_leads_out_is_refused(data: Path, tmp_path: Path, path: str) -> None:
    take_backup(data, tmp_path / "backup")
    file = tmp_path / "backup" / "manifest.json"
    value = json.loads(file.read_text())
    value["files"][0]["path"] = path
    file.write_text(json.dumps(value))
    with pytest.raises(StoreError, match="leads out of the backup"):
        restore(tmp_path / "backup", tmp_path / "again")


def test_symbolic_link_in_a_backup_is_refused(data: Path, tmp_path: Path) -> None:
    backup = tmp_path / "backup"
    take_backup(data, backup)
    (backup / "newsdex.sqlite").rename(tmp_path / "elsewhere")
    (backup / "newsdex.sqlite").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(StoreError, match="symbolic link"):
        restore(backup, tmp_path / "again")


@pytest.mark.parametrize("text", ["", "[]", '{"format": 9}', '{"format": 1}'])
def test_folder_without_a_manifest_of_ours_is_no_backup(tmp_path: Path, text: str) -> None:
    if text:
        (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(StoreError if text else ConfigError, match="manifest"):
        restore(tmp_path, tmp_path / "again")
