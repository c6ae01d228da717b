"""Bodies as they came, packed as Content-Encoding says, and unpacked where they are read, as far as they go."""

from __future__ import annotations

import gzip
import io
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from zlib_ng import zlib_ng

from news.errors import one_line
from news.fetch import Outcome
from store.archive.unpacking import UNPACKING_ERRORS, unpacked_pieces, zstd

B = TypeVar("B", bytes, bytearray)
TOO_LARGE = "larger than crawl.max_body_bytes"
STEP_BYTES = 65_536  # unpacked at a time, checking a bound in between
_GZIP, _ZLIB, _BARE = 16 + zlib.MAX_WBITS, zlib.MAX_WBITS, -zlib.MAX_WBITS  # window bits; bare: no zlib header
_ZLIB_NG_ERROR: type[Exception] = zlib_ng.error  # type: ignore[assignment]  # its stub takes the class for an object
_DAMAGED = (OSError, EOFError, struct.error, zlib.error, _ZLIB_NG_ERROR, *UNPACKING_ERRORS)


class UnpackingFailed(Exception):
    """A body that yields nothing; `outcome` says why."""

    def __init__(self, detail: str, outcome: Outcome) -> None:
        super().__init__(detail)
        self.outcome = outcome


@dataclass(frozen=True, slots=True)
class Unpacked:
    """An unpacked body."""

    body: bytes
    is_whole: bool = True  # False = the packed body was cut off
    is_member: bool = False  # it was sent as one whole gzip member, which unpacks the same everywhere


@dataclass(frozen=True, kw_only=True, slots=True)
class PackedBody:
    """A body as it came."""

    content: bytes
    packings: tuple[str, ...] = ()  # the names in Content-Encoding, in the order of packing
    most_bytes: int = 1 << 30  # its maximum size when unpacked

    @property
    def unknown_packings(self) -> tuple[str, ...]:
        """The packings that cannot be unpacked here, and those within them; a body is left packed in these."""
        places = [place for place, packing in enumerate(self.packings, 1) if packing not in _UNPACKERS]
        return self.packings[: places[-1]] if places else ()

    def unpacked(self) -> Unpacked:
        """Unpack the body; if it is cut or damaged, as much as can be read. Raises UnpackingFailed."""
        packings = self.packings[len(self.unknown_packings) :]
        if not self.content:  # as in every 304 answer
            return Unpacked(b"", is_whole=not packings)
        found = Unpacked(self.content)
        for packing in reversed(packings):
            try:
                inner = _UNPACKERS[packing](found.body, self.most_bytes)
            except _DAMAGED as error:
                why = f"the body is not {packing}, as Content-Encoding says: {one_line(error)}"
                raise UnpackingFailed(why, Outcome.INCOMPLETE) from error
            is_member = inner.is_member and len(self.packings) == 1
            found = Unpacked(inner.body, inner.is_whole and found.is_whole, is_member)
        return found


def _gzip(packed: bytes, most: int) -> Unpacked:
    with suppress(_ZLIB_NG_ERROR):
        unpacker = zlib_ng.decompressobj(_GZIP)
        body = _bounded(unpacker.decompress(packed, most + 1), most)
        if unpacker.eof and not unpacker.unused_data:
            return Unpacked(body, is_member=True)
    return _joined(_gzip_pieces(packed), most)


def _gzip_pieces(packed: bytes) -> Iterator[bytes]:
    """What can be read of one or more members, even if a checksum is wrong or something else follows them."""
    file, is_begun = gzip.GzipFile(fileobj=io.BytesIO(packed)), False
    try:
        while piece := file.read1(STEP_BYTES):
            is_begun = True
            yield piece
    except (OSError, struct.error, zlib.error):
        if not is_begun:
            raise


def _deflate(packed: bytes, most: int) -> Unpacked:
    """Unpack deflate with zlib's header (RFC 9110, section 8.4.1.2); some servers omit it, and then no end is known."""
    try:
        unpacker = zlib_ng.decompressobj(_ZLIB)
        return Unpacked(_bounded(unpacker.decompress(packed, most + 1), most), unpacker.eof)
    except _ZLIB_NG_ERROR:
        return Unpacked(_bounded(zlib_ng.decompressobj(_BARE).decompress(packed, most + 1), most))


def _brotli(packed: bytes, most: int) -> Unpacked:
    return _joined(unpacked_pieces(packed, "br", step_bytes=STEP_BYTES), most)


def _zstd(packed: bytes, most: int) -> Unpacked:
    """Unpack one frame or several in a row."""
    with zstd.ZstdFile(io.BytesIO(packed)) as file:
        return _joined(iter(partial(file.read, STEP_BYTES), b""), most)


def _joined(pieces: Iterable[bytes], most: int) -> Unpacked:
    """Join the pieces; an EOFError means that the rest is missing."""
    body = bytearray()
    try:
        for piece in pieces:
            body += piece
            _bounded(body, most)
    except EOFError:
        return Unpacked(bytes(body), is_whole=False)
    return Unpacked(bytes(body))


def _bounded(body: B, most: int) -> B:
    if len(body) > most:
        raise UnpackingFailed(TOO_LARGE, Outcome.TOO_LARGE)
    return body


_UNPACKERS: dict[str, Callable[[bytes, int], Unpacked]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
