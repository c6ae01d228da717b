"""Fetching pages outside a crawl, with the same guard, bounds and manners."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from config.settings import CrawlSettings
from crawler.discovery.refresh import led_to
from crawler.fetching.chains import Chain
from crawler.fetching.exchange import FetchFailed, PlainAnswer, get
from crawler.fetching.outcomes import NEVER_ASKED
from crawler.politeness.rules import MAX_ROBOTS_BYTES, MAX_ROBOTS_REDIRECTS, RobotsRules, parse_robots
from news.fetch import REDIRECTS, Outcome
from news.urls import join_url, normalize_url, origin_of
from store.clock import utc_now

_STATUS_OUTCOMES = {404: Outcome.GONE, 410: Outcome.GONE, 429: Outcome.THROTTLED}


@dataclass(frozen=True, kw_only=True, slots=True)
class FetchedPage:
    """A page as answered, with its body decoded from content encoding."""

    url: str  # effective URL
    body: bytes
    content_type: str | None
    fetched_at: datetime


class Pace(Protocol):
    """Decides when a request may begin, and is told how it ended."""

    def enter(self, url: str, *, asked_seconds: float | None) -> float:
        """Wait for a request's turn; return the seconds waited. Raises FetchFailed if the turn does not come."""

    def leave(self, url: str, *, status: int | None, retry_after: str | None) -> None:
        """Note that a request that entered is over; a status of None = without an answer."""

    def withdraw(self, url: str) -> None:
        """Note that a request that entered was not made, as its address is refused or unknown."""


def fetch_once(url: str, *, settings: CrawlSettings, pace: Pace | None = None, obey_robots: bool = True) -> FetchedPage:
    """Fetch one page, following redirects, and pages that only lead on.

    Blocks for `timeout_seconds` at most, not counting waits and name look-ups. Every hop passes the address
    guard and, unless told otherwise, robots.txt. Raises FetchFailed.
    """
    return Fetcher(settings, pace=pace).fetch(url, obey_robots=obey_robots)


class Fetcher:
    """Fetches pages one after another, and each origin's robots.txt once."""

    def __init__(self, settings: CrawlSettings, *, pace: Pace | None = None) -> None:
        """`pace` says when each request, also for robots.txt, may begin; None = at once."""
        self._settings = settings
        self._pace = pace
        self._deadline = 0.0
        self._robots_answers: dict[str, tuple[int, bytes]] = {}

    def fetch(self, url: str, *, obey_robots: bool = True) -> FetchedPage:
        """Fetch one page within `timeout_seconds`, not counting waits. Raises FetchFailed."""
        if self._settings.trusted_proxy is not None:
            raise FetchFailed(url, "is not fetched directly while crawl.trusted_proxy is set", Outcome.BLOCKED_PRIVATE)
        self._deadline = time.monotonic() + self._settings.timeout_seconds
        effective_url, answer = self._page(url, obey_robots=obey_robots)
        if not 200 <= answer.status < 300:
            outcome = _STATUS_OUTCOMES.get(answer.status, Outcome.HTTP_ERROR)
            raise FetchFailed(effective_url, f"answered with status {answer.status}", outcome)
        content_type = answer.headers.get("Content-Type")
        return FetchedPage(url=effective_url, body=answer.body, content_type=content_type, fetched_at=utc_now())

    def rules(self, url: str) -> RobotsRules:
        """The rules of the robots.txt of a URL's origin. Raises FetchFailed if it cannot be reached."""
        if origin_of(url) not in self._robots_answers:
            self._deadline = time.monotonic() + self._settings.timeout_seconds
        return self._rules(origin_of(url))

    def known_rules(self, url: str) -> RobotsRules | None:
        """The rules of a URL's origin if its robots.txt was fetched already; None otherwise."""
        answer = self._robots_answers.get(origin_of(url))
        return parse_robots(*answer, origin_of(url)) if answer is not None else None

    def _page(self, url: str, *, obey_robots: bool) -> tuple[str, PlainAnswer]:
        """The page at the end of all redirects, and of pages that only lead on."""
        chain = Chain()
        for _ in range(self._settings.max_redirects + 1):
            url = _normal(url)
            if chain.leads_back(url):
                raise FetchFailed(url, "is redirected back to itself", Outcome.REDIRECT_LOOP)
            if obey_robots:
                self._ask_robots(url)
            answer = self._get(url, chain, body_limit=self._settings.max_body_bytes)
            following = _redirect(url, answer) or _led_to(url, answer)
            if following is None:
                return url, answer
            url = following
        raise FetchFailed(url, f"comes after {self._settings.max_redirects} redirects", Outcome.REDIRECT_LOOP)

    def _get(self, url: str, chain: Chain, *, body_limit: int, cut_body: bool = False) -> PlainAnswer:
        answer = self._in_turn(url, body_limit=body_limit, cut_body=cut_body, cookies=chain.enter(url))
        chain.learn(url, answer.headers.get_all("Set-Cookie", []))
        return answer

    def _in_turn(self, url: str, **asked: Any) -> PlainAnswer:
        if self._pace is None:
            return self._asked(url, **asked)
        known = self.known_rules(url)
        delay = known.delay_seconds(self._settings.user_agent) if known is not None else None
        self._deadline += self._pace.enter(url, asked_seconds=delay)
        answer: PlainAnswer | None = None
        is_made = True
        try:
            answer = self._asked(url, **asked)
        except FetchFailed as error:
            is_made = error.outcome not in NEVER_ASKED
            raise
        finally:
            if is_made:
                status, retry_after = (answer.status, answer.headers.get("Retry-After")) if answer else (None, None)
                self._pace.leave(url, status=status, retry_after=retry_after)
            else:
                self._pace.withdraw(url)
        return answer

    def _asked(self, url: str, **asked: Any) -> PlainAnswer:
        return get(url, settings=self._settings, deadline=self._deadline, **asked)

    def _ask_robots(self, url: str) -> None:
        rules = self._rules(origin_of(url))
        if rules.deferred:
            raise FetchFailed(url, f"may not be asked while its robots.txt {rules.why}", Outcome.ROBOTS_DEFERRED)
        if not rules.allows(url, self._settings.user_agent):
            raise FetchFailed(url, "is forbidden by robots.txt", Outcome.ROBOTS_REFUSED)

    def _rules(self, origin: str) -> RobotsRules:
        if origin not in self._robots_answers:
            self._robots_answers[origin] = self._robots(f"{origin}/robots.txt")
        return parse_robots(*self._robots_answers[origin], origin)

    def _robots(self, url: str) -> tuple[int, bytes]:
        """The status and body of a robots.txt; one behind more redirects than are followed counts as missing."""
        chain = Chain()
        for _ in range(MAX_ROBOTS_REDIRECTS + 1):
            # one byte more than counts, so that a cut is noticed
            answer = self._get(url, chain, body_limit=MAX_ROBOTS_BYTES + 1, cut_body=True)
            following = _redirect(url, answer)
            if following is None:
                return answer.status, answer.body
            url = _normal(following)
        return 404, b""


def _normal(url: str) -> str:
    normal = normalize_url(url)
    if normal is None:
        raise FetchFailed(url[:200], "is not a web address; write https://…", Outcome.BLOCKED_SCHEME)
    return normal


def _redirect(url: str, answer: PlainAnswer) -> str | None:
    location = answer.headers.get("Location")
    if answer.status not in REDIRECTS or not location:
        return None
    # Header bytes arrive as latin-1, but servers write UTF-8 in them.
    written = location.encode("latin-1", "replace").decode("utf-8", "replace")
    following = join_url(url, written)
    if following is None:
        raise FetchFailed(url, f"leads to {written[:100]!r}, not a web address", Outcome.BLOCKED_SCHEME)
    return following


def _led_to(url: str, answer: PlainAnswer) -> str | None:
    if not 200 <= answer.status < 300:
        return None
    headers = answer.headers
    return led_to(answer.body, url, headers.get("Content-Type"), headers.items(), is_empty=False)
