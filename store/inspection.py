"""Inspecting a record without changing it: it is not upgraded, and nothing that dead processes left is repaired."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from news.errors import StoreError
from store.archive.names import open_files
from store.archive.service import Archive
from store.archive.tail import good_bytes
from store.articles.states import INDEXED
from store.backups.backup import ARCHIVE, DATABASE
from store.leases.holders import Holder, is_dead
from store.migrate import HEAD, current_revision
from store.records import ArchiveRef
from store.schema import article, article_version, fetch, lease, outbox, run
from store.service import Store
from store.sql.database import Database, sqlite_url
from store.views import StoreCounts

_CHANGES_NOTHING = sa.update(lease).where(sa.false()).values(holder=lease.c.holder)  # refused if a change would be
SAMPLE_COUNT = 20  # newest versions whose archived pages are read
TOLD_COUNT = 200  # newest articles that are looked up in the index: a choice


@dataclass(frozen=True, kw_only=True, slots=True)
class TornFile:
    """An archive file whose writer died while writing a record."""

    name: str
    torn_bytes: int  # behind the last whole record


@dataclass(frozen=True, kw_only=True, slots=True)
class Inspection:
    """The findings about a record that this newsdex can read."""

    counts: StoreCounts
    leases: Mapping[str, Holder]  # those in force, by name
    dead_leases: tuple[str, ...]  # held by processes of this machine that are gone
    lost_run_count: int  # crawls begun by such processes and never ended
    keys_in_force: bool  # whether there is an API key that was not revoked
    newest_at: datetime | None  # the latest moment in the record
    torn_files: tuple[TornFile, ...]
    sampled_count: int  # archived pages that were read
    unreadable: tuple[str, ...]  # why some of these could not be read


@dataclass(frozen=True, kw_only=True, slots=True)
class Schema:
    """A database's schema compared with that of this newsdex."""

    found: str | None  # None for a database without tables
    wanted: str


def has_record(data_dir: Path, database_url: str | None) -> bool:
    """Whether there is a database at all; a PostgreSQL server is assumed to have one."""
    with closing(_database(data_dir, database_url)) as database:
        return not database.is_sqlite or Path(str(database.name)).is_file()


def schema_of(data_dir: Path, database_url: str | None) -> Schema:
    """Read the whole database and return the schema it has.

    Raises StoreError if it is damaged, does not answer, or has today's schema but cannot be written to.
    """
    with closing(_database(data_dir, database_url)) as database:
        database.check()
        with database.read() as connection:
            schema = Schema(found=current_revision(connection), wanted=HEAD)
        if database.is_sqlite:
            if not os.access(str(database.name), os.W_OK):
                raise StoreError(f"{database.name} can be read and not written; change its owner or its permissions")
        elif schema.found == schema.wanted:
            with database.write() as connection:
                connection.execute(_CHANGES_NOTHING)
        return schema


def inspect(data_dir: Path, database_url: str | None, *, now: datetime) -> Inspection:
    """Look at a record of today's schema. Raises StoreError."""
    with closing(_database(data_dir, database_url)) as database:
        archive = Archive(data_dir / ARCHIVE, max_file_bytes=1)  # read only: nothing is appended
        store = Store(database, archive)
        counts = store.counts(now=now)
        with database.read() as connection:
            query = sa.select(lease.c.name, lease.c.holder, lease.c.expires_at).order_by(lease.c.name)
            leases = [(row.name, Holder.parse(row.holder), row.expires_at) for row in connection.execute(query)]
            holders = connection.execute(sa.select(run.c.holder).where(run.c.ended_at.is_(None))).scalars().all()
            newest = [
                connection.execute(sa.select(column).order_by(table.c.id.desc()).limit(1)).scalar()
                for table, column in ((fetch, fetch.c.fetched_at), (run, run.c.heartbeat_at))
            ]
            refs = _newest_refs(connection)
        return Inspection(
            counts=counts,
            leases={name: holder for name, holder, until in leases if until > now and not is_dead(holder)},
            dead_leases=tuple(name for name, holder, _ in leases if is_dead(holder)),
            lost_run_count=sum(is_dead(Holder.parse(holder)) for holder in holders),
            keys_in_force=store.keys.in_force(),
            newest_at=max((at for at in newest if at is not None), default=None),
            torn_files=tuple(_torn_files(data_dir / ARCHIVE)),
            sampled_count=len(refs),
            unreadable=tuple(_unreadable(archive, refs)),
        )


def record_counts(data_dir: Path, database_url: str | None, *, now: datetime) -> StoreCounts:
    """The present counts of a record of today's schema. Raises StoreError."""
    with closing(_database(data_dir, database_url)) as database:
        return Store(database, Archive(data_dir / ARCHIVE, max_file_bytes=1)).counts(now=now)


def told_revisions(data_dir: Path, database_url: str | None) -> dict[str, int]:
    """The index revisions of the newest articles of which an engine confirmed the last one. Raises StoreError."""
    waits = sa.exists().where(outbox.c.article_id == article.c.id)
    query = sa.select(article.c.id, article.c.index_revision).where(article.c.state.in_(INDEXED), ~waits)
    newest = query.order_by(article.c.first_seen_at.desc()).limit(TOLD_COUNT)
    with closing(_database(data_dir, database_url)) as database, database.read() as connection:
        return {row.id: row.index_revision for row in connection.execute(newest)}


def _database(data_dir: Path, database_url: str | None) -> Database:
    return Database(database_url or sqlite_url(data_dir / DATABASE))


def _newest_refs(connection: sa.Connection) -> list[ArchiveRef]:
    columns = (article_version.c.warc_file, article_version.c.warc_offset, article_version.c.payload_digest)
    query = sa.select(*columns).where(article_version.c.warc_file.is_not(None))
    newest = query.order_by(article_version.c.fetched_at.desc()).limit(SAMPLE_COUNT)
    return [
        ArchiveRef(warc_file=row.warc_file, warc_offset=row.warc_offset, payload_digest=row.payload_digest or "")
        for row in connection.execute(newest)
    ]


def _unreadable(archive: Archive, refs: list[ArchiveRef]) -> Iterator[str]:
    for ref in refs:
        try:
            archive.read(ref)
        except StoreError as error:
            yield str(error)


def _torn_files(archive: Path) -> Iterator[TornFile]:
    for path in open_files(archive):
        with _without_writer(path) as is_free:
            if not is_free:
                continue
            with path.open("rb") as file:
                good = good_bytes(file)
                torn = path.stat().st_size - good
            if torn:
                yield TornFile(name=path.relative_to(archive).as_posix(), torn_bytes=torn)


@contextmanager
def _without_writer(path: Path) -> Iterator[bool]:
    """Whether nobody writes a file; it is locked like a reader meanwhile, so that a new writer starts another file."""
    try:
        file = path.open("rb")
    except FileNotFoundError:  # finished just now
        yield False
        return
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
