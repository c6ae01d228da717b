"""The folder that `multiprocessing` keeps while processes run; what a killed process leaves, the next one removes."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from functools import cache
from multiprocessing.util import get_temp_dir
from pathlib import Path

_FOLDERS = "pymp-*"  # as `get_temp_dir` names them for any program
_MARK = "newsdex.lock"  # in our own folders; locked while their process is alive


@cache
def tidy_temporary() -> int:
    """Mark this process's folder as ours and remove those of killed newsdex processes; once per process.

    Returns the descriptor that holds the mark's lock; it stays open until the process ends.
    """
    mine = Path(get_temp_dir())
    unseen = mine / f"{_MARK}.new"  # no other process may find the mark before it is locked
    descriptor = os.open(unseen, os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    unseen.rename(mine / _MARK)
    for mark in Path(tempfile.gettempdir()).glob(f"{_FOLDERS}/{_MARK}"):
        if mark.parent != mine and _is_left(mark):
            shutil.rmtree(mark.parent, ignore_errors=True)
    return descriptor


def _is_left(mark: Path) -> bool:
    """Whether the process that made the mark is gone; False if that cannot be determined."""
    try:
        with mark.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:  # it is alive, belongs to another user, or is just being removed by another process
        return False
    return True
