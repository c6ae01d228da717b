"""Whether an answer may be a part only: its server closed the connection, or what it packed has no end."""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable
from functools import partial

import brotli  # what Scrapy unpacks with, as below

from crawler.answers import Answer
from crawler.packing import PACKINGS, zlib_unpacker

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

ENDS = (b"</html>", b"</rss>", b"</feed>", b"</urlset>", b"</sitemapindex>", b"</rdf:rdf>")
TAIL_BYTES = 2048  # caches and statistics write comments behind the end
TRUSTED_AFTER = 2  # such answers in a row: a server that always ends so has no other end
PACKED = b"\x1f\x8b"  # gzip: what is missing is noticed when it is unpacked
UNPACKED_BYTES = 65_536  # at a time: nothing of it is kept


def why_cut(answer: Answer, *, failure_count: int) -> str | None:
    """Why an answer is to be asked for again; None for one that is whole. `failure_count` as in `may_be_cut`."""
    if not may_be_cut(answer.body, failure_count=failure_count):
        return None
    if answer.has_no_length:
        return "the connection was closed and the page has no end"
    return "what was sent packed stops before its end" if stops_early(answer.packed, answer.packing) else None


def stops_early(packed: bytes, packing: str) -> bool:
    """Whether a body packed as Content-Encoding says has no end; Scrapy unpacks as much as there is."""
    if packing not in _STOPS_EARLY:
        return False
    try:
        return _STOPS_EARLY[packing](packed)
    except (zlib.error, brotli.error, zstd.ZstdError):  # damaged, or deflate without a head: what was read has to do
        return False


def _zlib_stops_early(packed: bytes) -> bool:
    unpacker, left = zlib_unpacker(), packed
    while not unpacker.eof:
        unpacked = unpacker.decompress(left, UNPACKED_BYTES)
        left = unpacker.unconsumed_tail
        if not (unpacked or left):
            return True
    return False


def _brotli_stops_early(packed: bytes) -> bool:
    unpacker = brotli.Decompressor()
    unpack = partial(unpacker.process, output_buffer_limit=UNPACKED_BYTES)
    return _keeping_stops_early(packed, unpack, unpacker.is_finished)


def _zstd_stops_early(packed: bytes) -> bool:
    unpacker = zstd.ZstdDecompressor()
    unpack = partial(unpacker.decompress, max_length=UNPACKED_BYTES)
    return _keeping_stops_early(packed, unpack, lambda: unpacker.eof)


def _keeping_stops_early(packed: bytes, unpack: Callable[[bytes], bytes], is_finished: Callable[[], bool]) -> bool:
    """The same of an unpacker that keeps what it did not read."""
    left = packed
    while not is_finished():
        if not (unpack(left) or left):
            return True
        left = b""
    return False


_STOPS_EARLY = {
    **dict.fromkeys(PACKINGS, _zlib_stops_early),
    "br": _brotli_stops_early,
    "zstd": _zstd_stops_early,
}


def may_be_cut(body: bytes, *, failure_count: int) -> bool:
    """Whether to ask again for what lacks its last tag; `failure_count` fetches in a row have failed before.

    >>> may_be_cut(b"<html><body><p>Half a sto", failure_count=0)
    True
    >>> may_be_cut(b"<html><body><p>All.</body></html>\\n<!-- cached -->", failure_count=0)
    False
    """
    if failure_count >= TRUSTED_AFTER or body.startswith(PACKED):
        return False
    tail = body[-TAIL_BYTES:].lower()
    return not (any(end in tail for end in ENDS) or tail.rstrip().endswith((b"}", b"]")))
