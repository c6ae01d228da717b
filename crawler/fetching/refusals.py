"""The exceptions of requests that were not made."""

from __future__ import annotations

from scrapy.exceptions import IgnoreRequest
from twisted.internet.error import DNSLookupError

from news.fetch import Outcome


class Refused(IgnoreRequest):
    """A request that is not allowed, with the outcome that says why."""

    def __init__(self, outcome: Outcome, detail: str, *, retry_after_seconds: float | None = None) -> None:
        super().__init__(detail)
        self.outcome = outcome
        self.retry_after_seconds = retry_after_seconds


class HostResting(Exception):
    """The host must be left alone for longer than a request may wait, or than its crawl continues."""

    def __init__(self, wait_seconds: float) -> None:
        super().__init__(f"the host is to be left alone for another {wait_seconds:.0f} s")
        self.wait_seconds = wait_seconds


class BlockedAddress(DNSLookupError):
    """A host has no public address; no connection was made."""

    def __init__(self, host: str, address: str) -> None:
        super().__init__(f"BlockedAddress: {host} is {address}, not a public address")
        self.host = host
        self.address = address
