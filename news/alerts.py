"""Rules for delivering matches: when a failed attempt is repeated, and how a webhook's request is signed."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import datetime, timedelta

RETRY_BASE_SECONDS = 10.0
RETRY_FACTOR = 4.0  # 10 s, 40 s, 3 min, 11 min, 43 min, 3 h: eight attempts outlast an evening's outage
RETRY_CAP_SECONDS = 6 * 3600.0
LEAST_SECRET_BYTES = 24  # Standard Webhooks 1.0: between 24 and 64 bytes
JITTER = 0.2  # share of the wait, so that deliveries that failed together are not all retried together


def retry_at(
    attempt_count: int, now: datetime, *, most_attempts: int, jitter: float, retry_after_seconds: float | None = None
) -> datetime | None:
    """When to try again after this many failed attempts; None when the delivery is given up.

    `jitter` is a random number from 0 to 1. A Retry-After is honoured where it is longer than our own wait.

    >>> start = datetime(2026, 1, 1)
    >>> retry_at(2, start, most_attempts=8, jitter=0.5) - start, retry_at(8, start, most_attempts=8, jitter=0.5)
    (datetime.timedelta(seconds=40), None)
    """
    if attempt_count >= most_attempts:
        return None
    wait = min(RETRY_BASE_SECONDS * RETRY_FACTOR ** (attempt_count - 1), RETRY_CAP_SECONDS)
    wait *= 1 + JITTER * (2 * jitter - 1)
    return now + timedelta(seconds=max(wait, min(retry_after_seconds or 0.0, RETRY_CAP_SECONDS)))


def signed_headers(secret: str, key: str, body: bytes, *, at: datetime) -> dict[str, str]:
    """The headers that prove who sent a body and when: HMAC-SHA256 as specified by Standard Webhooks 1.0.

    `secret` is hexadecimal; receivers get it in the form `written_secret` returns.
    """
    moment = str(int(at.timestamp()))
    signed = hmac.new(bytes.fromhex(secret), f"{key}.{moment}.".encode() + body, hashlib.sha256).digest()
    return {
        "webhook-id": key,
        "webhook-timestamp": moment,
        "webhook-signature": f"v1,{base64.b64encode(signed).decode('ascii')}",
    }


def written_secret(secret: str) -> str:
    """A webhook's secret in the form that Standard Webhooks libraries expect.

    >>> written_secret("00ff")
    'whsec_AP8='
    """
    return f"whsec_{base64.b64encode(bytes.fromhex(secret)).decode('ascii')}"


def read_secret(written: str) -> str | None:
    """The hexadecimal secret from the form of `written_secret`; None when it is malformed or too short.

    >>> read_secret(written_secret("00ff" * 12)) == "00ff" * 12, read_secret("whsec_AP8="), read_secret("secret")
    (True, None, None)
    """
    try:
        found = base64.b64decode(written.removeprefix("whsec_"), validate=True)
    except ValueError:
        return None
    return found.hex() if written.startswith("whsec_") and len(found) >= LEAST_SECRET_BYTES else None
