"""How much room the file system of the data folder has, and how much the archive needs."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from news.errors import StoreError

FULL_BYTES = 1024 * 1024  # with less, what is to be written finds no room
SPARE_ARCHIVE_FILES = 2  # free space for so many archive files, besides what database and index grow by


@dataclass(frozen=True, kw_only=True, slots=True)
class FreeSpace:
    """Room on a file system."""

    free_bytes: int  # for this user
    least_bytes: int  # with less a crawl may stop for it

    @property
    def is_short(self) -> bool:
        """Whether there is too little."""
        return self.free_bytes < self.least_bytes

    @property
    def is_used_up(self) -> bool:
        """Whether nothing can be written any more."""
        return self.free_bytes < FULL_BYTES


def free_space_at(folder: Path, *, archive_file_bytes: int) -> FreeSpace:
    """The room that a data folder has, or will have where it is made. Raises StoreError."""
    try:
        free_bytes = shutil.disk_usage(existing(folder)).free
    except OSError as error:
        raise StoreError(f"the room in {folder} cannot be told: {error.strerror}; look at its disk") from error
    return FreeSpace(free_bytes=free_bytes, least_bytes=SPARE_ARCHIVE_FILES * archive_file_bytes)


def existing(folder: Path) -> Path:
    """The folder, or the nearest one above it that is there; a file where a folder belongs counts as there."""
    return next(path for path in (folder, *folder.parents) if path.exists())
