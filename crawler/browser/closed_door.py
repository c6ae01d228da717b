"""The browser's only way out: a proxy on this machine that lets nothing through."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from contextlib import suppress

log = logging.getLogger(__name__)
MAX_KNOCKS = 100  # newest ones kept
LISTEN_SECONDS = 10.0  # for the first line of a connection
REFUSAL = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class ClosedDoor:
    """A proxy that refuses every connection that a browser opens by itself.

    We hand the browser what a page may have, over no socket of its own. The rest (WebSockets, workers that nobody
    intercepts, preconnections, Chromium's own requests) ends up here, since the browser knows no other way, and is
    refused whatever its address.
    """

    def __init__(self) -> None:
        self.knocks: deque[str] = deque(maxlen=MAX_KNOCKS)  # first lines of the newest refused requests
        self.port = 0
        self._server: asyncio.Server | None = None
        self._guests: set[asyncio.StreamWriter] = set()

    async def open(self) -> None:
        """Listen on a free port of the loopback address."""
        self._server = await asyncio.start_server(self._refuse, "127.0.0.1", 0, limit=4096)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _refuse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._guests.add(writer)
        try:
            line = await asyncio.wait_for(reader.readline(), LISTEN_SECONDS)
            told = " ".join(line.decode("latin-1").split()[:2])[:300]
            if told:
                self.knocks.append(told)
                log.debug("the browser is refused: %s", told)
            writer.write(REFUSAL)
            await writer.drain()
        except (OSError, ValueError, TimeoutError):  # hung up, too long a line, or silence
            pass
        finally:
            self._guests.discard(writer)
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()

    async def close(self) -> None:
        """Stop listening and hang up."""
        if self._server is not None:
            self._server.close()
            for writer in list(self._guests):
                writer.close()
            await self._server.wait_closed()
            self._server = None
