"""How one crawl behaves towards the hosts it meets."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime

from scrapy.http import Response

from config.settings import CrawlSettings
from crawler.gate import HostGate
from crawler.politeness import parse_retry_after
from crawler.recorder import Recorder
from crawler.robots import Fetch, RobotsCache
from news.source import Source
from store.hosts import Hosts

PATIENCE_SECONDS = 30.0  # a request waits so long for a resting host; its row is put off beyond that
REST_SECONDS = 60.0  # after a 429 that names no time


class Manners:
    """Gates, robots rules and waits of one crawl."""

    def __init__(
        self,
        *,
        source: Source,
        settings: CrawlSettings,
        hosts: Hosts,
        recorder: Recorder,
        fetch_robots: Fetch,
        clock: Callable[[], datetime],
        after_crash: bool,
    ) -> None:
        self.user_agent = settings.user_agent
        self.allow_private_networks = settings.allow_private_networks
        self.robots = RobotsCache(hosts, recorder, fetch_robots, clock=clock)
        self._source = source
        self._settings = settings
        self._hosts = hosts
        self._recorder = recorder
        self._clock = clock
        self._after_crash = after_crash  # the last holder of these hosts died: its last request may be just past
        self._gates: dict[str, HostGate] = {}

    async def gate(self, origin: str) -> HostGate:
        """The gate before this origin."""
        if origin in self._gates:
            return self._gates[origin]
        state = await self._recorder.call(self._hosts.get, origin)
        delay = self.delay_seconds(None)
        gate = HostGate(
            delay_seconds=delay,
            concurrency=self._source.concurrency or self._settings.concurrency,
            patience_seconds=PATIENCE_SECONDS,
            monotonic=time.monotonic,
            first_after_seconds=delay if self._after_crash else 0.0,
        )
        if state.retry_at is not None and state.retry_at > self._clock():
            gate.rest((state.retry_at - self._clock()).total_seconds())
        return self._gates.setdefault(origin, gate)  # another request may have made it while this one read the store

    async def obey_delay(self, origin: str) -> None:
        """Take a crawl-delay of the origin's robots.txt into its gate."""
        rules = await self.robots.rules(origin)
        (await self.gate(origin)).delay_seconds = self.delay_seconds(rules.delay_seconds(self.user_agent))

    def delay_seconds(self, asked_seconds: float | None) -> float:
        """The pause between requests: the source's or the setting's, and never less than the host asks for."""
        own = self._source.delay_seconds if self._source.delay_seconds is not None else self._settings.delay_seconds
        return max(own, asked_seconds or 0.0)

    def rest_seconds(self, response: Response) -> float | None:
        """How long an answer asks to be left alone; None when it does not."""
        stated = retry_after_seconds(response, self._clock(), self._settings.max_retry_after_seconds)
        if response.status == 429:
            return stated if stated is not None else REST_SECONDS
        return stated if response.status == 503 else None


def retry_after_seconds(response: Response, now: datetime, cap_seconds: float) -> float | None:
    """The Retry-After of an answer in seconds; None without one."""
    header = response.headers.get("Retry-After")
    return parse_retry_after(header.decode("latin-1"), now, cap_seconds) if header else None
