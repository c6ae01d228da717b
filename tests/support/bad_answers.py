"""Answers that no well-behaved server gives: too slow, endless, cut short or missing."""

from __future__ import annotations

import threading
from collections.abc import Mapping

from cli.demo.server import Handler

CHUNK = b"x" * 16 * 1024


def wait_until(handler: Handler, closing: threading.Event) -> None:
    """Say nothing until the publisher closes."""
    handler.close_connection = True
    closing.wait()


def close(handler: Handler) -> None:
    """End the connection without an answer."""
    handler.close_connection = True


def drip(handler: Handler, closing: threading.Event, pause_seconds: float) -> None:
    """Promise a million bytes and send them one at a time."""
    _begin(handler, {"Content-Length": "1000000"})
    while not closing.wait(pause_seconds):
        handler.wfile.write(b"x")


def endless(handler: Handler, closing: threading.Event, beginning: bytes) -> None:
    """Send chunks for as long as anyone reads."""
    _begin(handler, {"Transfer-Encoding": "chunked"})
    chunk = beginning + CHUNK
    while not closing.is_set():
        handler.wfile.write(f"{len(chunk):x}\r\n".encode() + chunk + b"\r\n")
        chunk = CHUNK


def endless_headers(handler: Handler, closing: threading.Event) -> None:
    """Send headers for as long as anyone reads."""
    handler.close_connection = True
    handler.send_response(200)
    while not closing.is_set():
        handler.send_header("X-More", "x" * 4096)
        handler.flush_headers()


def short_body(handler: Handler, content: bytes, missing_bytes: int) -> None:
    """State a length that the body does not reach."""
    _begin(handler, {"Content-Length": str(len(content) + missing_bytes)})
    handler.wfile.write(content)


def no_length(handler: Handler, content: bytes) -> None:
    """Send a body without saying how long it is; that it ended is told by the closed connection alone."""
    _begin(handler, {})
    handler.wfile.write(content)


def broken_chunks(handler: Handler, content: bytes) -> None:
    """Stop in the middle of a chunk."""
    _begin(handler, {"Transfer-Encoding": "chunked"})
    handler.wfile.write(f"{len(content) + 50:x}\r\n".encode() + content)


def _begin(handler: Handler, headers: Mapping[str, str]) -> None:
    handler.close_connection = True
    handler.send_response(200)
    for name, value in {"Content-Type": "text/html; charset=utf-8", **headers}.items():
        handler.send_header(name, value)
    handler.end_headers()
