"""The journals of what is being forgotten, each a file in the data folder until its last step, and their one worker."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from news.errors import StoreError
from store.errors import StoreBusy
from store.forgetting.forgotten_list import FOLDER

_OF_SOURCE = "source-"


def begun_in(data_dir: Path) -> list[Path]:
    """The journals of what is being forgotten, or was when a process died."""
    return sorted((data_dir / FOLDER).glob("*.json"))


def journal_of_source(folder: Path, source_id: str) -> Path:
    """The journal of the removal of a source."""
    return folder / f"{_OF_SOURCE}{source_id}.json"


def is_of_source(journal: Path) -> bool:
    """Whether it is of a whole source, not of an article."""
    return journal.name.startswith(_OF_SOURCE)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """While the block runs, nobody else carries out a journal of this folder. Raises StoreBusy and StoreError."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (folder / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise StoreBusy("another process is forgetting something; try again when it has finished") from None
            yield
    except OSError as error:
        raise StoreError(f"{error.filename or folder} cannot be written ({error.strerror})") from error
