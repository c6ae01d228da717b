"""Pages from other people's WARC files, such as Common Crawl's: all wanted responses or a single one; bounded."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeadersParserException

from news.errors import ConfigError, one_line
from store.archive.unpacking import UNPACKING_ERRORS
from store.archive.warc_packing import GZIP_BEGINNING, ZSTD_BEGINNINGS, UnpackedFile, is_packed, unpacked_body
from store.errors import UnreadableFile

WARC_ENDINGS = (".warc", ".warc.gz", ".warc.zst")
_VERSION, _GAP = b"WARC/", b"\r\n\r\n"  # what begins and what ends a record
_BEGINNINGS = (_VERSION, GZIP_BEGINNING, *ZSTD_BEGINNINGS)
_MOST_TOLD = 300  # characters of an error message, which may quote the file
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,15})[ \t]*(?:\r\n|\Z)", re.IGNORECASE)
_NO_ANSWERS = frozenset({"warcinfo", "conversion", "metadata"})
_END_BYTES = 65_536  # read from the end of a file: more than the headers of a record take
_BAD_FILE = (OSError, EOFError, ValueError, TypeError, AttributeError, zlib.error, ArchiveLoadFailed, *UNPACKING_ERRORS)
_BAD_RECORD = (ValueError, TypeError, AttributeError, zlib.error, StatusAndHeadersParserException)


@dataclass(frozen=True, kw_only=True, slots=True)
class WarcPage:
    """One archived response, with its body decoded from content and transfer encoding."""

    url: str
    fetched_at: datetime
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def content_type(self) -> str | None:
        """The Content-Type header."""
        return next((value for name, value in self.headers if name.lower() == "content-type"), None)


def read_warc(path: Path, *, wanted: Callable[[str], bool], max_body_bytes: int) -> Iterator[WarcPage]:
    """The responses of a file whose addresses are wanted, except those that are too large.

    The file may be plain or packed with gzip or zstd. Raises ConfigError if it is not a WARC file, and UnreadableFile
    if it cannot be read to its end, after yielding the pages before that place.
    """
    try:
        with path.open("rb") as file:
            if not _beginning(file).startswith(_BEGINNINGS):
                endings = ", ".join(WARC_ENDINGS)
                raise ConfigError(f"{path}: is no WARC file; name WARC files ({endings}) or their indexes")
            kinds = yield from _wanted_pages(file, wanted, max_body_bytes)
    except _BAD_FILE as error:
        raise UnreadableFile(f"{path}: cannot be read to its end as a WARC file ({why_unreadable(error)})") from error
    if kinds and kinds <= _NO_ANSWERS:
        raise UnreadableFile(f"{path}: holds only data derived from pages, as WET and WAT files do; name the WARC file")


def read_warc_page(path: Path, offset: int, *, url: str, max_body_bytes: int) -> WarcPage | None:
    """The response at an offset of a file; None if it is marked as truncated, too large or damaged.

    Raises UnreadableFile if no response of this address begins there.
    """
    try:
        with path.open("rb") as file:
            record = next(iter(ArchiveIterator(_records(file, offset))))
            if record.rec_type != "response" or record.rec_headers.get_header("WARC-Target-URI") != url:
                raise ValueError("another record is there")
            return _wanted_page(record, lambda url: True, max_body_bytes)
    except (*_BAD_FILE, StopIteration) as error:
        raise UnreadableFile(
            f"{path}: the answer of {url} cannot be read at {offset} ({why_unreadable(error)})"
        ) from error


def _wanted_pages(
    file: io.BufferedReader, wanted: Callable[[str], bool], max_body_bytes: int
) -> Generator[WarcPage, None, set[str]]:
    """Yield the wanted pages; return the types of all records read.

    Raises the errors in _BAD_FILE, also for a cut or damage among records that are not wanted.
    """
    records, record = _records(file), None
    kinds: set[str] = set()
    for record in ArchiveIterator(records):
        kinds.add(record.rec_type)
        if (page := _wanted_page(record, wanted, max_body_bytes)) is not None:
            yield page
    if isinstance(records, UnpackedFile):
        records.check()
    if _is_cut(record) or _ends_in_head(file):
        raise EOFError("it ends inside a record")
    return kinds


def _is_cut(record: Any) -> bool:
    """Whether a record that was read to its end is shorter than it states."""
    return bool(getattr(getattr(record, "raw_stream", None), "limit", 0) > 0)


def _ends_in_head(file: io.BufferedReader) -> bool:
    """Whether a plain file ends within the WARC or HTTP headers of its last record, which warcio ignores."""
    if is_packed(file):
        return False
    start = max(0, file.seek(0, io.SEEK_END) - _END_BYTES)
    file.seek(start)
    end = file.read() if start else _GAP + file.read()
    if (rest := end.rpartition(_GAP)[2]) and _VERSION.startswith(rest):
        return True
    before, _, last = end.rpartition(_GAP + _VERSION)
    head, gap, content = last.partition(_GAP)
    length = _LENGTH.search(head)
    is_beginning = bool(before) or not start  # else the record begins further ahead
    return is_beginning and (not gap or (length is not None and len(content) < int(length[1])))


def _beginning(file: io.BufferedReader) -> bytes:
    return file.peek(len(_BEGINNINGS[0]))


def _records(file: io.BufferedReader, offset: int = 0) -> io.BufferedReader | UnpackedFile:
    """The stream from which warcio reads records, beginning at this offset."""
    if is_packed(file):
        return UnpackedFile(file, offset)
    file.seek(offset)
    return file


def _wanted_page(record: Any, wanted: Callable[[str], bool], max_body_bytes: int) -> WarcPage | None:
    """The page of a record; None unless it is a whole, wanted response that is not too large. Raises EOFError."""
    if record.rec_type != "response" or record.rec_headers.get_header("WARC-Truncated"):
        return None
    if not wanted(record.rec_headers.get_header("WARC-Target-URI") or ""):
        return None
    page = _page(record, max_body_bytes)
    if page is not None and _is_cut(record):
        raise EOFError("it ends inside a record")
    return page


def why_unreadable(error: Exception) -> str:
    """Why a file cannot be read, in the words of the system or the reader."""
    told = getattr(error, "strerror", None) or one_line(error, limit=None)
    return "".join(char if char.isprintable() else "?" for char in told)[:_MOST_TOLD]


def _page(record: Any, max_body_bytes: int) -> WarcPage | None:
    """The page of a response record; None if it is damaged or too large."""
    try:
        at = datetime.fromisoformat(record.rec_headers.get_header("WARC-Date"))
        body = _body(record, max_body_bytes)
        if len(body) > max_body_bytes:
            return None
        return WarcPage(
            url=record.rec_headers.get_header("WARC-Target-URI"),
            fetched_at=at if at.tzinfo else at.replace(tzinfo=UTC),
            status=int(record.http_headers.get_statuscode()),
            headers=tuple(record.http_headers.headers),
            body=body,
        )
    except (*_BAD_RECORD, *UNPACKING_ERRORS):
        return None


def _body(record: Any, max_bytes: int) -> bytes:
    """The unpacked body of a response, at most `max_bytes` + 1 bytes of it."""
    headers = record.http_headers
    named = (name.strip().lower() for name in (headers.get_header("Content-Encoding") or "").split(","))
    packings = [name for name in named if name not in ("", "identity")]
    is_chunked = (headers.get_header("Transfer-Encoding") or "").strip().lower() == "chunked"
    sent = ChunkedDataReader(record.raw_stream) if is_chunked else record.raw_stream
    return unpacked_body(sent.read(max_bytes + 1), packings, max_bytes=max_bytes)
