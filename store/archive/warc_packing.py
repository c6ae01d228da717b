"""Unpacking other people's WARC files: bodies, and whole files packed with gzip or by IIPC's zstd profile.

With zstd (https://iipc.github.io/warc-specifications/specifications/warc-zstd/) each record is its own frame. A
dictionary for all of them may precede the first, in a skippable frame; it may itself be packed as a frame.
"""

from __future__ import annotations

import gzip
import io
import re
import struct
import zlib
from collections.abc import Iterable, Sequence

from news.errors import one_line
from store.archive.unpacking import NEWER_PACKINGS, unpacked_pieces, zstd

GZIP_BEGINNING = b"\x1f\x8b"  # RFC 1952, section 2.3.1
ZSTD_BEGINNINGS = (b"\x28\xb5\x2f\xfd", b"\x5d\x2a\x4d\x18")  # a frame; a skippable frame that holds a dictionary
MAX_DICTIONARY_BYTES = 16 << 20  # far more than those in use; frames state their size before they are read
_ZLIB_PACKINGS = frozenset({"gzip", "x-gzip", "deflate"})
_GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS
_PAGE_BEGINS = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|\?xml|head|!--)", re.IGNORECASE)
_FRAME, _DICTIONARY = ZSTD_BEGINNINGS
_HEAD_BYTES = 8  # of a skippable frame: magic number and size, four bytes each (RFC 8878, section 3.1.2)


class UnpackedFile:
    """The unpacked content of a gzip or zstd file from an offset on; warcio unpacks gzip too, but ignores damage.

    Raises ValueError if the zstd dictionary is invalid, cut off or too large.
    """

    def __init__(self, file: io.BufferedReader, offset: int = 0) -> None:
        self._file: gzip.GzipFile | zstd.ZstdFile
        if _begins(file, ZSTD_BEGINNINGS):
            dictionary = _dictionary(file)
            file.seek(offset)
            self._file = zstd.ZstdFile(file, zstd_dict=dictionary)
        else:
            file.seek(offset)
            self._file = gzip.GzipFile(fileobj=file)
        self._fault: Exception | None = None

    def read(self, size: int = -1) -> bytes:
        """The next bytes. Raises ValueError at a cut or damage, and from then on: nothing behind it is read."""
        try:
            if self._fault is None:
                return self._file.read1(size)  # at most one member, so that what precedes damage is returned
        except EOFError:  # which warcio would take for the end of all records
            self._fault = ValueError("it ends inside a record")
        except (OSError, zlib.error, zstd.ZstdError) as error:
            self._fault = ValueError(one_line(error))
        assert self._fault is not None
        raise self._fault

    def tell(self) -> int:
        """The number of unpacked bytes read so far."""
        return self._file.tell()

    def check(self) -> None:
        """Raise the ValueError that `read` raised, if it did."""
        if self._fault is not None:
            raise self._fault


def is_packed(file: io.BufferedReader) -> bool:
    """Whether a file, positioned at its beginning, is packed with gzip or zstd."""
    return _begins(file, (GZIP_BEGINNING, *ZSTD_BEGINNINGS))


def _begins(file: io.BufferedReader, beginnings: tuple[bytes, ...]) -> bool:
    return file.peek(len(_FRAME)).startswith(beginnings)


def unpacked_body(sent: bytes, packings: Sequence[str], *, max_bytes: int) -> bytes:
    """Unpack a body that was packed in this order, named as in Content-Encoding; return at most `max_bytes` + 1 bytes.

    Some archives unpack a body but keep the header, so what already looks like a page is returned as it is. Raises
    zlib.error or one of UNPACKING_ERRORS if it is packed otherwise, ValueError for an unknown packing, and EOFError if
    it is cut off.
    """
    for packing in reversed(packings):
        if _PAGE_BEGINS.match(sent):
            break
        sent = _unpacked(sent, packing, max_bytes)
    return sent[: max_bytes + 1]


def _unpacked(sent: bytes, packing: str, max_bytes: int) -> bytes:
    if packing in NEWER_PACKINGS:
        return _joined(unpacked_pieces(sent, packing, step_bytes=max_bytes + 1), max_bytes)
    if packing not in _ZLIB_PACKINGS:
        raise ValueError(f"packed as {packing[:40]!r}")
    try:
        return zlib.decompressobj(wbits=_GZIP_OR_ZLIB).decompress(sent, max_bytes + 1)
    except zlib.error:
        return zlib.decompressobj(wbits=-zlib.MAX_WBITS).decompress(sent, max_bytes + 1)  # deflate without a header


def _joined(pieces: Iterable[bytes], max_bytes: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    for piece in pieces:
        parts.append(piece)
        size += len(piece)
        if size > max_bytes:
            break
    return b"".join(parts)[: max_bytes + 1]


def _dictionary(file: io.BufferedReader) -> zstd.ZstdDict | None:
    file.seek(0)
    head = file.read(_HEAD_BYTES)
    if not head.startswith(_DICTIONARY):
        return None
    (size,) = struct.unpack("<I", head[len(_DICTIONARY) :])
    if size > MAX_DICTIONARY_BYTES:
        raise ValueError(f"its dictionary has {size} bytes")
    content = file.read(size)
    if len(content) < size:
        raise ValueError("it ends inside its dictionary")
    if content.startswith(_FRAME):
        content = unpacked_body(content, ("zstd",), max_bytes=MAX_DICTIONARY_BYTES)
    return zstd.ZstdDict(content)
