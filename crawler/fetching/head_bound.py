"""A bound on the size of an answer's status line and headers, which Twisted does not limit."""

from __future__ import annotations

from typing import Any

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from twisted.python.failure import Failure

MAX_HEAD_BYTES = 256 * 1024  # Chromium's limit (kMaxHeaderBufSize in net/http/http_stream_parser.cc)
_IN_HEAD = frozenset({"STATUS", "HEADER"})  # states of Twisted's parser


class HeadTooLarge(Exception):
    """An answer's headers exceeded the bound."""


class BoundedHeadHandler(HTTP11DownloadHandler):
    """Scrapy's handler of http and https, which ends connections whose answers have endless headers."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        pool: Any = self._pool
        pool._factory = _bounded(pool._factory)


def _bounded(factory: Any) -> Any:
    class Bounded(factory):  # type: ignore[misc]  # Scrapy's own, which is private
        noisy = False

        def buildProtocol(self, addr: Any) -> Any:  # noqa: N802  Twisted's name
            return _bound(super().buildProtocol(addr))

    return Bounded


def _bound(protocol: Any) -> Any:
    """Bound a connection by counting what it receives from the beginning of an answer to the end of its headers."""
    receive = protocol.dataReceived
    received_count = 0

    def counted(data: bytes) -> None:
        nonlocal received_count
        receive(data)
        is_in_head = getattr(protocol._parser, "state", None) in _IN_HEAD
        received_count = received_count + len(data) if is_in_head else 0
        if received_count > MAX_HEAD_BYTES:
            too_large = HeadTooLarge(f"its headers are larger than {MAX_HEAD_BYTES // 1024} KiB")
            protocol._giveUp(Failure(too_large))

    protocol.dataReceived = counted
    return protocol
