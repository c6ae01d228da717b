"""Reading WARC files record by record, with each record's place and faults.

Unlike warcio's reader, this one continues behind a damaged record and returns the exact bytes that digests cover.
"""

from __future__ import annotations

import base64
import hashlib
import mmap
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from store.archive.warc_packing import unpacked_body

MAGIC = b"\x1f\x8b\x08"  # of a gzip member, RFC 1952
CHUNK_BYTES = 1 << 16
MAX_RECORD_BYTES = 256 << 20  # a larger record is no page of ours: a foreign file, or a bomb
RENDERED_PAGE = "conversion"  # the type of records that hold a rendered document
PAGES = frozenset({"response", RENDERED_PAGE})  # the record types that articles are read from
CUT_OFF = "it is cut off"  # the fault of a last member whose end is missing
DECODED_DIGEST = "Newsdex-Decoded-Digest"  # digest of the decoded body, if it is archived packed
GAP = b"\r\n\r\n"  # ends the headers, and each record


@dataclass(frozen=True, slots=True)
class Member:
    """One gzip member of a file, or a stretch that is not a valid one."""

    offset: int
    length: int
    data: bytes | None  # None = cannot be unpacked
    fault: str = ""  # why not


@dataclass(frozen=True)
class Record:
    """One WARC record."""

    offset: int
    length: int  # of its gzip member
    headers: Mapping[str, str]  # names in lower case
    block: bytes
    misfit: str = ""  # how its Content-Length contradicts its block

    @property
    def type(self) -> str:
        """response, revisit, request, metadata, warcinfo …"""
        return self.headers.get("warc-type", "")

    @property
    def url(self) -> str:
        """The address the record is about; empty if it states none."""
        return self.headers.get("warc-target-uri", "")

    @property
    def payload(self) -> bytes:
        """The block without its leading HTTP headers."""
        return self.block.partition(GAP)[2] if self.is_http else self.block

    @property
    def is_gzipped(self) -> bool:
        """Whether the payload is gzipped as it was sent; other encodings are archived decoded."""
        return self.http_headers.get("content-encoding") == "gzip"

    @cached_property
    def body(self) -> bytes:
        """The payload decoded from its content encoding. Raises ValueError if it is damaged."""
        if not self.is_gzipped:
            return self.payload
        try:
            return unpacked_body(self.payload, ["gzip"], max_bytes=MAX_RECORD_BYTES)
        except zlib.error as error:
            raise ValueError(f"its payload cannot be unpacked ({' '.join(str(error).split())})") from error

    @property
    def payload_digest(self) -> str:
        """The digest of that body; empty where none is stated."""
        return self.headers.get(DECODED_DIGEST.lower()) or self.headers.get("warc-payload-digest", "")

    @property
    def is_http(self) -> bool:
        """Whether the block begins with HTTP headers."""
        return self.headers.get("content-type", "").startswith("application/http")

    @property
    def http_status(self) -> str:
        """The status of an archived answer."""
        words = self.block.split(b"\r\n", 1)[0].split(b" ")
        return words[1].decode("latin-1") if self.is_http and len(words) > 1 else "-"

    @cached_property
    def http_headers(self) -> Mapping[str, str]:
        """The HTTP headers, with names in lower case."""
        return _fields(self.block.partition(GAP)[0].split(b"\r\n")[1:]) if self.is_http else {}

    @cached_property
    def faults(self) -> tuple[str, ...]:
        """The record's contradictions in itself; the first access computes its digests."""
        return tuple(filter(None, (self.misfit, *_digest_faults(self))))

    @cached_property
    def fields(self) -> Mapping[str, str]:
        """The fields of a metadata or warcinfo record."""
        return {} if self.is_http else _fields(self.block.split(b"\r\n"))


def members_of(path: Path) -> Iterator[Member]:
    """Every gzip member of a file in order; a damaged one extends to the next that can be unpacked."""
    with path.open("rb") as file:
        if file.seek(0, 2) == 0:
            return
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            offset = 0
            while offset < len(content):
                member = _member_at(content, offset)
                yield member
                offset += member.length


def member_at(path: Path, offset: int) -> Member:
    """The gzip member that begins at an offset."""
    with path.open("rb") as file:
        if file.seek(0, 2) <= offset:
            return Member(offset, 0, None, "the file ends before it")
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            return _member_at(content, offset)


def records_of(path: Path, on_damage: Callable[[], None] = lambda: None) -> Iterator[Record]:
    """The readable records of a file; `on_damage` is called for each unreadable one."""
    for member in members_of(path):
        record = record_in(member) if member.data is not None else None
        if record is not None:
            yield record
        else:
            on_damage()


def record_in(member: Member) -> Record | None:
    """The record that a member holds; None if it holds none."""
    data = member.data or b""
    head, found, rest = data.partition(GAP)
    lines = head.split(b"\r\n")
    if not found or not lines[0].startswith(b"WARC/"):
        return None
    headers = _fields(lines[1:])
    stated = headers.get("content-length", "")
    length = int(stated) if stated.isdecimal() else 0
    fits = stated.isdecimal() and rest[length:] == GAP
    misfit = "" if fits else f"its Content-Length {stated or 'is missing'} is not that of its block"
    return Record(member.offset, member.length, headers, rest[:length], misfit)


def digest_matches(stated: str, content: bytes) -> bool | None:
    """Whether content has the stated digest ("sha256:<hex>", or base 32 by RFC 4648); None for other algorithms."""
    algorithm, _, value = stated.partition(":")
    if algorithm not in {"sha1", "sha256", "sha512", "md5"}:
        return None
    digest = hashlib.new(algorithm, content).digest()
    return value.lower() == digest.hex() or value.upper() == base64.b32encode(digest).decode()


def _digest_faults(record: Record) -> Iterator[str]:
    checks = [("warc-block-digest", "block", record.block)]
    if record.type != "revisit":  # whose payload is that of the record it refers to
        checks.append(("warc-payload-digest", "payload", record.payload))
        try:
            checks.append((DECODED_DIGEST.lower(), "decoded payload", record.body))
        except ValueError as error:
            yield str(error)
    for name, what, content in checks:
        stated = record.headers.get(name)
        if stated is not None and digest_matches(stated, content) is False:
            yield f"its {what} is not the one that was written ({stated[:24]}…)"


def _member_at(content: mmap.mmap, offset: int) -> Member:
    try:
        data, length = _unpacked(content, offset)
        return Member(offset, length, data)
    except (zlib.error, EOFError, ValueError) as error:
        end = offset
        while (end := content.find(MAGIC, end + 1)) != -1:
            try:
                if _unpacked(content, end)[0].startswith(b"WARC/"):
                    break
            except (zlib.error, EOFError, ValueError):
                continue
        is_last = end == -1
        end = len(content) if is_last else end
        cut = is_last and isinstance(error, EOFError)
        why = CUT_OFF if cut else f"it cannot be unpacked ({' '.join(str(error).split())})"
        return Member(offset, end - offset, None, why)


def _unpacked(content: mmap.mmap, offset: int) -> tuple[bytes, int]:
    member = zlib.decompressobj(wbits=31)
    parts: list[bytes] = []
    at, size = offset, 0
    while not member.eof:
        chunk = content[at : at + CHUNK_BYTES]
        if not chunk:
            raise EOFError("the file ends within it")
        part = member.decompress(chunk, MAX_RECORD_BYTES - size + 1)
        size += len(part)
        if size > MAX_RECORD_BYTES:
            raise ValueError(f"it holds more than {MAX_RECORD_BYTES} bytes")
        parts.append(part)
        at += len(chunk)
    return b"".join(parts), at - offset - len(member.unused_data)


def _fields(lines: list[bytes]) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.decode("utf-8", "replace").partition(":")
        if colon:
            found.setdefault(name.strip().lower(), value.strip())
    return found
