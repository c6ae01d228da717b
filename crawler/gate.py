"""The gate before a host: so many requests at a time, so far apart, and none while the host asked for rest."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class HostResting(Exception):
    """The host asked to be left alone for longer than a request may wait."""

    def __init__(self, wait_seconds: float) -> None:
        super().__init__(f"the host asked to be left alone for another {wait_seconds:.0f} s")
        self.wait_seconds = wait_seconds


class HostGate:
    """Lets the requests of one crawl through to one host.

    `delay_seconds` lies between the starts of two requests; monotonic time, so that clock steps don't shorten it.
    """

    def __init__(
        self,
        *,
        delay_seconds: float,
        concurrency: int,
        patience_seconds: float,
        monotonic: Callable[[], float],
        first_after_seconds: float = 0.0,
    ) -> None:
        self.delay_seconds = delay_seconds
        self._free = asyncio.Semaphore(concurrency)
        self._turn = asyncio.Lock()
        self._patience_seconds = patience_seconds
        self._monotonic = monotonic
        self._last_at = monotonic() + first_after_seconds - delay_seconds  # as if a request had just been made
        self._rest_until = 0.0

    async def enter(self) -> None:
        """Wait for a turn; every `enter` that returns needs a `leave`. Raises HostResting."""
        await self._free.acquire()
        try:
            async with self._turn:
                await self._wait()
                self._last_at = self._monotonic()
        except BaseException:
            self._free.release()
            raise

    def leave(self) -> None:
        """The request that entered has its answer."""
        self._free.release()

    def rest(self, seconds: float) -> None:
        """Let no request begin for so long."""
        self._rest_until = max(self._rest_until, self._monotonic() + seconds)

    async def _wait(self) -> None:
        while True:
            now = self._monotonic()
            if self._rest_until - now > self._patience_seconds:
                raise HostResting(self._rest_until - now)
            wait = max(self._last_at + self.delay_seconds, self._rest_until) - now
            if wait <= 0:
                return
            await asyncio.sleep(wait)
