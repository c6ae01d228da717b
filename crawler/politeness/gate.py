"""The gate before a host: bounds how many requests run at once and how far apart, and lets none in during a rest."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable
from dataclasses import dataclass

from crawler.fetching.refusals import HostResting
from crawler.politeness.pace import PaceBounds, next_delay_seconds

MOST_DELAY_SECONDS = 300.0  # the longest delay that a crawl waits for; with a longer one it comes again


@dataclass(frozen=True, kw_only=True, slots=True)
class Turn:
    """A request's permission to begin now."""

    demanded_seconds: float  # the minimum interval since the request before it
    kept_seconds: float | None  # the actual interval; None = no earlier request is known


class HostGate:
    """Lets the requests of one crawl through to one host.

    The delay is that between the starts of two requests, in monotonic time, so that clock steps don't shorten it.
    """

    def __init__(
        self,
        *,
        bounds: PaceBounds,
        patience_seconds: float,
        monotonic: Callable[[], float],
        delay_seconds: float | None = None,
        since_last_seconds: float | None = None,
        after_crash: bool = False,
    ) -> None:
        """`since_last_seconds` is the time since the last known request; `after_crash`, there may be a later one."""
        self.under_way_count = 0  # requests that entered and have not finished
        self.paced_seconds = max(delay_seconds or 0.0, bounds.least_seconds)  # learned from the host's answers
        self._bounds = bounds
        self._asked: dict[str, float] = {}  # origin -> what its robots.txt asks for
        self._free = asyncio.Semaphore(bounds.concurrency)
        self._turn = asyncio.Lock()
        self._patience_seconds = patience_seconds
        self._monotonic = monotonic
        self._last_at = None if since_last_seconds is None else monotonic() - since_last_seconds
        self._not_before = monotonic() if after_crash else None  # as if a request had just been made
        self._rest_until = -math.inf  # monotonic time may start with the machine: 0 is a moment like any other
        self._is_closed = False
        self._pause: asyncio.Future[None] | None = None  # of the request whose turn is next

    @property
    def delay_seconds(self) -> float:
        """The minimum time between two requests, never less than the host asks for."""
        return max([self.paced_seconds, *self._asked.values()])

    def obey(self, origin: str, asked_seconds: float | None) -> None:
        """Obey the delay that the robots.txt of one of the host's origins asks for."""
        self._asked[origin] = asked_seconds or 0.0

    async def enter(self) -> Turn:
        """Wait for a turn; every `enter` that returns needs a `leave`. Raises HostResting."""
        await self._free.acquire()
        try:
            async with self._turn:
                await self._wait()
                self.under_way_count += 1
                return self._begin()
        except BaseException:
            self._free.release()
            raise

    def leave(self) -> None:
        """Note that a request that entered is over."""
        self.under_way_count -= 1
        self._free.release()

    def learn(self, *, status: int | None, latency_seconds: float | None) -> None:
        """Widen or narrow the delay after an answer; a status of None = there was no answer."""
        self.paced_seconds = next_delay_seconds(
            self.paced_seconds, status=status, latency_seconds=latency_seconds, bounds=self._bounds
        )
        _end(self._pause)  # else a request already waiting would keep to the old delay

    def rest(self, seconds: float) -> None:
        """Let no request begin for this long."""
        self._rest_until = max(self._rest_until, self._monotonic() + seconds)

    def close(self) -> None:
        """Let nothing in any more; requests that wait, and later ones, raise HostResting."""
        self._is_closed = True
        _end(self._pause)

    async def _wait(self) -> None:
        while True:
            now = self._monotonic()
            wait = self._earliest() - now
            rests = self._rest_until - now > self._patience_seconds
            if rests or wait > MOST_DELAY_SECONDS or self._is_closed:
                raise HostResting(max(0.0, wait))
            if wait <= 0:
                return
            await self._sleep(wait)

    async def _sleep(self, seconds: float) -> None:
        """Sleep for this long, or until the gate is closed."""
        loop = asyncio.get_running_loop()
        self._pause = loop.create_future()
        timer = loop.call_later(seconds, _end, self._pause)
        try:
            await self._pause
        finally:
            timer.cancel()

    def _earliest(self) -> float:
        """The earliest monotonic time at which the next request may start."""
        before = [at for at in (self._last_at, self._not_before) if at is not None]
        return max([self._rest_until, *(at + self.delay_seconds for at in before)])

    def _begin(self) -> Turn:
        now, before, earliest = self._monotonic(), self._last_at, self._earliest()
        self._last_at, self._not_before = now, None
        if before is None:
            return Turn(demanded_seconds=self.delay_seconds, kept_seconds=None)
        return Turn(demanded_seconds=max(self.delay_seconds, earliest - before), kept_seconds=now - before)


def _end(pause: asyncio.Future[None] | None) -> None:
    if pause is not None and not pause.done():
        pause.set_result(None)
