"""Packings of bodies as named in Content-Encoding; those of zlib crawls request and unpack themselves."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

PACKINGS = frozenset({"gzip", "x-gzip", "deflate"})
ACCEPTED = "gzip, deflate"  # for Accept-Encoding


def zlib_unpacker() -> zlib._Decompress:
    """An unpacker for gzip and zlib, which it tells apart by their first bytes; raises zlib.error for anything else."""
    return zlib.decompressobj(wbits=47)


def packings_of(values: Sequence[bytes]) -> tuple[str, ...]:
    """The packings that the Content-Encoding headers of an answer name, in the order of packing; identity is none."""
    named = [name.strip().lower() for name in b",".join(values).decode("latin-1").split(",")]
    return tuple(packing for packing in named if packing not in ("", "identity"))
