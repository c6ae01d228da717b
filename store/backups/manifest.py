"""A backup's manifest: the list of its files with their digests, kept beside them as JSON."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any

from news.errors import ConfigError, StoreError

FILE_NAME = "manifest.json"
FORMAT = 1  # raised when older versions of newsdex could not restore such a backup


@dataclass(frozen=True, kw_only=True, slots=True)
class BackupFile:
    """One file of a backup."""

    path: str  # relative to the backup's folder, with "/"
    size_bytes: int
    sha256: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Manifest:
    """A complete backup."""

    made_at: datetime
    has_database: bool  # False: the database is PostgreSQL's, backed up by its own tools
    counts: Mapping[str, int] = field(default_factory=dict)  # of the database: live articles, versions, urls
    missing: tuple[str, ...] = ()  # archive files named in the database that were gone or too short
    files: tuple[BackupFile, ...] = ()

    @property
    def size_bytes(self) -> int:
        """The size of all files together."""
        return sum(file.size_bytes for file in self.files)


def described(folder: Path, path: str) -> BackupFile:
    """A file of a backup folder as the manifest lists it."""
    with (folder / path).open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return BackupFile(path=path, size_bytes=(folder / path).stat().st_size, sha256=digest)


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest beside the files; without one, a folder is not a backup."""
    files = [{"path": f.path, "bytes": f.size_bytes, "sha256": f.sha256} for f in manifest.files]
    value = {
        "format": FORMAT,
        "made_at": manifest.made_at.astimezone(UTC).isoformat(),
        "has_database": manifest.has_database,
        "counts": dict(manifest.counts),
        "missing": list(manifest.missing),
        "files": files,
    }
    (folder / FILE_NAME).write_text(json.dumps(value, indent=1) + "\n", encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a backup folder. Raises ConfigError for a folder that is no backup, else StoreError."""
    path = folder / FILE_NAME
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigError(f"{folder} is no backup, or one that was not finished: it has no {FILE_NAME}") from None
    except (OSError, ValueError) as error:
        raise StoreError(f"{path} cannot be read ({error}); restore from another backup") from error
    try:
        return _parsed(value)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise StoreError(
            f"{path} is not a manifest that newsdex wrote ({error}); restore from another backup"
        ) from error


def _parsed(value: Any) -> Manifest:
    if value["format"] != FORMAT:
        raise ValueError(f"its format is {value['format']!r}, this newsdex knows {FORMAT}")
    return Manifest(
        made_at=datetime.fromisoformat(value["made_at"]),
        has_database=bool(value["has_database"]),
        counts={str(name): int(count) for name, count in value["counts"].items()},
        missing=tuple(str(name) for name in value["missing"]),
        files=tuple(
            BackupFile(path=_inside(file["path"]), size_bytes=int(file["bytes"]), sha256=str(file["sha256"]))
            for file in value["files"]
        ),
    )


def _inside(path: str) -> str:
    """The path, checked to stay within the backup and the data folder."""
    parts = PurePosixPath(path)
    if parts.is_absolute() or not parts.parts or ".." in parts.parts or "\0" in path or "\\" in path:
        raise ValueError(f"{path!r} leads out of the backup")
    return path
