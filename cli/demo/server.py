"""A small HTTP server on this machine, run in a thread, that shuts down cleanly with its connections."""

from __future__ import annotations

import socket
import sys
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

IDLE_SECONDS = 60  # a kept-alive connection is closed after this long without a request


class Handler(BaseHTTPRequestHandler):
    """Passes each GET and HEAD to its server's function."""

    protocol_version = "HTTP/1.1"
    timeout = IDLE_SECONDS
    disable_nagle_algorithm = True
    server: _Server

    def do_GET(self) -> None:
        self.server.answer(self)

    def do_HEAD(self) -> None:
        self.server.answer(self)

    def log_message(self, format: str, *args: Any) -> None:
        """Discard log messages: requests are not written to the terminal."""

    def reply(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        """Send a complete answer; a HEAD gets only the headers."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD" and status != 304:
            self.wfile.write(body)


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    block_on_close = True  # server_close waits for the handlers, whose sockets are shut down first
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], answer: Callable[[Handler], None]) -> None:
        super().__init__(address, Handler)
        self.answer = answer
        self.accepted_count = 0
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()

    def get_request(self) -> tuple[socket.socket, Any]:
        connection, address = super().get_request()
        with self._lock:
            self.accepted_count += 1
            self._open.add(connection)
        return connection, address

    def shutdown_request(self, request: Any) -> None:
        with self._lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Ignore clients that hang up, which is no error of the server."""
        if not isinstance(sys.exception(), (ConnectionError, TimeoutError)):
            super().handle_error(request, client_address)

    def hang_up(self) -> None:
        with self._lock:
            connections = list(self._open)
        for connection in connections:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue  # closed by its handler in the meantime


class LocalServer:
    """A server that runs during the `with` block; `answer` is called in one thread per connection."""

    def __init__(self, answer: Callable[[Handler], None], *, host: str = "127.0.0.1", port: int = 0) -> None:
        self._server = _Server((host, port), answer)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), name="local-server")
        bound_port = self._server.server_address[1]
        self.url = f"http://{host}:{bound_port}"  # without a final slash

    @property
    def accepted_count(self) -> int:
        """Connections accepted so far."""
        return self._server.accepted_count

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.hang_up()
        self._server.server_close()
