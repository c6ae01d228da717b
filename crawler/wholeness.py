"""Whether an answer may be a part only: its server closed the connection, or what it packed has no end."""

from __future__ import annotations

import zlib

from crawler.answers import Answer
from crawler.packing import PACKINGS, zlib_unpacker
from store.archive.unpacking import NEWER_PACKINGS, UNPACKING_ERRORS, unpacked_pieces

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
    try:
        if packing in PACKINGS:
            return _zlib_stops_early(packed)
        if packing in NEWER_PACKINGS:
            return _newer_stops_early(packed, packing)
    except (zlib.error, *UNPACKING_ERRORS):  # damaged, or deflate without a head: what was read has to do
        return False
    return False


def _zlib_stops_early(packed: bytes) -> bool:
    unpacker, left = zlib_unpacker(), packed
    while not unpacker.eof:
        unpacked = unpacker.decompress(left, UNPACKED_BYTES)
        left = unpacker.unconsumed_tail
        if not (unpacked or left):
            return True
    return False


def _newer_stops_early(packed: bytes, packing: str) -> bool:
    try:
        for _ in unpacked_pieces(packed, packing, step_bytes=UNPACKED_BYTES):
            pass
    except EOFError:
        return True
    return False


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
