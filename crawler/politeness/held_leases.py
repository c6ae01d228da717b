"""The leases of one crawl, and whether they can still be counted on."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from datetime import datetime

from crawler.recorder import Recorder
from store.leases import LEASE_SECONDS, Leases

# A choice: three heartbeats. A process that stood still for longer may find that another asks its hosts by now
COUNTED_ON_SECONDS = LEASE_SECONDS * 3 / 4


class HeldLeases:
    """Renews them, and tells before each request whether they are still held."""

    def __init__(
        self,
        leases: Leases,
        names: Collection[str],
        recorder: Recorder,
        *,
        clock: Callable[[], datetime],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """`leases` hold these names, which may become more, and were taken just now."""
        self._leases = leases
        self._names = names
        self._recorder = recorder
        self._clock = clock
        self._monotonic = monotonic
        self._renewed_at = monotonic()

    async def renew(self) -> bool:
        """Hold them for longer; False when one is lost. Raises StoreError."""
        began_at = self._monotonic()
        is_held = await self._recorder.call(self._leases.renew, list(self._names), now=self._clock())
        if is_held:
            self._renewed_at = began_at
        return is_held

    async def are_kept(self) -> bool:
        """Whether a request may be made by them: renewed of late, or now. Raises StoreError."""
        return self._monotonic() - self._renewed_at < COUNTED_ON_SECONDS or await self.renew()
