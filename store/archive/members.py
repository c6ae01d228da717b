"""Gzip members (RFC 1952) that hold one record each: packed, with a part stored as it is, or padded to a length."""

from __future__ import annotations

import struct
import zlib

from zlib_ng import zlib_ng

from store.archive.scan import GAP, MAGIC

GZIP_LEVEL = 3  # of zlib-ng: half the time of zlib's level 4 for as many bytes (docs/decisions/0025-faster-gzip.md)
_GZIP_MEMBER = 16 + zlib.MAX_WBITS  # window bits for gzip's header and trailer; no time is written into the header
_BARE = -zlib.MAX_WBITS  # window bits for bare deflate, without header or trailer
_FCOMMENT = 0x10  # RFC 1952, section 2.3.1: a comment follows the header, up to a zero byte


def padded_member(raw: bytes, length: int) -> bytes | None:
    """A member of exactly `length` bytes; None if it takes more.

    A comment in the header, which readers skip, pads it.
    """
    deflater = zlib.compressobj(9, zlib.DEFLATED, _BARE)
    packed = deflater.compress(raw) + deflater.flush()
    header, end = _gzip_header(_FCOMMENT), _gzip_trailer(raw)
    room = length - len(header) - len(packed) - len(end)
    return header + b" " * (room - 1) + b"\0" + packed + end if room > 0 else None


def packed_member(raw: bytes, *, stored_as_is: int = 0) -> bytes:
    """A record as a member; the last `stored_as_is` bytes before its closing gap are compressed already."""
    return _part_stored(raw, stored_as_is) if stored_as_is else zlib_ng.compress(raw, GZIP_LEVEL, _GZIP_MEMBER)


def _part_stored(raw: bytes, packed_bytes: int) -> bytes:
    """A gzip member that stores its compressed end as is (RFC 1951, section 3.2.4); packing it again gains nothing."""
    head = len(raw) - packed_bytes - len(GAP)
    packer = zlib_ng.compressobj(GZIP_LEVEL, zlib.DEFLATED, _BARE)
    packed = packer.compress(raw[:head]) + packer.flush(zlib.Z_SYNC_FLUSH)
    storer = zlib.compressobj(0, zlib.DEFLATED, _BARE)
    stored = storer.compress(memoryview(raw)[head:]) + storer.flush()
    return b"".join((_gzip_header(), packed, stored, _gzip_trailer(raw)))


def _gzip_header(flags: int = 0) -> bytes:
    """The ten bytes that begin a member (RFC 1952, section 2.3): without a time, from an unknown system."""
    return struct.pack("<3sBIBB", MAGIC, flags, 0, 0, 255)


def _gzip_trailer(raw: bytes) -> bytes:
    """The checksum and length of what a member holds, which end it."""
    return struct.pack("<II", zlib.crc32(raw), len(raw))
