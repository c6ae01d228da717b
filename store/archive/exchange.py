"""What is archived of an answered request, as it was fetched and as the records that hold it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from store.archive.index import IndexLine
from store.records import ArchiveRef


@dataclass(frozen=True, kw_only=True, slots=True)
class Sent:
    """A request as it was sent."""

    method: str
    headers: Sequence[tuple[str, str]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Rendered:
    """The document a browser made of an answer once its scripts had run, in UTF-8."""

    body: bytes
    payload_digest: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Packed:
    """A record ready to be appended."""

    member: bytes
    record_id: str
    line: IndexLine | None  # its index line, with an offset relative to the member


@dataclass(frozen=True, kw_only=True, slots=True)
class PackedExchange:
    """An answer and its request, ready to be appended."""

    answer: Packed
    request: bytes  # empty if the request is not known


@dataclass(frozen=True, kw_only=True, slots=True)
class Exchange:
    """One answered request, with its body decoded from content and transfer encoding."""

    url: str
    fetched_at: datetime
    status: int
    headers: Sequence[tuple[str, str]]
    body: bytes  # empty if another process made the records, which then hold it
    payload_digest: str  # of the body
    gzipped: bytes | None = None  # the body as sent, one gzip member, if it is archived in that form
    sent: Sent | None = None  # None = not known
    rendered: Rendered | None = None  # None = the answer itself was read
    packed: PackedExchange | None = None  # its records, if already made

    @property
    def read_digest(self) -> str:
        """The digest of the document that was read: the rendered one, if there is one."""
        return self.rendered.payload_digest if self.rendered is not None else self.payload_digest


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownPayload:
    """An archived page that had the same body."""

    ref: ArchiveRef
    url: str
    fetched_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredPayload:
    """The payload of a response record, which follows its HTTP headers."""

    digest: str
    length_bytes: int
    is_gzipped: bool  # stored gzipped, as it was sent
