"""`backup` and `restore`: the record, the settings and the sources, in one folder."""

from __future__ import annotations

import os
import shutil
import sys
from datetime import datetime
from pathlib import Path

from cli.output import console, counted, mebibytes, print_json, progress_bar
from cli.wiring import installation, settings_here, working_folder
from config.load import settings_file
from config.sources import source_files
from news.errors import ConfigError, NotFoundError
from store.backups.backup import back_up
from store.backups.last import NAME as LAST
from store.backups.last import record_backup
from store.backups.manifest import Manifest, read_manifest
from store.backups.restore import restore
from store.clock import utc_now

SETTINGS, SOURCES = "settings", "sources"  # folders of a backup


def make_backup(folder: Path, *, without_database: bool, as_json: bool) -> None:
    """Back up the current installation into a new folder."""
    settings = settings_here()
    others = {f"{SOURCES}/{path.name}": path for path in _own_sources(settings.sources_dir)}
    file = settings_file(None, environ=os.environ, cwd=working_folder())
    if file is not None:
        others[f"{SETTINGS}/{file.name}"] = file
    with progress_bar(quiet=as_json) as bar:
        task = bar.add_task("backup", total=None)
        manifest = back_up(
            settings.data_dir,
            folder,
            database_url=settings.database_url,
            with_database=not without_database,
            others=others,
            now=utc_now(),
            on_progress=lambda done, total: bar.update(task, completed=done, total=total),
        )
    if manifest.has_database or _is_postgresql(settings.database_url):
        _record(settings.data_dir, manifest.made_at)
    if as_json:
        print_json(_facts(folder, manifest))
        return
    size = mebibytes(manifest.size_bytes)
    console.print(f"backed up {counted(len(manifest.files), 'file')}, {size}, into {folder}")
    if manifest.has_database:
        counts = manifest.counts
        names = {"articles": "article", "versions": "version", "urls": "URL"}
        console.print(", ".join(counted(counts[name], what) for name, what in names.items()))
    for name in manifest.missing:
        console.print(f"the archive has lost {name} or its end; its pages cannot be read again")


def _is_postgresql(database_url: str | None) -> bool:
    """Whether the database is backed up by its own means; with SQLite a backup without its database is incomplete."""
    return database_url is not None and not database_url.startswith("sqlite")


def _record(data_dir: Path, made_at: datetime) -> None:
    """Record when the backup was made; the backup is good even if that cannot be written."""
    try:
        record_backup(data_dir, at=made_at)
    except OSError as error:
        told = f"{data_dir / LAST} cannot be written ({error.strerror}), so status and doctor miss this backup"
        print(f"newsdex: {told}; the backup itself is whole", file=sys.stderr)


def restore_backup(folder: Path, *, as_json: bool) -> None:
    """Restore a backup into the data folder of the settings, and the sources that are missing there."""
    settings = settings_here()
    if not folder.is_dir():
        raise NotFoundError(f"{folder}: there is no such folder; name one that `newsdex backup` made")
    if settings.database_url is not None and read_manifest(folder).has_database:
        raise ConfigError(
            f"{folder} holds an SQLite database, and database_url names another one; restore without database_url"
        )
    with progress_bar(quiet=as_json) as bar:
        task = bar.add_task("restore", total=None)
        manifest = restore(
            folder,
            settings.data_dir,
            on_progress=lambda done, total: bar.update(task, completed=done, total=total),
        )
    if manifest.has_database:
        with installation(settings) as opened:
            opened.store.check()  # opening it also migrates the record of an older newsdex
    copied = _restore_sources(folder / SOURCES, settings.sources_dir)
    if as_json:
        print_json(_facts(folder, manifest))
        return
    made = f"{manifest.made_at:%Y-%m-%d %H:%M} UTC"
    console.print(f"restored {counted(len(manifest.files), 'file')} of {made} into {settings.data_dir}")
    if copied is None and (folder / SOURCES).is_dir():
        console.print(f"your source files wait in {folder / SOURCES}: set sources_dir and copy them")
    if (folder / SETTINGS).is_dir():
        console.print(f"the settings of then are in {folder / SETTINGS}; compare them with yours")
    if not manifest.has_database:
        console.print("the database is not in it: put it back with `pg_restore --dbname=DATABASE newsdex.pgdump`")
    console.print("next: newsdex reindex")


def _own_sources(folder: Path | None) -> list[Path]:
    return [] if folder is None else source_files(folder)


def _restore_sources(saved: Path, sources_dir: Path | None) -> int | None:
    """Copy the source files missing in `sources_dir`; returns how many, or None when no such folder is set."""
    if sources_dir is None or not saved.is_dir():
        return None
    sources_dir.mkdir(parents=True, exist_ok=True)
    new = [path for path in source_files(saved) if not (sources_dir / path.name).exists()]
    for path in new:
        shutil.copyfile(path, sources_dir / path.name)
    return len(new)


def _facts(folder: Path, manifest: Manifest) -> dict[str, object]:
    return {
        "folder": str(folder),
        "made_at": manifest.made_at,
        "files": len(manifest.files),
        "bytes": manifest.size_bytes,
        "counts": manifest.counts,
        "missing": manifest.missing,
    }
