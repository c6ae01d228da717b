"""The outcome of a delivery attempt, and when the next one is made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from news.alerts import retry_at


@dataclass(frozen=True, kw_only=True, slots=True)
class Sent:
    """The outcome of one attempt."""

    is_done: bool
    is_final: bool = False  # the receiver will never accept it
    reason: str = ""
    retry_after_seconds: float | None = None


def next_attempt_at(
    sent: Sent, made_count: int, now: datetime, *, most_attempts: int, jitter: float
) -> datetime | None:
    """When to retry after attempt number `made_count` failed; None when the delivery is given up."""
    if sent.is_final:
        return None
    return retry_at(
        made_count, now, most_attempts=most_attempts, jitter=jitter, retry_after_seconds=sent.retry_after_seconds
    )
