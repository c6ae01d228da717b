"""Other people's indexes of WARC files: CDXJ, as Common Crawl and pywb have it, and the older CDX; plain or gzipped.

A CDXJ line is a key, fourteen digits and a JSON object. The first line of a CDX file names the columns by letters
(https://archive.org/web/researcher/cdx_legend.php).
"""

from __future__ import annotations

import gzip
import io
import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from store.archive.warc_files import why_unreadable
from store.archive.warc_packing import GZIP_BEGINNING
from store.errors import UnreadableFile

MAX_LINE_BYTES = 1 << 20  # far more than any line, as addresses are bounded; stops reading in a file without lines
_CDX = "CDX"
_COLUMNS = {"a": "url", "b": "timestamp", "m": "mime", "s": "status", "V": "offset", "g": "filename"}
_BAD_FILE = (OSError, EOFError, zlib.error)


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """One archived answer, as an index lists it."""

    url: str
    fetched_at: datetime
    status: str  # "-" = not stated
    mimes: tuple[str, ...]  # as the server stated and, in Common Crawl's, as detected from the body
    is_cut: bool  # the archive did not keep the whole answer
    file_name: str  # of its WARC file as the index states it, often with folders
    offset: int


def is_warc_index(path: Path) -> bool:
    """Whether a file begins like an index. Raises UnreadableFile."""
    with _reported(path), _opened(path) as file:
        line = file.readline(MAX_LINE_BYTES).decode("utf-8", "replace")
    parts = line.split(" ", 2)
    return line.split()[:1] == [_CDX] or (len(parts) == 3 and parts[2].startswith("{")) or line.startswith("!meta ")


def read_warc_index(path: Path) -> Iterator[Listed]:
    """The answers that an index lists, line by line. Raises UnreadableFile if a line cannot be read."""
    columns: list[str] = []
    with _reported(path), _opened(path) as file:
        for number, raw in enumerate(iter(lambda: file.readline(MAX_LINE_BYTES), b""), 1):
            line = raw.decode("utf-8", "replace").strip()
            if line.startswith(f"{_CDX} "):
                columns = line.split()[1:]
            elif line and not line.startswith("!"):  # pywb's remarks
                try:
                    yield _listed(_from_cdx(line, columns) if columns else _from_cdxj(line))
                except (ValueError, KeyError, TypeError, AttributeError) as error:
                    what = why_unreadable(error)
                    raise UnreadableFile(f"{path}: line {number} is not a line of a WARC index ({what})") from error


def listed_file(index: Path, name: str) -> Path | None:
    """The WARC file that an index names, below the index's folder or right beside it; None if it is in neither."""
    named = PurePosixPath(name)
    below = index.parent / named if not named.is_absolute() and ".." not in named.parts else None
    return next((path for path in (below, index.parent / named.name) if path is not None and path.is_file()), None)


def _from_cdxj(line: str) -> dict[str, str]:
    _, timestamp, told = line.split(" ", 2)
    return {**json.loads(told), "timestamp": timestamp}


def _from_cdx(line: str, columns: list[str]) -> dict[str, str]:
    values = line.split(" ")
    if len(values) != len(columns):
        raise ValueError(f"{len(values)} columns of {len(columns)}")
    return {_COLUMNS.get(column, column): value for column, value in zip(columns, values, strict=True)}


def _listed(fields: dict[str, str]) -> Listed:
    mimes = (fields.get("mime", ""), fields.get("mime-detected", ""))
    return Listed(
        url=fields["url"],
        fetched_at=datetime.strptime(fields["timestamp"], "%Y%m%d%H%M%S").replace(tzinfo=UTC),
        status=str(fields.get("status", "-")),
        mimes=tuple(mime.lower() for mime in mimes if mime),
        is_cut="truncated" in fields,
        file_name=fields["filename"],
        offset=int(fields["offset"]),
    )


def _opened(path: Path) -> io.BufferedIOBase:
    with path.open("rb") as file:
        is_packed = file.read(len(GZIP_BEGINNING)) == GZIP_BEGINNING
    return gzip.open(path) if is_packed else path.open("rb")


@contextmanager
def _reported(path: Path) -> Iterator[None]:
    try:
        yield
    except _BAD_FILE as error:
        raise UnreadableFile(f"{path}: cannot be read to its end ({why_unreadable(error)})") from error
