"""Kinds, states and outcomes of URLs that are fetched."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class UrlKind(StrEnum):
    """What a frontier row is fetched as."""

    FEED = "feed"
    SITEMAP = "sitemap"
    SECTION = "section"
    ARTICLE = "article"


class UrlState(StrEnum):
    """Where a URL stands in its life."""

    KNOWN = "known"  # discovered, not fetched yet
    FETCHED = "fetched"  # its last fetch gave content or "unchanged"
    FAILING = "failing"  # its last fetch failed in a way that may pass; retried after a backoff
    REFUSED = "refused"  # robots, scope, scheme or the address guard forbids it
    GONE = "gone"  # 404 or 410, confirmed over time
    DROPPED = "dropped"  # a document that its source's file no longer lists


class Outcome(StrEnum):
    """How a fetch ended; stored in the fetch record and counted in the run."""

    NEW_ARTICLE = "new_article"
    NEW_VERSION = "new_version"
    UNCHANGED = "unchanged"  # 200 with the same content
    NOT_MODIFIED = "not_modified"  # 304
    DISCOVERED = "discovered"  # a feed, sitemap or section page was read
    NOT_ARTICLE = "not_article"  # the page holds no article; `detail` says why
    ROBOTS_REFUSED = "robots_refused"
    ROBOTS_DEFERRED = "robots_deferred"  # robots.txt answers 5xx or not at all
    BLOCKED_PRIVATE = "blocked_private"  # the address guard
    BLOCKED_SCHEME = "blocked_scheme"
    OUT_OF_SCOPE = "out_of_scope"  # a redirect left the source's hosts
    REDIRECT_LOOP = "redirect_loop"
    TOO_LARGE = "too_large"
    INCOMPLETE = "incomplete"  # shorter than announced, a broken chunked body, or one not packed as it says
    THROTTLED = "throttled"  # 429, or 503 with Retry-After
    GONE = "gone"  # 404 or 410
    HTTP_ERROR = "http_error"  # any other status
    DNS_FAILED = "dns_failed"
    TIMEOUT = "timeout"
    CONNECTION_FAILED = "connection_failed"
    PARSE_FAILED = "parse_failed"  # a feed or sitemap that cannot be read
    FORGOTTEN = "forgotten"  # it led to an article that `newsdex forget` removed for good: nothing is kept


MISSING = frozenset({404, 410})  # statuses of a page that is not there
SUCCESSES = frozenset(
    {Outcome.NEW_ARTICLE, Outcome.NEW_VERSION, Outcome.UNCHANGED, Outcome.NOT_MODIFIED, Outcome.DISCOVERED}
)
# Legitimate answers and refusals that are obeyed; all other outcomes are failures
_EXPECTED = SUCCESSES | {
    Outcome.NOT_ARTICLE,
    Outcome.ROBOTS_REFUSED,
    Outcome.OUT_OF_SCOPE,
    Outcome.GONE,
    Outcome.FORGOTTEN,
}
FAILURES = frozenset(Outcome) - _EXPECTED
SAME = frozenset({Outcome.UNCHANGED, Outcome.NOT_MODIFIED})  # the page shows what it showed before
REDIRECTS = frozenset({301, 302, 303, 307, 308})  # statuses that lead to another address


def is_answered(kind: UrlKind, outcome: Outcome) -> bool:
    """Whether a fetch got its answer: a document must be read, while a page may be gone or not an article.

    >>> is_answered(UrlKind.ARTICLE, Outcome.GONE), is_answered(UrlKind.FEED, Outcome.GONE)
    (True, False)
    """
    return outcome in SUCCESSES or (kind is UrlKind.ARTICLE and outcome not in FAILURES)


@dataclass(frozen=True, kw_only=True, slots=True)
class Discovered:
    """A URL that discovery found, with what was said about it there."""

    url: str  # absolute, not yet normalised
    kind: UrlKind = UrlKind.ARTICLE
    title: str | None = None
    published_at: datetime | None = None  # aware, UTC
    modified_at: datetime | None = None  # a sitemap's lastmod or a feed's updated; aware, UTC
    section: str | None = None
