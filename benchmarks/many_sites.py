"""Many small news sites on this machine, one address of 127.0.0.0/8 each, served by one event loop in a thread."""

from __future__ import annotations

import asyncio
import threading
from types import TracebackType
from typing import Self

ARTICLES = 3  # of each site
_PROSE = "The council met in the old hall on Tuesday and talked about the harbour, the roads and the new school. "
_TEMPLATE = (
    "<!doctype html><html lang=en><head><title>{title}</title></head>"
    "<body><article><h1>{title}</h1><p>{prose}</p><p>{prose}</p><p>{prose}</p></article></body></html>"
)


class ManySites:
    """`count` sites; runs while the `with` block does."""

    def __init__(self, count: int) -> None:
        self._hosts = [f"127.1.{number // 250}.{number % 250 + 1}" for number in range(count)]
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self.urls: list[str] = []  # without a final slash

    def __enter__(self) -> Self:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    async def _listen(self) -> None:
        for host in self._hosts:
            server = await asyncio.start_server(self._answer, host, 0)
            self.urls.append(f"http://{host}:{server.sockets[0].getsockname()[1]}")

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while request := await reader.readuntil(b"\r\n\r\n"):
                path = request.split(b" ", 2)[1].decode("latin-1")
                host = writer.get_extra_info("sockname")[0]
                status, kind, body = _page(path, host)
                head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
                writer.write(head.encode() + body)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


def _page(path: str, host: str) -> tuple[str, str, bytes]:
    if path == "/feed.xml":
        links = (
            (f"Council of {host} meets again, part {n}", f"/world/council-meets-again-{n}") for n in range(ARTICLES)
        )
        items = "".join(f"<item><title>{title}</title><link>{link}</link></item>" for title, link in links)
        feed = f'<rss version="2.0"><channel><title>{host}</title>{items}</channel></rss>'
        return "200 OK", "application/rss+xml", feed.encode()
    if path.startswith("/world/"):
        title = f"Council of {host} meets again, part {path.rpartition('-')[2]}"
        return "200 OK", "text/html; charset=utf-8", _TEMPLATE.format(title=title, prose=_PROSE * 4).encode()
    return "404 Not Found", "text/plain", b"not here"
