"""How often one client may ask: a bucket of requests for each, refilled evenly, of which a bounded number is kept.

The bucket is one number, the time at which it is full again (GCRA, ITU-T I.371). A full bucket says nothing and may be
forgotten, and beyond MAX_CLIENTS the one asked for longest ago is.
"""

from __future__ import annotations

import ipaddress
import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

WINDOW_SECONDS = 60
PUBLIC_PER_MINUTE = 600  # where others reach the address and nothing is set; a choice: ten a second, all day
REFUSED_PER_MINUTE = 60  # keys that are not in force, from one address: each costs a look-up
MAX_CLIENTS = 10_000  # about 2 MB
_IPV6_PREFIX = 64  # what one subscriber has (RFC 6177): single addresses of it are no different clients


@dataclass(frozen=True, kw_only=True, slots=True)
class Quota:
    """What a client has left."""

    allowed: bool
    limit: int  # requests a minute
    remaining: int
    reset_seconds: int  # until the bucket is full again
    retry_after_seconds: int  # until one more is allowed; 0 while some remain

    @property
    def headers(self) -> dict[str, str]:
        """As draft-ietf-httpapi-ratelimit-headers-10 writes it."""
        return {
            "RateLimit-Policy": f'"minute";q={self.limit};w={WINDOW_SECONDS}',
            "RateLimit": f'"minute";r={self.remaining};t={self.reset_seconds}',
        }


class Limiter:
    """Buckets of one size; for one thread, such as that of the event loop."""

    def __init__(
        self, per_minute: int, *, clock: Callable[[], float] = time.monotonic, most: int = MAX_CLIENTS
    ) -> None:
        self._limit = per_minute
        self._step = WINDOW_SECONDS / per_minute
        self._clock = clock
        self._most = most
        self._full_at: OrderedDict[str, float] = OrderedDict()

    def take(self, client: str) -> Quota:
        """One request of this client, if its bucket has one."""
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
        """The same without taking."""
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

    asked: Limiter | None  # by key, or by address for who has none; None = no limit
    refused: Limiter  # by address, of keys that are not in force


def limits_of(per_minute: int | None, *, is_public: bool, clock: Callable[[], float] = time.monotonic) -> Limits:
    """Limits from the setting: None means a limit where others reach the address, 0 none anywhere."""
    chosen = per_minute if per_minute is not None else PUBLIC_PER_MINUTE if is_public else 0
    return Limits(
        asked=Limiter(chosen, clock=clock) if chosen else None, refused=Limiter(REFUSED_PER_MINUTE, clock=clock)
    )


def client_of(host: str | None) -> str:
    """Who an address stands for.

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
