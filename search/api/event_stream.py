"""Server-sent events (WHATWG HTML, section 9.2) that report progress until the end."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

MEDIA_TYPE = "text/event-stream"


@dataclass(frozen=True, kw_only=True, slots=True)
class Pace:
    """How often a stream polls and sends, in seconds."""

    poll_seconds: float = 0.5
    heartbeat_seconds: float = 15  # proxies drop connections silent for a minute; a choice well below it
    longest_seconds: float = 3600  # then the client must reconnect, as EventSource does by itself


class Streams:
    """The open streams, limited in number."""

    def __init__(self, *, most: int) -> None:
        self._free = threading.BoundedSemaphore(most)

    def begin(self) -> bool:
        """Take a slot; False when none is free."""
        return self._free.acquire(blocking=False)

    def end(self) -> None:
        """Give the slot back."""
        self._free.release()


async def progress_events(
    read: Callable[[], Awaitable[tuple[str, bool]]],
    *,
    stopping: Callable[[], bool],
    pace: Pace,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> AsyncIterator[str]:
    """Yield "progress" at each change of what `read` returns, (JSON text, whether it is the last), then "end"."""
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
    """One event; `text` has no line breaks, as is true of JSON."""
    return f"event: {name}\ndata: {text}\n\n"
