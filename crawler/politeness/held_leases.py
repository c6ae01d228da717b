"""The leases of one crawl: acquired for each host that it meets, renewed, and relied on only while they are kept."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from datetime import datetime

from crawler.fetching.refusals import Refused
from crawler.recording.recorder import Recorder
from news.fetch import Outcome
from store.leases.service import LEASE_SECONDS, Leases

# A choice: three heartbeats. If a process stood still for longer, another may be asking its hosts by now
COUNTED_ON_SECONDS = LEASE_SECONDS * 3 / 4


class HeldLeases:
    """The leases that a crawl was given, and those it acquires for hosts that redirects lead to."""

    def __init__(
        self,
        leases: Leases,
        names: Collection[str],
        recorder: Recorder,
        *,
        after_crash: bool,
        clock: Callable[[], datetime],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """`leases` hold these names and were just acquired; their last holder died if `after_crash`."""
        self._leases = leases
        self._names = set(names)
        self._recorder = recorder
        self._after_crash = after_crash
        self._clock = clock
        self._monotonic = monotonic
        self._renewed_at = monotonic()

    @property
    def names(self) -> list[str]:
        """The names of all leases held."""
        return sorted(self._names)

    async def claim(self, name: str) -> bool:
        """Acquire a host's lease; return whether its last holder died, maybe just after a request. Raises Refused."""
        if name in self._names:
            return self._after_crash
        claim = await self._recorder.call(self._leases.acquire, [name], now=self._clock())
        if not claim.granted:
            detail = f"another crawl asks {name.partition(':')[2]} at the moment"
            raise Refused(Outcome.THROTTLED, detail, retry_after_seconds=LEASE_SECONDS)
        self._names.add(name)
        return claim.took_over

    async def renew(self) -> bool:
        """Extend the leases; False if one is lost. Raises StoreError."""
        began_at = self._monotonic()
        is_held = await self._recorder.call(self._leases.renew, self.names, now=self._clock())
        if is_held:
            self._renewed_at = began_at
        return is_held

    async def are_kept(self) -> bool:
        """Whether requests may rely on the leases: renewed recently, or just now. Raises StoreError."""
        return self._monotonic() - self._renewed_at < COUNTED_ON_SECONDS or await self.renew()
