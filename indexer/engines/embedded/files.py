"""The embedded index on disk: numbered generations, the pointer that names the live one, and the writer's lock.

``<folder>/<name>-<n>/`` are generations, ``<folder>/<name>.current`` names the live one and is replaced in one step,
``<folder>/<name>.lock`` is held by the one process that writes.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from news.errors import EngineError, EngineUnavailable
from store.syncing import sync_path

DIGEST_FILE = "fields.digest"

Stamp = tuple[int, int, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Generations:
    """The generations of one index in a folder."""

    folder: Path
    name: str

    @property
    def pointer(self) -> Path:
        """The file that names the live generation."""
        return self.folder / f"{self.name}.current"

    def current(self) -> Path | None:
        """The live generation; None when there is none on disk."""
        try:
            named = self.folder / self.pointer.read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            return None
        return named if self._is_generation(named) and (named / "meta.json").exists() else None

    def check_room(self) -> None:
        """Raise EngineUnavailable if another generation as large as the live one does not fit beside it.

        A build that filled the disk would stop crawls, be dropped, and be started again.
        """
        if (current := self.current()) is None:
            return
        need_bytes, free_bytes = size_bytes(current), shutil.disk_usage(self.folder).free
        if free_bytes < need_bytes:
            raise EngineUnavailable(
                f"the index cannot be rebuilt: another of {need_bytes >> 20:,} MiB has to lie beside {current}, "
                f"and {free_bytes >> 20:,} MiB are free; make room"
            )

    def prepare(self, digest: str) -> Path:
        """An empty folder for the next generation, named above every other."""
        numbers = [int(path.name.rpartition("-")[2]) for path in self._all()]
        path = self.folder / f"{self.name}-{max(numbers, default=0) + 1:06}"
        path.mkdir(parents=True)
        (path / DIGEST_FILE).write_text(digest, encoding="utf-8")
        return path

    def point_at(self, generation: Path) -> None:
        """Make it the live one, in one step that survives a power cut."""
        fresh = self.pointer.with_suffix(".new")
        with fresh.open("w", encoding="utf-8") as file:
            file.write(generation.name + "\n")
            file.flush()
            os.fsync(file.fileno())
        sync_path(generation)
        fresh.replace(self.pointer)
        sync_path(self.folder)

    def remove_others(self) -> None:
        """Drop every generation but the live one; searches that have others open can finish."""
        current = self.current()
        for path in self._all():
            if path != current:
                shutil.rmtree(path, ignore_errors=True)

    def _all(self) -> list[Path]:
        return [path for path in self.folder.glob(f"{self.name}-*") if self._is_generation(path)]

    def _is_generation(self, path: Path) -> bool:
        return path.is_dir() and re.fullmatch(rf"{re.escape(self.name)}-\d+", path.name) is not None


class WriterLock:
    """One writer at a time; the system frees the lock of a process that died."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    @property
    def held(self) -> bool:
        """Whether this object holds it."""
        return self._descriptor is not None

    def acquire(self) -> None:
        """Take it; idempotent. Raises EngineUnavailable naming the holder, and EngineError if nobody may write."""
        if self.held:
            return
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise EngineError(f"{self._path} cannot be written: {error.strerror}; check its owner") from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.pread(descriptor, 32, 0).decode("ascii", "replace").strip() or "another process"
            os.close(descriptor)
            raise EngineUnavailable(
                f"the index in {self._path.parent} is being written by process {holder};"
                " let it do the work, or stop it and try again"
            ) from error
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode(), 0)
        self._descriptor = descriptor

    def release(self) -> None:
        """Give it back, if held."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def stamp(path: Path) -> Stamp | None:
    """A value that changes when the file is replaced; None when it is missing."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return status.st_ino, status.st_mtime_ns, status.st_size


def size_bytes(generation: Path) -> int:
    """Bytes that the files of a generation take on disk; a file that is merged away meanwhile counts as none."""
    found = 0
    for path in generation.iterdir():
        with contextlib.suppress(FileNotFoundError):
            found += path.stat().st_size
    return found
