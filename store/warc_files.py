"""Pages from WARC files that others wrote, such as Common Crawl's: one response after another, bounded."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeadersParserException

from news.errors import ConfigError, StoreError

_BEGINNINGS = (b"WARC/", b"\x1f\x8b")  # plain, gzip (RFC 1952)
_BAD_FILE = (OSError, EOFError, ValueError, TypeError, AttributeError, zlib.error, ArchiveLoadFailed)
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
    """The responses of a file, gzipped or not, whose addresses are wanted; those that are too large are passed over.

    Raises ConfigError when it is no such file, StoreError when it cannot be read, or not to its end; the pages before
    that place were given.
    """
    try:
        with path.open("rb") as file:
            if not file.peek(len(_BEGINNINGS[0])).startswith(_BEGINNINGS):
                raise ConfigError(f"{path}: is no WARC file; name files that end in .warc or .warc.gz")
            for record in ArchiveIterator(file):
                if record.rec_type != "response" or record.rec_headers.get_header("WARC-Truncated"):
                    continue
                if wanted(record.rec_headers.get_header("WARC-Target-URI") or ""):
                    page = _page(record, max_body_bytes)
                    if getattr(record.raw_stream, "limit", 0) > 0 and page is not None:
                        raise EOFError("it ends inside a record")
                    if page is not None:
                        yield page
    except _BAD_FILE as error:
        why = getattr(error, "strerror", None) or " ".join(str(error).split()) or type(error).__name__
        raise StoreError(f"{path}: cannot be read to its end as a WARC file ({why})") from error


def _page(record: Any, max_body_bytes: int) -> WarcPage | None:
    """The page of a response record; None for one that is damaged or too large."""
    try:
        at = datetime.fromisoformat(record.rec_headers.get_header("WARC-Date"))
        body = record.content_stream().read(max_body_bytes + 1)
        if len(body) > max_body_bytes:
            return None
        return WarcPage(
            url=record.rec_headers.get_header("WARC-Target-URI"),
            fetched_at=at if at.tzinfo else at.replace(tzinfo=UTC),
            status=int(record.http_headers.get_statuscode()),
            headers=tuple(record.http_headers.headers),
            body=body,
        )
    except _BAD_RECORD:
        return None
