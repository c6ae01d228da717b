"""Serves the application over HTTP from this process."""

from __future__ import annotations

import contextlib
import signal
import socket
import threading
from collections.abc import Callable, Iterator

import uvicorn
from starlette.types import ASGIApp

from search.errors import CannotListen

BACKLOG = 256  # connections waiting to be accepted
STOP_SECONDS = 10  # time for requests under way to finish


class WebServer:
    """One listening server. It binds its socket when created, so its address is known and reserved from then on."""

    def __init__(self, app: ASGIApp, *, host: str, port: int, on_stop: Callable[[], None] = lambda: None) -> None:
        """Listen on the address; port 0 picks a free one. Raises CannotListen.

        `on_stop` is called before waiting for requests under way, to end those that would never end by themselves.
        """
        self._socket = _listen(host, port)
        config = uvicorn.Config(
            app,
            log_config=None,
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=STOP_SECONDS,
        )
        self._server = _Server(config)
        self._server.on_stop = on_stop
        shown_host = f"[{host}]" if ":" in host else host
        self.url = f"http://{shown_host}:{self._socket.getsockname()[1]}/"

    def run(self, on_ready: Callable[[str], None] = lambda url: None) -> None:
        """Serve until stopped; in the main thread SIGINT and SIGTERM stop it. `on_ready` receives the URL."""
        self._server.on_ready = lambda: on_ready(self.url)
        try:
            self._server.run(sockets=[self._socket])
        finally:
            self._socket.close()

    def stop(self) -> None:
        """Finish requests under way and let `run` return; may be called from any thread."""
        self._server.should_exit = True


def serve(
    app: ASGIApp,
    host: str,
    port: int,
    on_ready: Callable[[str], None],
    *,
    on_stop: Callable[[], None] = lambda: None,
) -> None:
    """Serve until SIGINT or SIGTERM; `on_ready` receives the URL once it answers. Raises CannotListen."""
    WebServer(app, host=host, port=port, on_stop=on_stop).run(on_ready)


class _Server(uvicorn.Server):
    on_ready: Callable[[], None] = staticmethod(lambda: None)
    on_stop: Callable[[], None] = staticmethod(lambda: None)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self.on_ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self.on_stop()
        await super().shutdown(sockets)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture signals like uvicorn, but treat a requested stop as a normal end: the signal is not raised again."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        signals = (signal.SIGINT, signal.SIGTERM)
        before = {number: signal.signal(number, self.handle_exit) for number in signals}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol is named because asyncio sets TCP_NODELAY only then; without it every answer takes 40 ms longer
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except (OSError, OverflowError) as error:
        listener.close()
        reason = getattr(error, "strerror", None) or str(error)
        raise CannotListen(
            f"cannot listen on {host} port {port}: {reason}; choose another address with web.host or web.port"
        ) from error
    return listener
