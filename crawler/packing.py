"""Bodies that are sent packed, as Content-Encoding says: the packings of zlib, which crawls unpack themselves."""

from __future__ import annotations

import zlib

PACKINGS = frozenset({"gzip", "x-gzip", "deflate"})
ACCEPTED = "gzip, deflate"  # as Accept-Encoding has it


def zlib_unpacker() -> zlib._Decompress:
    """What unpacks gzip and zlib, told by their first bytes; raises zlib.error for what is neither."""
    return zlib.decompressobj(wbits=47)
