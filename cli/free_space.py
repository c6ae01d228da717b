"""How much room the data folder's file system has: looked at here, judged in cli.checks."""

from __future__ import annotations

import shutil
from pathlib import Path

from cli.checks import Finding, judge_space
from config.settings import Settings


def space_of(settings: Settings) -> Finding:
    """Whether the archive finds room in the data folder."""
    return judge_space(
        shutil.disk_usage(existing(settings.data_dir)).free,
        archive_file_bytes=settings.archive.max_file_bytes,
        folder=str(settings.data_dir),
    )


def existing(folder: Path) -> Path:
    """The folder, or the nearest one above it that is there; a file where a folder belongs counts as there."""
    return next(path for path in (folder, *folder.parents) if path.exists())
