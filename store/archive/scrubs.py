"""Overwriting records in WARC files so that every other record keeps its place.

A finished file is copied without them and replaced, so that a hard link in a backup keeps what it was. A file that is
being written is overwritten in place; which records lies beside it in a `.scrubbed` file before the first byte changes,
so that whoever comes upon a half-written one finishes it.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Collection
from datetime import datetime
from pathlib import Path

from store.archive.index import index_of, index_path, replace_file, write_index
from store.archive.records import scrubbed_member

SUFFIX = ".scrubbed"
Place = tuple[int, int]  # offset and length of a member


def scrub(path: Path, places: Collection[Place], *, at: datetime) -> None:
    """Overwrite these members of a file. Blocks for the copy of a finished file; doing it again changes nothing."""
    if not places:
        return
    if path.name.endswith(".open"):
        _note(path, places, at)
        apply_scrubs(path)
        return
    new = path.with_name(path.name + ".new")
    shutil.copyfile(path, new)
    with new.open("r+b") as file:
        for offset, length in places:
            file.seek(offset)
            file.write(_member(path, offset, length, at))
        file.flush()
        os.fsync(file.fileno())
    index_path(path).unlink(missing_ok=True)  # it names what is to be forgotten; a missing one is made again
    new.replace(path)
    write_index(path, index_of(path))


def apply_scrubs(path: Path) -> frozenset[int]:
    """Overwrite what the note beside a file names, as far as it is not done; returns the offsets."""
    try:
        notes = json.loads(notes_path(path).read_bytes())
    except FileNotFoundError:
        return frozenset()
    with path.open("r+b") as file:
        for offset, length, stamp in notes:
            file.seek(offset)
            member = _member(path, offset, length, datetime.fromisoformat(stamp))
            if file.read(length) != member:
                file.seek(offset)
                file.write(member)
        file.flush()
        os.fsync(file.fileno())
    return frozenset(offset for offset, _, _ in notes)


def notes_path(path: Path) -> Path:
    """Where the note of a file lies that is being written."""
    return path.with_name(path.name.removesuffix(".open") + SUFFIX)


def _note(path: Path, places: Collection[Place], at: datetime) -> None:
    notes = notes_path(path)
    known = json.loads(notes.read_bytes()) if notes.exists() else []
    offsets = {offset for offset, _, _ in known}
    known += [[offset, length, at.isoformat()] for offset, length in sorted(places) if offset not in offsets]
    replace_file(notes, json.dumps(known).encode())


def _member(path: Path, offset: int, length: int, at: datetime) -> bytes:
    return scrubbed_member(length, at=at, place=f"{path.name.removesuffix('.open')}:{offset}")
