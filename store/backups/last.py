"""The time of the last good backup, in a file of the data folder that holds nothing else."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from store.archive.index import replace_file

NAME = "last-backup.txt"


def record_backup(data_dir: Path, *, at: datetime) -> None:
    """Note that a complete backup of this data folder was made. Raises OSError."""
    replace_file(data_dir / NAME, f"{at.astimezone(UTC).isoformat()}\n".encode())


def last_backup_at(data_dir: Path) -> datetime | None:
    """When the last complete backup was begun; None if there was none, or the file holds no valid time."""
    try:
        return datetime.fromisoformat((data_dir / NAME).read_text(encoding="ascii").strip()).astimezone(UTC)
    except (OSError, ValueError):
        return None
