"""The WARC archive: every fetched article page, byte for byte, to extract from again without asking the publisher.

One gzip member per record, WARC/1.1 (ISO 28500:2017). A file being written is called ``….warc.gz.open`` and locked by
its writer; a file whose writer died is found by its lock being free, its half-written tail is cut, and writing goes on
in it.
"""

from __future__ import annotations

import errno
import fcntl
import gzip
import io
import os
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from news.errors import StoreError
from store.archive_tail import good_bytes
from store.records import ArchiveRef

OPEN_SUFFIX = ".open"
GZIP_LEVEL = 6  # level 9 costs twice the time for 1 % less on news pages
METADATA_TYPE = "application/warc-fields"
STATUS_TEXT = {200: "OK", 203: "Non-Authoritative Information"}


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
        self._folder = folder
        self._max_file_bytes = max_file_bytes
        self._file: IO[bytes] | None = None
        self._name = ""  # relative to the folder, without the suffix of open files
        self._size = 0

    def append_response(self, exchange: Exchange) -> ArchiveRef:
        """Archive an exchange; it is on disk after `sync`."""
        record = _writer().create_warc_record(
            exchange.url,
            "response",
            payload=io.BytesIO(exchange.body),
            http_headers=_http_headers(exchange),
            warc_headers_dict={
                "WARC-Date": _warc_date(exchange.fetched_at),
                "WARC-Payload-Digest": exchange.payload_digest,
            },
        )
        offset = self._append(record, exchange.fetched_at)
        return ArchiveRef(warc_file=self._name, warc_offset=offset, payload_digest=exchange.payload_digest)

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
        self._append(record, exchange.fetched_at)
        return known.ref

    def append_metadata(self, url: str, fetched_at: datetime, fields: Mapping[str, str]) -> None:
        """Archive what we made of a page, so that a record rebuilt from the archive has the same ids."""
        body = "".join(f"{name}: {' '.join(value.split())}\r\n" for name, value in fields.items()).encode()
        record = _writer().create_warc_record(
            url,
            "metadata",
            payload=io.BytesIO(body),
            warc_content_type=METADATA_TYPE,
            warc_headers_dict={"WARC-Date": _warc_date(fetched_at)},
        )
        self._append(record, fetched_at)

    def sync(self) -> None:
        """Put all that was appended on disk; to be called before the transaction that names it."""
        if self._file is not None:
            with _reported(self._folder):
                os.fsync(self._file.fileno())

    def read(self, ref: ArchiveRef) -> ArchivedPage:
        """Read an archived response. Raises StoreError when it is not there."""
        path = self._folder / ref.warc_file
        if not path.exists():
            path = path.with_name(path.name + OPEN_SUFFIX)
        try:
            with path.open("rb") as file:
                file.seek(ref.warc_offset)
                record = next(iter(ArchiveIterator(file)))
                return _page(record)
        except (OSError, StopIteration, ValueError, AttributeError) as error:
            raise StoreError(
                f"the archive has no readable record at {ref.warc_file} offset {ref.warc_offset} ({error}); "
                "restore the file from a backup"
            ) from error

    def close(self) -> None:
        """Sync and close the file in use."""
        if self._file is None:
            return
        self.sync()
        path = Path(self._file.name)
        empty = self._size == 0
        if empty:
            path.unlink()
        else:
            path.rename(path.with_name(path.name.removesuffix(OPEN_SUFFIX)))
        self._file.close()
        self._file = None

    def _append(self, record: Any, at: datetime) -> int:
        buffer = io.BytesIO()
        WARCWriter(buffer, gzip=False, warc_version="1.1").write_record(record)
        member = gzip.compress(buffer.getvalue(), GZIP_LEVEL, mtime=0)
        file = self._open_file(at, len(member))
        offset = self._size
        try:
            file.write(member)
            file.flush()
        except OSError as error:
            os.ftruncate(file.fileno(), offset)  # a half record would end the file for its readers
            raise _full(self._folder, error) from error
        self._size += len(member)
        return offset

    def _open_file(self, at: datetime, need_bytes: int) -> IO[bytes]:
        full = self._size + need_bytes > self._max_file_bytes and self._size > 0
        if self._file is not None and (full or not self._name.startswith(_day(at))):
            self.close()
        if self._file is None:
            with _reported(self._folder):
                self._file = self._resume(at) or self._create(at)
            self._size = os.fstat(self._file.fileno()).st_size
        return self._file

    def _create(self, at: datetime) -> IO[bytes]:
        stamp = at.astimezone(UTC).strftime("%Y%m%dT%H%M%S")
        self._name = f"{_day(at)}/newsdex-{stamp}-{uuid.uuid4().hex[:8]}.warc.gz"
        path = self._folder / (self._name + OPEN_SUFFIX)
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("ab", buffering=0)
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return file

    def _resume(self, at: datetime) -> IO[bytes] | None:
        """Today's file of a writer that died, mended; None when there is none with room."""
        mended = [(path, file) for path, file in _abandoned(self._folder)]
        chosen: IO[bytes] | None = None
        for path, file in mended:
            name = path.relative_to(self._folder).as_posix().removesuffix(OPEN_SUFFIX)
            room = os.fstat(file.fileno()).st_size < self._max_file_bytes
            if chosen is None and room and name.startswith(_day(at)):
                chosen, self._name = file, name
                continue
            path.rename(path.with_name(path.name.removesuffix(OPEN_SUFFIX)))
            file.close()
        return chosen


def _abandoned(folder: Path) -> Iterator[tuple[Path, IO[bytes]]]:
    """Open files whose writer is gone, locked by us, their tails cut to the last whole record."""
    for path in sorted(folder.glob(f"*/*.warc.gz{OPEN_SUFFIX}")):
        file = path.open("r+b", buffering=0)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.close()
            continue
        with path.open("rb") as reader:
            good = good_bytes(reader)
        os.ftruncate(file.fileno(), good)
        file.seek(good)
        if good == 0:
            path.unlink()
            file.close()
            continue
        yield path, file


def _writer() -> WARCWriter:
    return WARCWriter(io.BytesIO(), gzip=False, warc_version="1.1")


def _http_headers(exchange: Exchange) -> StatusAndHeaders:
    """The answer's headers, made true for the decoded body that is stored."""
    kept: list[tuple[str, str]] = []
    for name, value in exchange.headers:
        if name.lower() in {"content-encoding", "transfer-encoding", "content-length"}:
            kept.append((f"X-Archive-Orig-{name}", value))
        else:
            kept.append((name, value))
    kept.append(("Content-Length", str(len(exchange.body))))
    text = STATUS_TEXT.get(exchange.status, "Status")
    return StatusAndHeaders(f"{exchange.status} {text}", kept, protocol="HTTP/1.1")


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


def _day(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%d")


def _full(folder: Path, error: OSError) -> StoreError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return StoreError(f"no space left for the archive in {folder}; free some, nothing that was stored is lost")
    return StoreError(f"the archive in {folder} cannot be written: {error.strerror}; check the folder and its owner")


class _reported:  # noqa: N801  reads as a statement: with _reported(folder)
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        if isinstance(error, OSError):
            raise _full(self._folder, error) from error
