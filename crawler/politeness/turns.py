"""Asking hosts outside crawls as crawls do: under the host's lease, at its learned pace, and on record."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from config.settings import CrawlSettings
from crawler.fetching.exchange import FetchFailed
from crawler.politeness.pace import PATIENCE_SECONDS, REST_SECONDS, PaceBounds, next_delay_seconds
from crawler.politeness.rules import parse_retry_after
from news.fetch import Outcome
from news.urls import server_of
from store.clock import utc_now
from store.crawls.paces import AskedRequest
from store.service import Store

LOOK_SECONDS = 0.5  # between two checks whether a crawl has ended


class NotNow(FetchFailed):
    """A host that may not be asked now: a crawl is asking it, or it wants to be left alone."""

    def __init__(self, url: str, what: str) -> None:
        super().__init__(url, what, Outcome.THROTTLED)


@dataclass(slots=True)
class _Host:
    """A host whose lease is held."""

    delay_seconds: float  # learned from its answers
    last_at: float | None  # when its last request began, on the monotonic clock
    rests_until: float  # on the same clock


@dataclass(frozen=True, kw_only=True, slots=True)
class _Turn:
    asked_at: datetime
    began: float  # monotonic
    demanded_seconds: float
    kept_seconds: float | None
    last_at: float | None  # the host's until then


class Turns:
    """The turns of one command, one request at a time."""

    def __init__(
        self,
        settings: CrawlSettings,
        store: Store,
        *,
        clock: Callable[[], datetime] = utc_now,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._settings = settings
        self._paces = store.paces
        self._leases = store.leases.claimant(f"look-{os.getpid()}-{id(self)}")
        self._clock = clock
        self._monotonic = monotonic
        self._sleep = sleep
        self._hosts: dict[str, _Host] = {}
        self._busy: set[str] = set()  # hosts that a crawl kept asking beyond our patience
        self._turn: _Turn | None = None

    def due_in_seconds(self, url: str, *, asked_seconds: float | None) -> float:
        """How long to wait before asking; `asked_seconds` is the delay from its robots.txt.

        Raises NotNow if a crawl keeps asking the host, or the host wants to be left alone for long.
        """
        host = self._held(url)
        now = self._monotonic()
        if host.rests_until - now > PATIENCE_SECONDS:
            what = f"asked to be left alone for another {host.rests_until - now:.0f} s; try again then"
            raise NotNow(url, what)
        return max(0.0, self._earliest(host, asked_seconds) - now)

    def enter(self, url: str, *, asked_seconds: float | None) -> float:
        """Wait for a request's turn and begin it; return the seconds waited. `leave` must follow."""
        waited = self._monotonic()
        while wait := self.due_in_seconds(url, asked_seconds=asked_seconds):
            self._sleep(wait)
        self.begin(url, asked_seconds=asked_seconds)
        return self._monotonic() - waited

    def begin(self, url: str, *, asked_seconds: float | None) -> None:
        """Note that the request for a URL begins now; `leave` must follow."""
        host = self._held(url)  # the lease may have expired during a long wait
        now = self._monotonic()
        demanded = max(host.delay_seconds, asked_seconds or 0.0)
        last_at, host.last_at = host.last_at, now
        kept = None if last_at is None else now - last_at
        self._turn = _Turn(
            asked_at=self._clock(), began=now, demanded_seconds=demanded, kept_seconds=kept, last_at=last_at
        )

    def leave(self, url: str, *, status: int | None, retry_after: str | None) -> None:
        """Note that the request is over; a status of None = without an answer."""
        turn, host, name = self._turn, self._hosts[server_of(url)], server_of(url)
        assert turn is not None  # `begin` was called
        latency = self._monotonic() - turn.began
        host.delay_seconds = next_delay_seconds(
            host.delay_seconds, status=status, latency_seconds=latency, bounds=self._bounds()
        )
        asked = AskedRequest(
            host=name,
            source_id="",
            asked_at=turn.asked_at,
            url=url,
            rule="asked outside of crawls",
            demanded_seconds=turn.demanded_seconds,
            kept_seconds=turn.kept_seconds,
            status=status,
            delay_seconds=host.delay_seconds,
        )
        self._paces.record([asked])
        if status in {429, 503}:
            self._rest(name, host, status, retry_after)

    def withdraw(self, url: str) -> None:
        """Note that the request that began was not made: the host's next one need not wait for it."""
        assert self._turn is not None  # `begin` was called
        self._hosts[server_of(url)].last_at = self._turn.last_at

    def close(self) -> None:
        """Release the hosts."""
        self._leases.release([f"host:{name}" for name in self._hosts])
        self._hosts.clear()

    def _rest(self, name: str, host: _Host, status: int, retry_after: str | None) -> None:
        now, longest = self._clock(), self._settings.max_retry_after_seconds
        stated = parse_retry_after(retry_after, now, longest) if retry_after else None
        seconds = stated if stated is not None else REST_SECONDS if status == 429 else None
        if seconds is not None:
            host.rests_until = max(host.rests_until, self._monotonic() + seconds)
            self._paces.rest(name, now + timedelta(seconds=seconds))

    def _earliest(self, host: _Host, asked_seconds: float | None) -> float:
        after_last = 0.0 if host.last_at is None else host.last_at + max(host.delay_seconds, asked_seconds or 0.0)
        return max(host.rests_until, after_last)

    def _held(self, url: str) -> _Host:
        """A URL's host, with its lease acquired or renewed."""
        name = server_of(url)
        ends_at = self._monotonic() + PATIENCE_SECONDS
        while not (claim := self._leases.acquire([f"host:{name}"], now=self._clock())).granted:
            if name in self._busy or self._monotonic() >= ends_at:
                self._busy.add(name)
                what = f"is not asked now: a crawl asks {name} at the moment; try again when it has ended"
                raise NotNow(url, what)
            self._sleep(LOOK_SECONDS)
        if name not in self._hosts or claim.took_over:
            self._hosts[name] = self._known(name, after_crash=claim.took_over)
        return self._hosts[name]

    def _known(self, name: str, *, after_crash: bool) -> _Host:
        pace, now, moment = self._paces.get(name), self._monotonic(), self._clock()
        # If the clock was set back, the last request may lie in the future: treat it as just made
        since = max(0.0, (moment - pace.last_asked_at).total_seconds()) if pace.last_asked_at else None
        rest = (pace.retry_at - moment).total_seconds() if pace.retry_at else 0.0
        return _Host(
            delay_seconds=max(pace.delay_seconds or 0.0, self._settings.delay_seconds),
            last_at=now if after_crash else None if since is None else now - since,
            rests_until=now + min(max(0.0, rest), self._settings.max_retry_after_seconds),
        )

    def _bounds(self) -> PaceBounds:
        settings = self._settings
        return PaceBounds(least_seconds=settings.delay_seconds, most_seconds=settings.max_delay_seconds, concurrency=1)


@contextmanager
def turns_of(settings: CrawlSettings, store: Store) -> Iterator[Turns]:
    """Provide the turns of a command until the block ends."""
    turns = Turns(settings, store)
    try:
        yield turns
    finally:
        turns.close()
