"""Asking an unknown site a few questions: slowly, within a budget, and never what its robots.txt forbids."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from config.settings import CrawlSettings
from crawler.exchange import FetchFailed
from crawler.fetch_once import FetchedPage, Fetcher
from crawler.politeness import RobotsRules
from news.fetch import Outcome
from news.urls import normalize_url, origin_of

MAX_REQUESTS = 40  # a choice: about what a reader's browser asks for one page
MAX_SECONDS = 600.0  # a choice: after so long what was learned by then has to do


class ProbeStopped(FetchFailed):
    """Nothing more may be asked: the budget is spent, or the site asked to be left alone."""


@dataclass(kw_only=True, slots=True)
class Prober:
    """Asks one page after another, each origin at the pace that the settings and its robots.txt ask for."""

    settings: CrawlSettings
    max_requests: int = MAX_REQUESTS
    max_seconds: float = MAX_SECONDS
    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    on_request: Callable[[str], None] = lambda url: None
    request_count: int = 0
    failures: dict[str, str] = field(default_factory=dict)  # URL -> what came of it
    _fetcher: Fetcher = field(init=False)
    _next_at: dict[str, float] = field(default_factory=dict)
    _ends_at: float = field(init=False)
    _stopped: bool = False

    def __post_init__(self) -> None:
        self._fetcher = Fetcher(self.settings, before_each=self._wait)
        self._ends_at = self.monotonic() + self.max_seconds

    def ask(self, url: str) -> FetchedPage:
        """Fetch a page. Raises FetchFailed, and ProbeStopped when nothing more may be asked at all."""
        try:
            return self._fetcher.fetch(url)
        except FetchFailed as error:
            self.failures[url] = str(error)
            if error.outcome is Outcome.THROTTLED:
                self._stopped = True
                raise ProbeStopped(error.url, "asks to be left alone (status 429)", error.outcome) from error
            raise

    def try_to_ask(self, url: str) -> FetchedPage | None:
        """The same where an answer would be good to have: None without one."""
        try:
            return self.ask(url)
        except FetchFailed:
            return None

    def rules(self, url: str) -> RobotsRules:
        """The robots.txt of a URL's origin. Raises FetchFailed."""
        return self._fetcher.rules(normalize_url(url) or url)

    def _wait(self, url: str) -> float:
        origin, now = origin_of(url), self.monotonic()
        wait = max(0.0, self._next_at.get(origin, now) - now)
        if self._stopped or self.request_count >= self.max_requests or now + wait > self._ends_at:
            raise ProbeStopped(url, "is one request too many for a first look", Outcome.THROTTLED)
        if wait:
            self.sleep(wait)
        self.request_count += 1
        self.on_request(url)
        rules = self._fetcher.known_rules(url)
        asked = rules.delay_seconds(self.settings.user_agent) if rules is not None else None
        self._next_at[origin] = now + wait + max(self.settings.delay_seconds, asked or 0.0)
        return wait
