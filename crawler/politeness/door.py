"""The door before a host's gate: requests pass one at a time, urgent ones first, the others in order of arrival."""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count


class Door:
    """Keeps the order of the requests that wait for one host."""

    def __init__(self) -> None:
        self._is_taken = False
        self._numbers = count()
        self._waiting: list[tuple[bool, int, asyncio.Future[None]]] = []  # a heap: urgent ones first, then the earliest

    @asynccontextmanager
    async def passed(self, *, is_urgent: bool) -> AsyncIterator[None]:
        """Hold the door during the block; nobody else passes meanwhile."""
        if self._is_taken:
            await self._wait(is_urgent=is_urgent)
        self._is_taken = True
        try:
            yield
        finally:
            self._let_next()

    async def _wait(self, *, is_urgent: bool) -> None:
        turn = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (not is_urgent, next(self._numbers), turn))
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():  # it was let through at this very moment: let the next one through
                self._let_next()
            raise

    def _let_next(self) -> None:
        """Pass the door on while it stays taken, so that no newcomer overtakes those that wait."""
        while self._waiting:
            turn = heapq.heappop(self._waiting)[2]
            if not turn.done():
                turn.set_result(None)
                return
        self._is_taken = False
