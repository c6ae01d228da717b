"""WARC files as others write them, and records as newsdex once wrote them."""

from __future__ import annotations

import gzip
import io
import re
import struct
import zlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import brotli
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from store.archive.records import metadata_record
from store.archive.service import Archive
from store.archive.unpacking import zstd

PACK: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstd.compress,
    "identity": bytes,
}


def write_warc(
    path: Path,
    pages: list[tuple[str, datetime, int, bytes]],
    *,
    packing: str = "gzip",
    is_packed: bool = True,
    gzipped: bool = True,
) -> Path:
    """A file as Common Crawl writes them: gzip members, bodies in the encodings they came in.

    Not `is_packed` are those of archives that unpack a body and leave its header.
    """
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=gzipped)
        for url, at, status, body in pages:
            headers = [("Content-Type", "text/html; charset=utf-8"), ("Content-Encoding", packing)]
            answer = StatusAndHeaders(f"{status} Some", headers, protocol="HTTP/1.1")
            date = {"WARC-Date": at.strftime("%Y-%m-%dT%H:%M:%SZ")}
            packed = body
            for name in packing.lower().split(", ") if is_packed else ():
                packed = PACK[name](packed)
            record = writer.create_warc_record(
                url,
                "response",
                payload=io.BytesIO(packed),
                length=len(packed),  # else warcio leaves a temporary file open
                http_headers=answer,
                warc_headers_dict=date,
            )
            writer.write_record(record)
    return path


def as_zstd(plain: Path, *, dictionary: bytes | None = None, is_packed: bool = False) -> Path:
    """The same records in a `.warc.zst`, a frame each, the dictionary before them."""
    known = zstd.ZstdDict(dictionary) if dictionary is not None else None
    records = re.split(rb"(?<=\r\n\r\n)(?=WARC/1\.)", plain.read_bytes())
    frames = b"".join(zstd.compress(record, zstd_dict=known) for record in records)
    if dictionary is not None:
        content = zstd.compress(dictionary) if is_packed else dictionary
        frames = struct.pack("<II", 0x184D2A5D, len(content)) + content + frames
    path = plain.with_name(plain.name + ".zst")
    path.write_bytes(frames)
    return path


def append_about(archive: Archive, url: str, at: datetime) -> None:
    """Append a record that is about an address and belongs to no answer, as those of before November 2026 did."""
    archive._files.append(metadata_record(url, at, {"a": "b"}).member, at)
