"""Overwriting records in WARC files so that every other record keeps its place.

A finished file is replaced by a copy without them, so that a hard link in a backup keeps the old content. A file that
is being written is overwritten in place. Before the first byte changes, a `.scrubbed` note beside it lists the records,
so that whoever finds the job half done can finish it.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Collection
from datetime import datetime
from pathlib import Path

from store.archive.index import index_of, index_path, replace_file, write_index
from store.archive.names import finished_path, is_open
from store.archive.records import scrubbed_member

SUFFIX = ".scrubbed"
Place = tuple[int, int]  # offset and length of a member, in bytes


def scrub(path: Path, places: Collection[Place], *, at: datetime) -> None:
    """Overwrite these members of a file; repeating it changes nothing. Blocks while a finished file is copied."""
    if not places:
        return
    if is_open(path):
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
    index_path(path).unlink(missing_ok=True)  # it lists what is to be forgotten; a missing index is made again
    new.replace(path)
    write_index(path, index_of(path))


def apply_scrubs(path: Path) -> frozenset[int]:
    """Overwrite the members listed in the note beside a file that are not overwritten yet; return all its offsets."""
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
    """The path of the note for a file that is being written."""
    return path.with_name(finished_path(path).name + SUFFIX)


def _note(path: Path, places: Collection[Place], at: datetime) -> None:
    notes = notes_path(path)
    known = json.loads(notes.read_bytes()) if notes.exists() else []
    offsets = {offset for offset, _, _ in known}
    known += [[offset, length, at.isoformat()] for offset, length in sorted(places) if offset not in offsets]
    replace_file(notes, json.dumps(known).encode())


def _member(path: Path, offset: int, length: int, at: datetime) -> bytes:
    return scrubbed_member(length, at=at, place=f"{finished_path(path).name}:{offset}")
