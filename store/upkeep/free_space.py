"""The free space on the data folder's file system, and how much the archive needs."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from news.errors import StoreError

FULL_BYTES = 1024 * 1024  # with less, writes fail
SPARE_ARCHIVE_FILES = 2  # archive files that must still fit, besides the growth of database and index


@dataclass(frozen=True, kw_only=True, slots=True)
class FreeSpace:
    """Free space on a file system."""

    free_bytes: int  # for this user
    least_bytes: int  # with less, a crawl may have to stop

    @property
    def is_short(self) -> bool:
        """Whether there is too little space."""
        return self.free_bytes < self.least_bytes

    @property
    def is_used_up(self) -> bool:
        """Whether nothing can be written any more."""
        return self.free_bytes < FULL_BYTES


def free_space_at(folder: Path, *, archive_file_bytes: int) -> FreeSpace:
    """The space that a data folder has, or will have once it is made. Raises StoreError."""
    try:
        free_bytes = shutil.disk_usage(existing(folder)).free
    except OSError as error:
        raise StoreError(f"the free space at {folder} cannot be read: {error.strerror}; check its disk") from error
    return FreeSpace(free_bytes=free_bytes, least_bytes=SPARE_ARCHIVE_FILES * archive_file_bytes)


def existing(folder: Path) -> Path:
    """The folder, or its nearest existing parent; a file where a folder should be counts as existing."""
    return next(path for path in (folder, *folder.parents) if path.exists())
