"""What a server answered, and the exchange that the archive keeps of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from store.archive.service import Exchange, Sent


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What a server answered, its body decoded from content and transfer encoding."""

    url: str  # effective URL
    status: int
    headers: Sequence[tuple[str, str]]
    body: bytes
    content_type: str | None
    etag: str | None
    last_modified: str | None
    retry_after_seconds: float | None
    duration_seconds: float | None
    asked_at: datetime | None = None  # when the first request for it went out
    sent: Sent | None = None  # the request, as it went out
    has_no_length: bool = False  # the server closed the connection instead of saying where the body ends
    packed: bytes = b""  # the body as it was sent, where that was packed
    packing: str = ""  # how: its Content-Encoding
    is_rendered: bool = False  # the body is what a browser made of it


def exchange_of(answer: Answer, now: datetime, digest: str) -> Exchange:
    """What is archived of an answer; `digest` is of its body."""
    return Exchange(
        url=answer.url,
        fetched_at=now,
        status=answer.status,
        headers=answer.headers,
        body=answer.body,
        payload_digest=digest,
        sent=answer.sent,
    )
