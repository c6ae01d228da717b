"""What others packed in their WARC files: bodies, and whole files with gzip or by IIPC's zstd profile.

With zstd (https://iipc.github.io/warc-specifications/specifications/warc-zstd/) each record is a frame of its own; a
dictionary for all of them may stand before the first, in a skippable frame, packed as a frame itself or not.
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
ZSTD_BEGINNINGS = (b"\x28\xb5\x2f\xfd", b"\x5d\x2a\x4d\x18")  # a frame; the skippable frame that holds a dictionary
MAX_DICTIONARY_BYTES = 16 << 20  # far more than those in use have; frames state their sizes before they are read
_ZLIB_PACKINGS = frozenset({"gzip", "x-gzip", "deflate"})
_GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS
_PAGE_BEGINS = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|\?xml|head|!--)", re.IGNORECASE)
_FRAME, _DICTIONARY = ZSTD_BEGINNINGS
_HEAD_BYTES = 8  # of a skippable frame: its magic number and its size, both of four bytes (RFC 8878, section 3.1.2)


class UnpackedFile:
    """What a file packed with gzip or zstd holds from a place on; warcio, which unpacks gzip too, passes over damage.

    Raises ValueError for a dictionary that is none, cut or too large.
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
        """The next bytes. Raises ValueError at a cut or damage, and then always: what lies behind it is not there."""
        try:
            if self._fault is None:
                return self._file.read1(size)  # one member at most: what stands before damage comes
        except EOFError:  # which warcio would take for the end of all records
            self._fault = ValueError("it ends inside a record")
        except (OSError, zlib.error, zstd.ZstdError) as error:
            self._fault = ValueError(one_line(error))
        assert self._fault is not None
        raise self._fault

    def tell(self) -> int:
        """How many bytes were read."""
        return self._file.tell()

    def check(self) -> None:
        """Raise the ValueError that `read` met, if it did."""
        if self._fault is not None:
            raise self._fault


def is_packed(file: io.BufferedReader) -> bool:
    """Whether a file at its beginning is packed with gzip or zstd."""
    return _begins(file, (GZIP_BEGINNING, *ZSTD_BEGINNINGS))


def _begins(file: io.BufferedReader, beginnings: tuple[bytes, ...]) -> bool:
    return file.peek(len(_FRAME)).startswith(beginnings)


def unpacked_body(sent: bytes, packings: Sequence[str], *, max_bytes: int) -> bytes:
    """A body packed in this order, named as Content-Encoding does; of one above `max_bytes` one byte more.

    Some archives unpack a body and leave its header: what begins as a page is taken as it is. Raises zlib.error or one
    of UNPACKING_ERRORS where it is not packed so, ValueError for a packing that is not known, EOFError where it ends
    before its end.
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
        return zlib.decompressobj(wbits=-zlib.MAX_WBITS).decompress(sent, max_bytes + 1)  # deflate without a head


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
