"""The list of what was forgotten, kept both in a file beside the archive and in a table.

The file outlives the database and every rebuild; the table is what crawls on any machine consult. Each line holds a key
of `news.forgetting` and when it was added; lines that begin with # are notes for people.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from store.archive.index import replace_file
from store.schema import forgotten
from store.sql.statements import CHUNK, Upsert, chunks

NAME = "forgotten.txt"
FOLDER, SWEEP = "forgetting", "sweep"  # a folder of the data folder; a mark in it that asks for a sweep of the archive
HEADER = (
    "# What newsdex forgot and never takes up again; keep this file when you restore a backup. See docs/archive.md.\n"
)
_ANY = sa.select(forgotten.c.key).limit(1)
_ADD = Upsert(forgotten)


def listed_keys(path: Path) -> dict[str, datetime]:
    """The keys in the file with their times; none if there is no file. Other lines are ignored."""
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return {}
    found: dict[str, datetime] = {}
    for line in lines:
        key, _, stamp = line.partition(" ")
        if key.startswith("#") or not key:
            continue
        try:
            found.setdefault(key, datetime.fromisoformat(stamp).astimezone(UTC))
        except ValueError:
            continue
    return found


def write_down(path: Path, keys: Iterable[str], *, at: datetime, note: str = "") -> None:
    """Add keys that are not in the file yet, and a note; they are on disk when this returns.

    The file is replaced, not appended to, since a backup may hold a hard link to the old one.
    """
    old = path.read_text(encoding="utf-8", errors="replace") if path.exists() else HEADER
    known = listed_keys(path)
    stamp = at.astimezone(UTC).isoformat()
    new = [f"{key} {stamp}\n" for key in sorted(set(keys) - known.keys())]
    noted = f"# {stamp} {' '.join(note.split())}\n" if note else ""
    if new or noted:
        replace_file(path, (old.rstrip("\n") + "\n" + noted + "".join(new)).encode())


def ask_for_sweep(data_dir: Path) -> None:
    """Have what is listed removed from the archive when the record is next opened."""
    folder = data_dir / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    (folder / SWEEP).touch()


def merge_list(path: Path, other: Path) -> None:
    """Add the keys of another list to this one."""
    for at, keys in _by_time(listed_keys(other)).items():
        write_down(path, keys, at=at)


def _by_time(keys: Mapping[str, datetime]) -> dict[datetime, list[str]]:
    found: dict[datetime, list[str]] = {}
    for key, at in keys.items():
        found.setdefault(at, []).append(key)
    return found


def is_any_forgotten(connection: Connection) -> bool:
    """Whether anything is on the list; usually nothing is, and no address has to be looked up."""
    return connection.execute(_ANY).first() is not None


def forgotten_among(connection: Connection, keys: Collection[str]) -> frozenset[str]:
    """Which of these keys are on the list."""
    found: set[str] = set()
    for chunk in chunks(sorted(keys), CHUNK):
        query = sa.select(forgotten.c.key).where(forgotten.c.key.in_(chunk))
        found.update(connection.execute(query).scalars())
    return frozenset(found)


def insert_keys(connection: Connection, keys: Collection[str], *, at: datetime) -> None:
    """Add keys to the table."""
    _ADD.run(connection, [{"key": key, "forgotten_at": at} for key in sorted(keys)])


def tabled_keys(connection: Connection) -> dict[str, datetime]:
    """Every key of the table with its time."""
    return {row.key: row.forgotten_at for row in connection.execute(sa.select(forgotten))}
