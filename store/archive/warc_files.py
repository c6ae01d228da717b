"""Pages from WARC files that others wrote, such as Common Crawl's: one response after another, or one; bounded."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeadersParserException

from news.errors import ConfigError, one_line
from store.archive.unpacking import NEWER_PACKINGS, UNPACKING_ERRORS
from store.archive.warc_packing import ZSTD_BEGINNINGS, UnpackedFile, unpacked_body
from store.errors import UnreadableFile

_BEGINNINGS = (b"WARC/", b"\x1f\x8b", *ZSTD_BEGINNINGS)  # plain, gzip (RFC 1952), zstd
_BAD_FILE = (OSError, EOFError, ValueError, TypeError, AttributeError, zlib.error, ArchiveLoadFailed, *UNPACKING_ERRORS)
_BAD_RECORD = (ValueError, TypeError, AttributeError, zlib.error, StatusAndHeadersParserException)


@dataclass(frozen=True, kw_only=True, slots=True)
class WarcPage:
    """One response as an archive kept it, its body decoded from content and transfer encoding."""

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
    """The responses of a file whose addresses are wanted, but for those that are too large.

    The file may be plain or packed with gzip or zstd.

    Raises ConfigError when it is no such file, UnreadableFile when it cannot be read, or not to its end; the pages
    before that place were given.
    """
    try:
        with path.open("rb") as file:
            if not _beginning(file).startswith(_BEGINNINGS):
                raise ConfigError(
                    f"{path}: is no WARC file; name files that end in .warc, .warc.gz or .warc.zst, or their indexes"
                )
            for record in ArchiveIterator(_records(file)):
                page = _wanted_page(record, wanted, max_body_bytes)
                if page is not None:
                    yield page
    except _BAD_FILE as error:
        raise UnreadableFile(f"{path}: cannot be read to its end as a WARC file ({why_unreadable(error)})") from error


def read_warc_page(path: Path, offset: int, *, url: str, max_body_bytes: int) -> WarcPage | None:
    """The response at a place of a file; None for one that is cut, too large or damaged.

    Raises UnreadableFile where no response of this address begins there.
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


def _beginning(file: io.BufferedReader) -> bytes:
    return file.peek(len(_BEGINNINGS[0]))


def _records(file: io.BufferedReader, offset: int = 0) -> io.BufferedReader | UnpackedFile:
    """What warcio reads records from, from this place on: it unpacks gzip itself."""
    if _beginning(file).startswith(ZSTD_BEGINNINGS):
        return UnpackedFile(file, offset)
    file.seek(offset)
    return file


def _wanted_page(record: Any, wanted: Callable[[str], bool], max_body_bytes: int) -> WarcPage | None:
    """The page of a record; None for all but whole responses that are wanted and not too large. Raises EOFError."""
    if record.rec_type != "response" or record.rec_headers.get_header("WARC-Truncated"):
        return None
    if not wanted(record.rec_headers.get_header("WARC-Target-URI") or ""):
        return None
    page = _page(record, max_body_bytes)
    if page is not None and getattr(record.raw_stream, "limit", 0) > 0:
        raise EOFError("it ends inside a record")
    return page


def why_unreadable(error: Exception) -> str:
    """What is wrong with a file, in the system's or the reader's words."""
    return getattr(error, "strerror", None) or one_line(error, limit=None)


def _page(record: Any, max_body_bytes: int) -> WarcPage | None:
    """The page of a response record; None for one that is damaged or too large."""
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
    """The body of a response, unpacked; of one above `max_bytes` one byte more."""
    headers = record.http_headers
    packing = (headers.get_header("Content-Encoding") or "").strip().lower()
    if packing not in NEWER_PACKINGS:  # warcio knows those of zlib; its reader of brotli does not work
        body: bytes = record.content_stream().read(max_bytes + 1)
        return body
    is_chunked = (headers.get_header("Transfer-Encoding") or "").strip().lower() == "chunked"
    sent = ChunkedDataReader(record.raw_stream) if is_chunked else record.raw_stream
    return unpacked_body(sent.read(max_bytes + 1), packing, max_bytes=max_bytes)
