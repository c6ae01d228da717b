"""Feeds and sitemaps that are served as gzip files, unpacked up to a bound."""

from __future__ import annotations

import zlib

from crawler.discovery.readings import Unreadable
from news.fetch import Outcome

GZIP_MAGIC = b"\x1f\x8b"


def gunzip(data: bytes, max_bytes: int) -> tuple[bytes, bool] | None:
    """The unpacked bytes and whether the stream was damaged or cut; None when more than `max_bytes` come out."""
    parts: list[bytes] = []
    size = 0
    while data.startswith(GZIP_MAGIC):
        unpacker = zlib.decompressobj(wbits=31)
        try:
            part = unpacker.decompress(data, max_bytes - size + 1)
        except zlib.error:
            return b"".join(parts), True
        parts.append(part)
        size += len(part)
        if size > max_bytes:
            return None
        if not unpacker.eof:
            return b"".join(parts), True
        data = unpacker.unused_data
    return b"".join(parts), False


def unpacked_file(body: bytes, max_bytes: int) -> tuple[bytes, bool] | Unreadable:
    """A document that may be served as a gzip file, and whether that was damaged or cut; never raises."""
    if not body.startswith(GZIP_MAGIC):
        return body, False
    unpacked = gunzip(body, max_bytes)
    if unpacked is None:
        return Unreadable(reason=f"more than {max_bytes} bytes when unpacked", outcome=Outcome.TOO_LARGE)
    data, cut = unpacked
    return Unreadable(reason="gzip within gzip") if data.startswith(GZIP_MAGIC) else (data, cut)
