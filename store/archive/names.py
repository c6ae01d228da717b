"""The names of the archive's files, a folder for each day: `….warc.gz`, with `.open` behind it while it is written."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

_SUFFIX = ".warc.gz"
_OPEN = ".open"
_OPEN_SUFFIX = _SUFFIX + _OPEN
_STAMP = "%Y%m%dT%H%M%S"  # when a file was begun (UTC)


def archive_files(folder: Path) -> list[Path]:
    """Every WARC file of an archive, including those being written, oldest first."""
    # One look at the folders, so that a file which is finished meanwhile is listed under one of its names
    return sorted(path for path in folder.glob("*/*") if path.name.endswith((_SUFFIX, _OPEN_SUFFIX)))


def finished_files(folder: Path) -> list[Path]:
    """The files that nobody writes any more, oldest first."""
    return sorted(folder.glob(f"*/*{_SUFFIX}"))


def open_files(folder: Path) -> list[Path]:
    """The files that are being written, or whose writer died, oldest first."""
    return sorted(folder.glob(f"*/*{_OPEN_SUFFIX}"))


def is_open(path: Path) -> bool:
    """Whether a file is, or was, being written."""
    return path.name.endswith(_OPEN_SUFFIX)


def new_file(folder: Path, at: datetime, *, tag: str) -> Path:
    """The path of a file begun now; the tag tells it from others of the same second."""
    return folder / day_of(at) / f"newsdex-{at.astimezone(UTC).strftime(_STAMP)}-{tag}{_OPEN_SUFFIX}"


def finished_path(path: Path) -> Path:
    """The path of a file once it is finished."""
    return path.with_name(path.name.removesuffix(_OPEN))


def open_path(path: Path) -> Path:
    """The path of a finished file while it was being written."""
    return path.with_name(path.name + _OPEN)


def bare_name(path: Path) -> str:
    """The name of a file, finished or not, without any ending."""
    return finished_path(path).name.removesuffix(_SUFFIX)


def lasting_name(folder: Path, path: Path) -> str:
    """The name by which the store refers to a file of the archive, finished or not."""
    shown = path.relative_to(folder) if path.is_relative_to(folder) else path
    return finished_path(shown).as_posix()


def day_of(at: datetime) -> str:
    """The folder of the files begun on a day (UTC)."""
    return at.astimezone(UTC).strftime("%Y-%m-%d")


def begun_at(path: Path) -> str:
    """When a file was begun, in ISO 8601: to the second if its name says so, else its day."""
    stamp = path.name.removeprefix("newsdex-").partition("-")[0]
    try:
        return datetime.strptime(stamp, _STAMP).isoformat()  # noqa: DTZ007  compared only with other times in UTC
    except ValueError:
        return path.parent.name
