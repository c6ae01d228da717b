"""Unpacking brotli and zstd bodies piece by piece; Python's own zlib handles the older packings."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import partial

import brotli  # this and zstd below are the libraries that Scrapy unpacks with

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

UNPACKING_ERRORS = (brotli.error, zstd.ZstdError)

__all__ = ["NEWER_PACKINGS", "UNPACKING_ERRORS", "unpacked_pieces", "zstd"]


def unpacked_pieces(packed: bytes, packing: str, *, step_bytes: int) -> Iterator[bytes]:
    """Unpack a body (`packing` is `br` or `zstd`, as in Content-Encoding), about `step_bytes` at a time.

    Raises one of UNPACKING_ERRORS if it is packed otherwise, and EOFError if it is cut off.
    """
    unpack, is_finished = _UNPACKERS[packing](step_bytes)
    left = packed  # the unpacker keeps the rest of its input
    while not is_finished():
        piece = unpack(left)
        if not (piece or left):
            raise EOFError("a packed body stops before its end")
        yield piece
        left = b""


def _brotli(step_bytes: int) -> tuple[Callable[[bytes], bytes], Callable[[], bool]]:
    unpacker = brotli.Decompressor()
    return partial(unpacker.process, output_buffer_limit=step_bytes), unpacker.is_finished


def _zstd(step_bytes: int) -> tuple[Callable[[bytes], bytes], Callable[[], bool]]:
    unpacker = zstd.ZstdDecompressor()
    return partial(unpacker.decompress, max_length=step_bytes), lambda: unpacker.eof


_UNPACKERS = {"br": _brotli, "zstd": _zstd}
NEWER_PACKINGS = frozenset(_UNPACKERS)
