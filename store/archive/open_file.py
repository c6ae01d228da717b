"""A file of the archive that is being written: locked by its writer and appended to, whole records at a time.

If the lock is free, the writer died: the half-written tail is cut off, and writing continues in the file.
"""

from __future__ import annotations

import fcntl
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from store.archive.index import IndexLine, index_of
from store.archive.scrubs import apply_scrubs
from store.archive.tail import good_bytes


@dataclass(kw_only=True, slots=True)
class OpenFile:
    """A file that this process writes."""

    file: IO[bytes]  # appending, unbuffered, locked by us
    path: Path
    size_bytes: int
    head_bytes: int = 0  # size of the first record, which says who made the file; a file with no other is dropped
    lines: list[IndexLine] = field(default_factory=list)  # the lines of its index so far


def has_writer(path: Path) -> bool:
    """Whether a process is writing this file now: a record cut off at its end may be whole in a moment."""
    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except FileNotFoundError:  # finished just now
        return False
    return False


def claimed(path: Path) -> OpenFile | None:
    """The file, locked by us; None if its writer is alive or has just finished it."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_APPEND)
    except FileNotFoundError:
        return None
    file = os.fdopen(descriptor, "ab", buffering=0)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.path.samestat(os.fstat(descriptor), path.stat()):  # else renamed or removed before we had the lock
            return OpenFile(file=file, path=path, size_bytes=os.fstat(descriptor).st_size)
    except (BlockingIOError, FileNotFoundError):
        pass
    file.close()
    return None


def mend(found: OpenFile) -> None:
    """Truncate a file behind its last whole record, and read its index lines again."""
    apply_scrubs(found.path)  # else a half-scrubbed record would end the file
    with found.path.open("rb") as reader:
        good = good_bytes(reader)
    if good < found.size_bytes:
        os.ftruncate(found.file.fileno(), good)
        found.size_bytes = good
    found.lines = index_of(found.path)


def append_whole(to: OpenFile, members: bytes) -> None:
    """Append whole members, or nothing. Raises OSError."""
    try:
        _write_whole(to.file, members)
    except OSError:
        os.ftruncate(to.file.fileno(), to.size_bytes)  # readers would stop at half a record
        raise
    to.size_bytes += len(members)


def _write_whole(file: IO[bytes], data: bytes) -> None:
    rest = memoryview(data)
    while rest:  # a nearly full disk accepts a part before it refuses the rest
        rest = rest[file.write(rest) :]
