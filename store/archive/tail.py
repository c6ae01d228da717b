"""Finding where the whole records of a WARC file end."""

from __future__ import annotations

import zlib
from typing import IO

READ_BYTES = 1 << 20


def good_bytes(file: IO[bytes]) -> int:
    """The offset behind the last whole gzip member of a file; a crash cut off whatever follows."""
    good = 0
    data = b""
    while True:
        member = zlib.decompressobj(wbits=31)  # 31: gzip with its header and checksum
        length = 0
        while not member.eof:
            if not data:
                data = file.read(READ_BYTES)
            if not data:
                return good
            try:
                member.decompress(data)
            except zlib.error:
                return good
            length += len(data) - len(member.unused_data)
            data = member.unused_data
        good += length
