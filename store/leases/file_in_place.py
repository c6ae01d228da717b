"""Checking that an SQLite file that a process has open is still in its place: not moved, deleted or replaced.

Otherwise the process would go on reading and writing a file that nobody else finds, and lose it when it ends. Inode
numbers prove nothing, as some container file systems change them. So the file is opened anew, and a row of the process
is looked for in it.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

_LOOK = "SELECT count(*) FROM lease WHERE name = ? AND holder = ?"
_NOT_OURS = ("no such table", "not a database")  # SQLite's words for a file that holds something else


def finds_lease(path: Path, name: str, holder: str) -> bool:
    """Whether a newly opened file shows this lease with this holder; also True if the file is too busy to say."""
    if not path.is_file():
        return False
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            return bool(connection.execute(_LOOK, (name, holder)).fetchone()[0])
    except sqlite3.Error as error:
        return path.is_file() and not any(words in str(error) for words in _NOT_OURS)
