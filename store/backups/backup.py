"""Backing up the record while it is being written.

The database is copied first, as of one moment, and the archive after it. A page is in the archive before the
transaction that names it, so the archive's copy holds everything that the database's copy names.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from news.errors import ConfigError, StoreError
from store.archive.index import index_of, index_path, write_index
from store.archive.names import finished_path, is_open
from store.archive.tail import good_bytes
from store.articles.states import IS_LIVE
from store.backups.manifest import Manifest, described, write_manifest
from store.forgetting.forgotten_list import NAME
from store.schema import article, article_version, fetch, lease, url
from store.sql.database import Database, lacks_room, sqlite_url
from store.syncing import sync_path

DATABASE, ARCHIVE = "newsdex.sqlite", "archive"
OWNER_ONLY = 0o600


def back_up(
    data_dir: Path,
    folder: Path,
    *,
    database_url: str | None,
    with_database: bool = True,
    others: Mapping[str, Path],
    now: datetime,
    on_progress: Callable[[int, int], None] = lambda done, total: None,
) -> Manifest:
    """Copy the record of a data folder into a new or empty folder, while other processes go on writing.

    `others` are more files to include, by their path in the backup. Finished archive files become hard links if the
    file system allows it. If the backup fails, what was made of it is removed. Raises StoreError, and
    ConfigError for a folder that is not fit.
    """
    source = _sqlite_file(data_dir, database_url) if with_database else None
    _make_new(folder, data_dir)
    try:
        with _reported(folder):
            counts, named = _copy_database(source, folder / DATABASE) if source else ({}, {})
            paths = [DATABASE] if source else []
            paths += _copy_archive(data_dir / ARCHIVE, folder)
            paths += _copy_others({**others, NAME: data_dir / NAME} if (data_dir / NAME).is_file() else others, folder)
            files = []
            for path_in_backup in paths:
                files.append(described(folder, path_in_backup))
                on_progress(len(files), len(paths))
            sizes = {file.path: file.size_bytes for file in files}
            missing = [name for name, end in named.items() if sizes.get(f"{ARCHIVE}/{name}", 0) <= end]
            manifest = Manifest(
                made_at=now,
                has_database=source is not None,
                counts=counts,
                missing=tuple(sorted(missing)),
                files=tuple(files),
            )
            write_manifest(folder, manifest)
            _sync_all(folder)
    except BaseException:
        _empty(folder)
        raise
    return manifest


def _sqlite_file(data_dir: Path, database_url: str | None) -> Path:
    with closing(Database(database_url or sqlite_url(data_dir / DATABASE))) as database:
        if not database.is_sqlite:
            raise StoreError(
                "the database is PostgreSQL: save it first with `pg_dump --format=custom --file=newsdex.pgdump "
                "DATABASE`, then run this again with --without-database for the archive, settings and sources"
            )
        path = Path(str(database.name))
    if not path.is_file():
        raise StoreError(f"{path} is not there: nothing was stored yet; check data_dir")
    return path


def _make_new(folder: Path, data_dir: Path) -> None:
    if folder.resolve().is_relative_to(data_dir.resolve()):
        raise ConfigError(f"{folder} lies in the data folder itself; name one outside {data_dir}")
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if any(folder.iterdir()):
            raise ConfigError(f"{folder} is not empty; name a new folder for each backup")
    except OSError as error:
        raise ConfigError(f"{folder} cannot be made: {error.strerror}; name another folder") from error


def _copy_database(source: Path, target: Path) -> tuple[dict[str, int], dict[str, int]]:
    """Copy as of one moment and check the whole copy; return its counts and the last offset named in each file."""
    address = f"{source.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as reading, closing(sqlite3.connect(target)) as writing:
        reading.backup(writing)  # all pages in one step: a reader's snapshot, which blocks no writer
    target.chmod(OWNER_ONLY)
    with closing(Database(sqlite_url(target))) as copied:
        try:
            copied.check()
        except StoreError as error:
            raise StoreError(f"{source} is damaged, so it cannot be backed up: {error}") from error
        with copied.write() as connection:  # leases on the original do not apply to the copy
            connection.execute(sa.delete(lease))
        with copied.read() as connection:
            counts = {
                name: int(connection.execute(sa.select(sa.func.count()).select_from(table).where(which)).scalar_one())
                for name, table, which in (
                    ("articles", article, IS_LIVE),
                    ("versions", article_version, sa.true()),
                    ("urls", url, sa.true()),
                )
            }
            named: dict[str, int] = {}
            for table in (fetch, article_version):
                query = sa.select(table.c.warc_file, sa.func.max(table.c.warc_offset)).group_by(table.c.warc_file)
                for name, end in connection.execute(query.where(table.c.warc_file.is_not(None))):
                    named[str(name)] = max(named.get(str(name), 0), int(end))
    return counts, named


def _copy_archive(archive: Path, folder: Path) -> list[str]:
    """Link or copy every archive file under its lasting name; return the paths in the backup."""
    copied: dict[str, None] = {}  # each once, in order
    for found in sorted(path for path in archive.rglob("*") if path.is_file() and not path.is_symlink()):
        unfinished = is_open(found)
        lasting = finished_path(found) if unfinished else found
        name = f"{ARCHIVE}/{lasting.relative_to(archive).as_posix()}"
        if name in copied:  # listed under both names, since it was finished in between
            continue
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        kept = _copy_open(found, lasting, folder / name) if unfinished else _link(found, folder / name)
        if not kept:
            continue
        copied[name] = None
        if unfinished:  # in the copy it is a finished file, so it needs its index; an earlier writer may have left one
            write_index(folder / name, index_of(folder / name))
            copied[index_path(folder / name).relative_to(folder).as_posix()] = None
    return list(copied)


def _copy_open(found: Path, lasting: Path, target: Path) -> bool:
    """Copy the whole records that a file holds now; False if it holds none."""
    try:
        with found.open("rb") as reading, target.open("wb") as writing:
            shutil.copyfileobj(reading, writing)
    except FileNotFoundError:  # finished or dropped just now
        target.unlink(missing_ok=True)
        return lasting.is_file() and _link(lasting, target)
    with target.open("r+b") as copy:
        good = good_bytes(copy)
        copy.truncate(good)
    if good == 0:
        target.unlink()
    return good > 0


def _copy_others(others: Mapping[str, Path], folder: Path) -> list[str]:
    for name, path in others.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, folder / name)
        (folder / name).chmod(OWNER_ONLY)  # settings may hold passwords
    return list(others)


def _link(found: Path, target: Path) -> bool:
    try:
        os.link(found, target)
    except FileNotFoundError:
        return False
    except OSError:  # another file system, or one without links
        shutil.copyfile(found, target)
    return True


def _sync_all(folder: Path) -> None:
    for path in (*sorted(folder.rglob("*")), folder):
        sync_path(path)


def _empty(folder: Path) -> None:
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


@contextmanager
def _reported(folder: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        why = getattr(error, "strerror", None) or str(error)
        if lacks_room(error):
            why = f"no space left beside the database ({why}); free a megabyte there"
        raise StoreError(f"the backup in {folder} cannot be made: {why}; nothing of it is kept") from error
