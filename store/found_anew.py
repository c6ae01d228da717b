"""Whether an SQLite file that a process has open still lies at its place: it may be moved, deleted or replaced.

The process would go on reading and writing what nobody else finds, and lose it at its end. Numbers of files do not
tell: some file systems of containers change them. So the file is opened anew and asked for a row of that process.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

_LOOK = "SELECT count(*) FROM lease WHERE name = ? AND holder = ?"
_NOT_OURS = ("no such table", "not a database")  # SQLite's words for a file that holds something else


def finds_lease(path: Path, name: str, holder: str) -> bool:
    """Whether who opens the file now finds this lease held so; True as well where it is too busy to say."""
    if not path.is_file():
        return False
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            return bool(connection.execute(_LOOK, (name, holder)).fetchone()[0])
    except sqlite3.Error as error:
        return path.is_file() and not any(words in str(error) for words in _NOT_OURS)
