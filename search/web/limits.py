"""Rate limits: one evenly refilled bucket of requests per client, for a bounded number of clients.

A bucket is a single number, the time at which it is full again (GCRA, ITU-T I.371). A full bucket carries no
information and may be forgotten; beyond MAX_CLIENTS, the least recently used one is.
"""

from __future__ import annotations

import ipaddress
import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

WINDOW_SECONDS = 60
PUBLIC_PER_MINUTE = 600  # where others can connect and nothing is set; a choice: ten a second, all day
REFUSED_PER_MINUTE = 60  # invalid keys, per address: each costs a lookup
MAX_CLIENTS = 10_000  # about 2 MB
_IPV6_PREFIX = 64  # the size a subscriber gets (RFC 6177): addresses within it count as one client


@dataclass(frozen=True, kw_only=True, slots=True)
class Quota:
    """The quota a client has left."""

    allowed: bool
    limit: int  # requests a minute
    remaining: int
    reset_seconds: int  # until the bucket is full again
    retry_after_seconds: int  # until one more is allowed; 0 while some remain

    @property
    def headers(self) -> dict[str, str]:
        """The headers defined by draft-ietf-httpapi-ratelimit-headers-10."""
        return {
            "RateLimit-Policy": f'"minute";q={self.limit};w={WINDOW_SECONDS}',
            "RateLimit": f'"minute";r={self.remaining};t={self.reset_seconds}',
        }


class Limiter:
    """Buckets of one size; for use by one thread, such as the event loop's."""

    def __init__(
        self, per_minute: int, *, clock: Callable[[], float] = time.monotonic, most: int = MAX_CLIENTS
    ) -> None:
        self._limit = per_minute
        self._step = WINDOW_SECONDS / per_minute
        self._clock = clock
        self._most = most
        self._full_at: OrderedDict[str, float] = OrderedDict()

    def take(self, client: str) -> Quota:
        """Take one request from this client's bucket, if it has one."""
        now = self._clock()
        full_at = max(self._full_at.get(client, now), now)
        after = full_at + self._step
        allowed = after - now <= WINDOW_SECONDS + 1e-9
        if allowed:
            self._full_at[client] = full_at = after
            self._full_at.move_to_end(client)
            if len(self._full_at) > self._most:
                self._full_at.popitem(last=False)
        return self._quota(allowed=allowed, owed=full_at - now)

    def look(self, client: str) -> Quota:
        """The quota without taking a request."""
        now = self._clock()
        owed = max(self._full_at.get(client, now) - now, 0.0)
        return self._quota(allowed=owed + self._step <= WINDOW_SECONDS + 1e-9, owed=owed)

    def _quota(self, *, allowed: bool, owed: float) -> Quota:
        remaining = max(0, int((WINDOW_SECONDS - owed + 1e-9) / self._step))
        wait = 0 if allowed and remaining else max(0.0, owed + self._step - WINDOW_SECONDS)
        return Quota(
            allowed=allowed,
            limit=self._limit,
            remaining=remaining,
            reset_seconds=math.ceil(owed),
            retry_after_seconds=0 if allowed else max(1, math.ceil(wait)),
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """The limits of an installation."""

    asked: Limiter | None  # by key, or by address for clients without one; None = no limit
    refused: Limiter  # by address, for invalid keys


def limits_of(per_minute: int | None, *, is_public: bool, clock: Callable[[], float] = time.monotonic) -> Limits:
    """The limits for a setting: None means a limit only where others can connect, 0 means none anywhere."""
    chosen = per_minute if per_minute is not None else PUBLIC_PER_MINUTE if is_public else 0
    return Limits(
        asked=Limiter(chosen, clock=clock) if chosen else None, refused=Limiter(REFUSED_PER_MINUTE, clock=clock)
    )


def client_of(host: str | None) -> str:
    """The client an address stands for.

    >>> client_of("192.0.2.7"), client_of("2001:db8:1:2:3::4"), client_of("::ffff:192.0.2.7"), client_of(None)
    ('192.0.2.7', '2001:db8:1:2::/64', '192.0.2.7', '')
    """
    try:
        address = ipaddress.ip_address(host or "")
    except ValueError:
        return host or ""
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((address, _IPV6_PREFIX), strict=False))
