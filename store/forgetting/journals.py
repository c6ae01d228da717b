"""The journals of what is being forgotten, files in the data folder until their last step, and their single worker."""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from news.errors import StoreError
from store.errors import StoreBusy
from store.forgetting.forgotten_list import FOLDER

OnStep = Callable[[str], None]  # called with the name of each finished step
_OF_SOURCE = "source-"


def begun_in(data_dir: Path) -> list[Path]:
    """The journals of what is being forgotten, or was being forgotten when a process died."""
    return sorted((data_dir / FOLDER).glob("*.json"))


def journal_of_source(folder: Path, source_id: str) -> Path:
    """The journal of a source's removal."""
    return folder / f"{_OF_SOURCE}{source_id}.json"


def is_of_source(journal: Path) -> bool:
    """Whether a journal is about a whole source, not an article."""
    return journal.name.startswith(_OF_SOURCE)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep others from carrying out journals of this folder during the block. Raises StoreBusy and StoreError."""
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
