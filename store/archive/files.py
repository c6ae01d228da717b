"""The files of the archive: which one is written, when it is full, and which ones may go."""

from __future__ import annotations

import errno
import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from news.errors import StoreError
from store.archive.index import IndexLine, index_path, write_index
from store.archive.names import (
    archive_files,
    day_of,
    finished_files,
    finished_path,
    is_open,
    lasting_name,
    new_file,
    open_files,
    open_path,
)
from store.archive.open_file import OpenFile, append_whole, claimed, mend
from store.archive.scrubs import apply_scrubs, notes_path
from store.syncing import sync_path


class ArchiveFiles:
    """Appends to the newest file of a folder; one object per process, any number of processes per folder."""

    def __init__(
        self, folder: Path, *, max_file_bytes: int, first_record: Callable[[str, datetime], bytes] | None = None
    ) -> None:
        """`first_record` makes the member that begins a new file, from the file's name and the time."""
        self._folder = folder
        self._max_file_bytes = max_file_bytes
        self._first_record = first_record
        self._open: OpenFile | None = None

    def append(self, members: bytes, at: datetime, line: IndexLine | None = None) -> tuple[str, int]:
        """Write gzip members, all or nothing; return the file's lasting name and the offset of the first member.

        `line` is the first member's index line. They are on disk after `sync`. Raises StoreError.
        """
        with self._reported():
            current = self._file_for(at, len(members))
            offset = current.size_bytes
            append_whole(current, members)
            if line is not None:
                current.lines.append(replace(line, offset=offset))
        return lasting_name(self._folder, current.path), offset

    def sync(self) -> None:
        """Force everything appended onto disk. Raises StoreError."""
        if self._open is None:
            return
        with self._reported():
            try:
                os.fsync(self._open.file.fileno())
            except OSError:
                self._open.file.close()  # what reached the disk is unknown: repaired later like a dead writer's
                self._open = None
                raise

    def close(self) -> None:
        """Sync and finish the file in use. Raises StoreError."""
        self.sync()
        if self._open is not None:
            with self._reported():
                self._finish(self._open)
            self._open = None

    def locate(self, name: str) -> Path:
        """The current path of a file, finished or not; for a missing file, the path it would have when finished."""
        finished = self._folder / name
        unfinished = open_path(finished)
        return unfinished if not finished.exists() and unfinished.exists() else finished

    def before(self, day: datetime) -> list[str]:
        """The lasting names of finished files of days before this one, oldest first."""
        finished = finished_files(self._folder)
        return [lasting_name(self._folder, path) for path in finished if path.parent.name < day_of(day)]

    def beyond(self, most_bytes: int) -> list[str]:
        """The lasting names of the oldest finished files to delete so that the rest fits `most_bytes`, if it can."""
        sizes = self._sizes()
        rest_bytes = sum(sizes.values())
        found = []
        for path, size_bytes in sizes.items():
            if rest_bytes <= most_bytes:
                break
            if not is_open(path):  # a file being written stays
                found.append(lasting_name(self._folder, path))
                rest_bytes -= size_bytes
        return found

    def byte_count(self) -> int:
        """The size of all files together, without their indexes."""
        return sum(self._sizes().values())

    def _sizes(self) -> dict[Path, int]:
        """The size in bytes of each file, finished or being written, oldest first."""
        sizes = {}
        for path in archive_files(self._folder):
            with suppress(FileNotFoundError):  # finished or deleted just now
                sizes[path] = path.stat().st_size
        return sizes

    def delete(self, name: str) -> None:
        """Delete a finished file, and its day's folder if that was the last one. Raises StoreError."""
        path = self._folder / name
        with self._reported():
            path.unlink(missing_ok=True)
            index_path(path).unlink(missing_ok=True)
            if path.parent.is_dir() and not any(path.parent.iterdir()):
                path.parent.rmdir()

    def _file_for(self, at: datetime, need_bytes: int) -> OpenFile:
        current = self._open
        if current is not None:
            full = current.size_bytes > 0 and current.size_bytes + need_bytes > self._max_file_bytes
            if full or current.path.parent.name < day_of(at):
                self.close()
        if self._open is None:
            self._open = self._resumed(at) or self._created(at)
        return self._open

    def _created(self, at: datetime) -> OpenFile:
        while True:
            path = new_file(self._folder, at, tag=uuid.uuid4().hex[:8])
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(exist_ok=False)
            created = claimed(path)
            if created is not None:  # else another process claimed it as a dead writer's before we locked it
                self._begin(created, at)
                sync_path(path.parent)
                return created

    def _begin(self, created: OpenFile, at: datetime) -> None:
        if self._first_record is None:
            return
        try:
            append_whole(created, self._first_record(finished_path(created.path).name, at))
        except OSError:
            created.file.close()
            raise
        created.head_bytes = created.size_bytes

    def _resumed(self, at: datetime) -> OpenFile | None:
        """Today's file of a dead writer, repaired; None if none has room. Files of other dead writers are finished."""
        chosen: OpenFile | None = None
        for path in open_files(self._folder):
            found = claimed(path)
            if found is None:
                continue
            mend(found)
            room = 0 < found.size_bytes < self._max_file_bytes and path.parent.name == day_of(at)
            if chosen is None and room:
                chosen = found
            else:
                self._finish(found)
        return chosen

    def _finish(self, done: OpenFile) -> None:
        if done.size_bytes <= done.head_bytes:
            done.path.unlink()
        else:
            gone = apply_scrubs(done.path)
            write_index(done.path, [line for line in done.lines if line.offset not in gone])
            done.path.rename(finished_path(done.path))
            notes_path(done.path).unlink(missing_ok=True)
        done.file.close()

    @contextmanager
    def _reported(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                text = f"no space left for the archive in {self._folder}; free some, nothing that was stored is lost"
            else:
                why = f"cannot be written ({error.strerror}); check the folder and its owner"
                text = f"the archive in {self._folder} {why}"
            raise StoreError(text) from error
