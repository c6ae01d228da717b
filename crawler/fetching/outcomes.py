"""Mapping answers and failures of HTTP and the network to the outcome in the fetch record."""

from __future__ import annotations

from dataclasses import dataclass

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from twisted.internet.error import NoRouteError

from crawler.fetching.bodies import TOO_LARGE
from crawler.fetching.head_bound import HeadTooLarge
from crawler.fetching.refusals import BlockedAddress, HostResting, Refused
from news.errors import one_line
from news.fetch import MISSING, Outcome

NOT_PUBLIC = "not a public address; crawl.allow_private_networks lets crawls reach sites of your own"

NEVER_ASKED = frozenset({Outcome.DNS_FAILED, Outcome.BLOCKED_PRIVATE, Outcome.BLOCKED_SCHEME})  # no request went out
_SAYS_NO_PACE = NEVER_ASKED | {Outcome.TOO_LARGE}  # which is an answer, but of its body's size alone
UNTRUSTED = "its certificate is not trusted: expired, of another host, or from an authority unknown to this machine"


@dataclass(frozen=True, kw_only=True, slots=True)
class Failed:
    """Why a fetch brought no page."""

    outcome: Outcome
    detail: str
    retry_after_seconds: float | None = None


def failed_with(error: BaseException) -> Failed:
    """The outcome that an exception of Scrapy or the network stands for."""
    detail = _told(error)
    if isinstance(error, Refused):
        return Failed(outcome=error.outcome, detail=detail, retry_after_seconds=error.retry_after_seconds)
    if isinstance(error, HostResting):
        return Failed(outcome=Outcome.THROTTLED, detail=detail, retry_after_seconds=error.wait_seconds)
    if _caused_by(error, BlockedAddress):
        return Failed(outcome=Outcome.BLOCKED_PRIVATE, detail=NOT_PUBLIC)
    if isinstance(_innermost(error), HeadTooLarge):
        return Failed(outcome=Outcome.TOO_LARGE, detail=detail)
    return Failed(outcome=_network_outcome(error, detail), detail=detail)


def says_nothing_of_pace(error: BaseException) -> bool:
    """Whether a failure says nothing about how fast its host may be asked, as when this machine has no network."""
    return failed_with(error).outcome in _SAYS_NO_PACE or _caused_by(error, NoRouteError)


def _network_outcome(error: BaseException, detail: str) -> Outcome:
    if isinstance(error, IgnoreRequest):  # Scrapy's own refusals carry only a text
        return Outcome.REDIRECT_LOOP if "redirect" in detail else Outcome.TOO_LARGE
    if isinstance(error, CannotResolveHostError):
        return Outcome.DNS_FAILED
    if isinstance(error, DownloadTimeoutError):
        return Outcome.TIMEOUT
    if isinstance(error, DownloadCancelledError):
        return Outcome.TOO_LARGE
    if isinstance(error, ResponseDataLossError):
        return Outcome.INCOMPLETE
    if isinstance(error, UnsupportedURLSchemeError):
        return Outcome.BLOCKED_SCHEME
    return Outcome.CONNECTION_FAILED


def _told(error: BaseException) -> str:
    """What went wrong, worded for people."""
    if isinstance(error, ResponseDataLossError):
        return "it ended before its body did"
    if isinstance(error, DownloadCancelledError) or "DOWNLOAD_MAXSIZE" in str(error):
        return TOO_LARGE
    text = one_line(_innermost(error), limit=None)
    untrusted = any(sign in text for sign in ("certificate verify failed", "VerificationError"))
    return UNTRUSTED if untrusted else text[:200]


def _innermost(error: BaseException) -> BaseException:
    """The error that Twisted wraps in a list of failures, and Scrapy in another error."""
    for each in (error, error.__cause__):
        reasons = getattr(each, "reasons", None)
        if reasons:
            found: BaseException = reasons[-1].value
            return found
    return error


def _caused_by(error: BaseException | None, kind: type[BaseException]) -> bool:
    seen = 0
    while error is not None and seen < 10:
        if isinstance(error, kind) or kind.__name__ in str(error):
            return True
        error, seen = error.__cause__ or error.__context__, seen + 1
    return False


def status_outcome(status: int, retry_after_seconds: float | None) -> Outcome | None:
    """The outcome of a status without a page; None for a status with one."""
    if status == 304:
        return Outcome.NOT_MODIFIED
    if status in MISSING:
        return Outcome.GONE
    if status == 206:  # a part of the page, although no range was asked for
        return Outcome.INCOMPLETE
    if status == 429 or (status == 503 and retry_after_seconds is not None):
        return Outcome.THROTTLED
    return None if 200 <= status < 300 else Outcome.HTTP_ERROR
