"""What others packed with brotli and zstd in their WARC files: bodies, and whole files by IIPC's zstd profile.

In a file (https://iipc.github.io/warc-specifications/specifications/warc-zstd/) each record is a frame of its own; a
dictionary for all of them may stand before the first, in a skippable frame, packed as a frame itself or not.
"""

from __future__ import annotations

import io
import struct

from store.archive.unpacking import unpacked_pieces, zstd

ZSTD_BEGINNINGS = (b"\x28\xb5\x2f\xfd", b"\x5d\x2a\x4d\x18")  # a frame; the skippable frame that holds a dictionary
MAX_DICTIONARY_BYTES = 16 << 20  # far more than those in use have; frames state their sizes before they are read
_FRAME, _DICTIONARY = ZSTD_BEGINNINGS
_HEAD_BYTES = 8  # of a skippable frame: its magic number and its size, both of four bytes (RFC 8878, section 3.1.2)


class UnpackedFile:
    """What a `.warc.zst` holds from a place on. Raises ValueError for a dictionary that is none, cut or too large."""

    def __init__(self, file: io.BufferedReader, offset: int = 0) -> None:
        dictionary = _dictionary(file)
        file.seek(offset)
        self._file = zstd.ZstdFile(file, zstd_dict=dictionary)

    def read(self, size: int = -1) -> bytes:
        """The next bytes. Raises ValueError at a cut: warcio takes an EOFError for the end of all records."""
        try:
            return self._file.read(size)
        except EOFError as error:
            raise ValueError("it ends inside a record") from error

    def tell(self) -> int:
        """How many bytes were read."""
        return self._file.tell()


def unpacked_body(packed: bytes, packing: str, *, max_bytes: int) -> bytes:
    """A body that is packed as Content-Encoding says (`br` or `zstd`); of one above `max_bytes` one byte more.

    Raises one of UNPACKING_ERRORS where it is not packed so, EOFError where it ends before its end.
    """
    parts: list[bytes] = []
    size = 0
    for piece in unpacked_pieces(packed, packing, step_bytes=max_bytes + 1):
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
        content = unpacked_body(content, "zstd", max_bytes=MAX_DICTIONARY_BYTES)
    return zstd.ZstdDict(content)
