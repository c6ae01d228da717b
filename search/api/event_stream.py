"""Server-sent events (WHATWG HTML, section 9.2) that tell how far something is until it ends."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

MEDIA_TYPE = "text/event-stream"


@dataclass(frozen=True, kw_only=True, slots=True)
class Pace:
    """How often a stream looks and speaks, in seconds."""

    poll_seconds: float = 0.5
    heartbeat_seconds: float = 15  # proxies drop what is silent for a minute; a choice well below it
    longest_seconds: float = 3600  # then the client has to ask again, as EventSource does by itself


class Streams:
    """Streams under way, at most so many at a time."""

    def __init__(self, *, most: int) -> None:
        self._free = threading.BoundedSemaphore(most)

    def begin(self) -> bool:
        """Take a place; False when none is free."""
        return self._free.acquire(blocking=False)

    def end(self) -> None:
        """Give the place back."""
        self._free.release()


async def progress_events(
    read: Callable[[], Awaitable[tuple[str, bool]]],
    *,
    stopping: Callable[[], bool],
    pace: Pace,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> AsyncIterator[str]:
    """Events of what `read` gives, JSON text and whether it is the last: "progress" at each change, then "end"."""
    told, silent_seconds, passed_seconds = "", 0.0, 0.0
    while True:
        text, ended = await read()
        if text != told or ended:
            yield event("end" if ended else "progress", text)
            told, silent_seconds = text, 0.0
        elif silent_seconds >= pace.heartbeat_seconds:
            yield ": still there\n\n"
            silent_seconds = 0.0
        if ended or stopping() or passed_seconds >= pace.longest_seconds:
            return
        await sleep(pace.poll_seconds)
        silent_seconds += pace.poll_seconds
        passed_seconds += pace.poll_seconds


def event(name: str, text: str) -> str:
    """One event; `text` has no line ends, as JSON has none."""
    return f"event: {name}\ndata: {text}\n\n"
