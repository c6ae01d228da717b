"""A server's answer, and the exchange that is archived of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from crawler.fetching.bodies import PackedBody, Unpacked
from news.revisits.validators import Condition
from store.archive.service import Exchange, Sent


@dataclass(frozen=True, kw_only=True)  # no slots: the unpacked body is cached beside the fields
class Answer:
    """A server's answer, with its body decoded from transfer encoding."""

    url: str  # effective URL
    status: int
    headers: Sequence[tuple[str, str]]
    packed: PackedBody
    content_type: str | None
    etag: str | None
    last_modified: str | None
    retry_after_seconds: float | None
    duration_seconds: float | None
    asked_at: datetime | None = None  # when the first request for it went out
    sent: Sent | None = None  # the request, as it went out
    has_no_length: bool = False  # the server closed the connection instead of saying where the body ends
    condition: Condition = Condition.NONE  # the validators sent with the request
    is_rendered: bool = False  # the body is the document that a browser made of it
    is_led_to: bool = False  # a page led to it; its validators mean nothing to the address that was asked for

    @cached_property
    def unpacked(self) -> Unpacked:
        """The body decoded from content encoding in this process. Raises UnpackingFailed."""
        return self.packed.unpacked()

    @property
    def body(self) -> bytes:
        """The decoded body, or as much of it as came if it was cut off. Raises UnpackingFailed."""
        return self.unpacked.body


def exchange_of(answer: Answer, now: datetime, digest: str) -> Exchange:
    """The exchange to archive of an answer; `digest` is that of its body. Raises UnpackingFailed."""
    unread = unread_exchange_of(answer, now)
    return with_body(unread, answer.packed, answer.unpacked, digest)


def with_body(unread: Exchange, packed: PackedBody, unpacked: Unpacked, digest: str) -> Exchange:
    """The exchange with its body, which is archived as sent if that is one gzip member."""
    gzipped = packed.content if unpacked.is_member else None
    return replace(unread, body=unpacked.body, gzipped=gzipped, payload_digest=digest)


def unread_exchange_of(answer: Answer, now: datetime) -> Exchange:
    """The exchange to archive of an answer, without its still packed body and the body's digest."""
    return Exchange(
        url=answer.url,
        fetched_at=now,
        status=answer.status,
        headers=answer.headers,
        body=b"",
        payload_digest="",
        sent=answer.sent,
    )
