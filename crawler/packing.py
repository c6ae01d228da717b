"""The packings of zlib (as named in Content-Encoding), which crawls request and unpack themselves."""

from __future__ import annotations

import zlib

PACKINGS = frozenset({"gzip", "x-gzip", "deflate"})
ACCEPTED = "gzip, deflate"  # for Accept-Encoding


def zlib_unpacker() -> zlib._Decompress:
    """An unpacker for gzip and zlib, which it tells apart by their first bytes; raises zlib.error for anything else."""
    return zlib.decompressobj(wbits=47)
