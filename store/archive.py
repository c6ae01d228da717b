"""The WARC archive: every fetched article page, byte for byte, to extract from again without asking the publisher.

One gzip member per record, WARC/1.1 (ISO 28500:2017).
"""

from __future__ import annotations

import gzip
import io
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import responses
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParserException
from warcio.warcwriter import WARCWriter

from news.digest import payload_digest
from news.errors import StoreError
from store.archive_files import ArchiveFiles
from store.records import ArchiveRef

GZIP_LEVEL = 6  # level 9 costs twice the time for 1 % less on news pages
METADATA_TYPE = "application/warc-fields"
_LINE_BREAKS = re.compile("[\r\n\0]+")
_BAD_RECORD = (
    OSError,
    EOFError,
    StopIteration,
    ValueError,
    TypeError,
    AttributeError,
    zlib.error,
    ArchiveLoadFailed,
    StatusAndHeadersParserException,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Exchange:
    """One answered request, its body decoded from content and transfer encoding."""

    url: str
    fetched_at: datetime
    status: int
    headers: Sequence[tuple[str, str]]
    body: bytes
    payload_digest: str


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownPayload:
    """An archived response that had the same body."""

    ref: ArchiveRef
    url: str
    fetched_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class ArchivedPage:
    """A page read back."""

    url: str
    fetched_at: datetime
    status: int
    content_type: str | None
    body: bytes


class Archive:
    """Appends to and reads from the WARC files of one folder; one writer object per process."""

    def __init__(self, folder: Path, *, max_file_bytes: int) -> None:
        self._files = ArchiveFiles(folder, max_file_bytes=max_file_bytes)

    def append_response(self, exchange: Exchange) -> ArchiveRef:
        """Archive an exchange; it is on disk after `sync`. Raises StoreError, and then nothing of it is written."""
        record = _writer().create_warc_record(
            exchange.url,
            "response",
            payload=io.BytesIO(exchange.body),
            length=len(exchange.body),  # else warcio copies the body through a temporary file
            http_headers=_http_headers(exchange),
            warc_headers_dict={
                "WARC-Date": _warc_date(exchange.fetched_at),
                "WARC-Payload-Digest": exchange.payload_digest,
            },
        )
        name, offset = self._files.append(_member(record), exchange.fetched_at)
        return ArchiveRef(warc_file=name, warc_offset=offset, payload_digest=exchange.payload_digest)

    def append_revisit(self, exchange: Exchange, known: KnownPayload) -> ArchiveRef:
        """Archive that a known payload was met again; returns where that payload lies."""
        record = _writer().create_revisit_record(
            exchange.url,
            digest=exchange.payload_digest,
            refers_to_uri=known.url,
            refers_to_date=_warc_date(known.fetched_at),
            http_headers=_http_headers(exchange),
            warc_headers_dict={"WARC-Date": _warc_date(exchange.fetched_at)},
        )
        self._files.append(_member(record), exchange.fetched_at)
        return known.ref

    def append_metadata(self, url: str, fetched_at: datetime, fields: Mapping[str, str]) -> None:
        """Archive what we made of a page, so that a record rebuilt from the archive has the same ids."""
        body = "".join(f"{name}: {' '.join(value.split())}\r\n" for name, value in fields.items()).encode()
        record = _writer().create_warc_record(
            url,
            "metadata",
            payload=io.BytesIO(body),
            length=len(body),
            warc_content_type=METADATA_TYPE,
            warc_headers_dict={"WARC-Date": _warc_date(fetched_at)},
        )
        self._files.append(_member(record), fetched_at)

    def sync(self) -> None:
        """Put all that was appended on disk; to be called before the transaction that names it."""
        self._files.sync()

    def read(self, ref: ArchiveRef) -> ArchivedPage:
        """Read an archived response. Raises StoreError when it is not there or not what was written."""
        try:
            with self._files.locate(ref.warc_file) as file:
                file.seek(ref.warc_offset)
                page = _page(next(iter(ArchiveIterator(file))))
            if ref.payload_digest and payload_digest(page.body) != ref.payload_digest:
                raise ValueError("the body is not the one that was written")
        except _BAD_RECORD as error:
            why = " ".join(str(error).split()) or type(error).__name__
            raise StoreError(
                f"the archive has no readable record at {ref.warc_file} offset {ref.warc_offset} ({why}); "
                "restore the file from a backup"
            ) from error
        return page

    def files_before(self, day: datetime) -> list[str]:
        """Finished files of earlier days, oldest first."""
        return self._files.before(day)

    def delete(self, name: str) -> None:
        """Delete a finished file. Raises StoreError."""
        self._files.delete(name)

    def close(self) -> None:
        """Sync and close the file in use."""
        self._files.close()


def _member(record: Any) -> bytes:
    buffer = io.BytesIO()
    WARCWriter(buffer, gzip=False, warc_version="1.1").write_record(record)
    return gzip.compress(buffer.getvalue(), GZIP_LEVEL, mtime=0)


def _writer() -> WARCWriter:
    return WARCWriter(io.BytesIO(), gzip=False, warc_version="1.1")


def _http_headers(exchange: Exchange) -> StatusAndHeaders:
    """The answer's headers, made true for the decoded body that is stored."""
    kept: list[tuple[str, str]] = []
    for name, value in exchange.headers:
        if name.lower() in {"content-encoding", "transfer-encoding", "content-length"}:
            kept.append((f"X-Archive-Orig-{name}", _one_line(value)))
        else:
            kept.append((name.encode("ascii", "replace").decode(), _one_line(value)))
    kept.append(("Content-Length", str(len(exchange.body))))
    status = f"{exchange.status} {responses.get(exchange.status, 'Status')}"
    return StatusAndHeaders(status, kept, protocol="HTTP/1.1")


def _one_line(value: str) -> str:
    """A header's value that can neither start another header nor fail to be encoded."""
    return _LINE_BREAKS.sub(" ", value).encode("utf-8", "replace").decode()


def _page(record: Any) -> ArchivedPage:
    if record.rec_type != "response":
        raise ValueError(f"a {record.rec_type} record, not a response")
    return ArchivedPage(
        url=record.rec_headers.get_header("WARC-Target-URI"),
        fetched_at=datetime.fromisoformat(record.rec_headers.get_header("WARC-Date")),
        status=int(record.http_headers.get_statuscode()),
        content_type=record.http_headers.get_header("Content-Type"),
        body=record.content_stream().read(),
    )


def _warc_date(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
