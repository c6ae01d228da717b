"""Asking an unknown site a few questions: slowly, within a budget, and never what its robots.txt forbids."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from config.settings import CrawlSettings
from crawler.fetching.exchange import FetchFailed
from crawler.politeness.fetch_once import FetchedPage, Fetcher
from crawler.politeness.rules import RobotsRules
from crawler.politeness.turns import NotNow, Turns
from news.fetch import Outcome
from news.urls import normalize_url

MAX_REQUESTS = 40  # a choice: about as many as a reader's browser makes for one page
MAX_SECONDS = 600.0  # a choice: after this long, what was learned so far has to suffice


class ProbeStopped(FetchFailed):
    """No more requests are allowed: the budget is spent, or the site asked to be left alone."""


@dataclass(kw_only=True, slots=True)
class Prober:
    """Fetches one page after another, at each host's pace and within an overall budget."""

    settings: CrawlSettings
    turns: Turns
    max_requests: int = MAX_REQUESTS
    max_seconds: float = MAX_SECONDS
    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    on_request: Callable[[str], None] = lambda url: None
    request_count: int = 0
    failures: dict[str, str] = field(default_factory=dict)  # URL -> what came of it
    _fetcher: Fetcher = field(init=False)
    _ends_at: float = field(init=False)
    _stopped: bool = False

    def __post_init__(self) -> None:
        self._fetcher = Fetcher(self.settings, pace=self)
        self._ends_at = self.monotonic() + self.max_seconds

    def ask(self, url: str) -> FetchedPage:
        """Fetch a page. Raises FetchFailed, and ProbeStopped if no more requests are allowed at all."""
        try:
            return self._fetcher.fetch(url)
        except FetchFailed as error:
            self.failures[url] = str(error)
            if isinstance(error, (ProbeStopped, NotNow)):
                raise
            if error.outcome is Outcome.THROTTLED:
                self._stopped = True
                raise ProbeStopped(error.url, "asks to be left alone (status 429)", error.outcome) from error
            raise

    def try_to_ask(self, url: str) -> FetchedPage | None:
        """Fetch a page that is not essential; None if there is no answer."""
        try:
            return self.ask(url)
        except FetchFailed:
            return None

    def rules(self, url: str) -> RobotsRules:
        """The robots.txt of a URL's origin. Raises FetchFailed."""
        return self._fetcher.rules(normalize_url(url) or url)

    def enter(self, url: str, *, asked_seconds: float | None) -> float:
        """Wait for a request's turn if the budget allows it; raises ProbeStopped if not."""
        came = self.monotonic()
        wait = self.turns.due_in_seconds(url, asked_seconds=asked_seconds)
        if self._stopped or self.request_count >= self.max_requests or self.monotonic() + wait > self._ends_at:
            raise ProbeStopped(url, "is one request too many for a first look", Outcome.THROTTLED)
        if wait:
            self.sleep(wait)
        self.request_count += 1
        self.on_request(url)
        self.turns.begin(url, asked_seconds=asked_seconds)
        return self.monotonic() - came

    def leave(self, url: str, *, status: int | None, retry_after: str | None) -> None:
        """Note that a request that entered is over."""
        self.turns.leave(url, status=status, retry_after=retry_after)

    def withdraw(self, url: str) -> None:
        """Note that a request that entered was not made."""
        self.turns.withdraw(url)
