"""What became of an attempt to tell somebody, and when the next one is made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from news.alerts import retry_at


@dataclass(frozen=True, kw_only=True, slots=True)
class Sent:
    """What became of one attempt."""

    is_done: bool
    is_final: bool = False  # it will never be taken
    reason: str = ""
    retry_after_seconds: float | None = None


def next_attempt_at(sent: Sent, made_count: int, now: datetime, *, attempts: int, jitter: float) -> datetime | None:
    """When to try again after a failure that was attempt number `made_count`; None when it is given up."""
    if sent.is_final:
        return None
    return retry_at(made_count, now, attempts=attempts, jitter=jitter, retry_after_seconds=sent.retry_after_seconds)
