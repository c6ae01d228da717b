"""robots.txt as crawls obey it: asked for once a day and origin, kept in the store, shared by every process."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from crawler.politeness import RobotsRules, parse_robots
from crawler.recorder import Recorder
from store.hosts import Hosts

FRESH_FOR = timedelta(hours=24)  # RFC 9309, section 2.4: not longer than a day
DEFERRED_FRESH_FOR = timedelta(minutes=10)  # a robots.txt that failed is asked for again soon

Fetch = Callable[[str], Awaitable[tuple[int | None, bytes]]]


class RobotsCache:
    """The rules of the origins one crawl meets."""

    def __init__(self, hosts: Hosts, recorder: Recorder, fetch: Fetch, *, clock: Callable[[], datetime]) -> None:
        self._hosts = hosts
        self._recorder = recorder
        self._fetch = fetch  # (url) -> status and body; None = no answer
        self._clock = clock
        self._rules: dict[str, asyncio.Task[RobotsRules]] = {}

    async def rules(self, origin: str) -> RobotsRules:
        """The rules of "scheme://host[:port]"; asked for at most once however many requests wait for them."""
        if origin not in self._rules:
            self._rules[origin] = asyncio.get_running_loop().create_task(self._load(origin))
        return await asyncio.shield(self._rules[origin])

    async def _load(self, origin: str) -> RobotsRules:
        state = await self._recorder.call(self._hosts.get, origin)
        if state.robots_fetched_at is not None:
            rules = parse_robots(state.robots_status, state.robots_body or b"")
            fresh_for = DEFERRED_FRESH_FOR if rules.deferred else FRESH_FOR
            if self._clock() - state.robots_fetched_at < fresh_for:
                return rules
        status, body = await self._fetch(f"{origin}/robots.txt")
        rules = parse_robots(status, body)
        await self._recorder.call(
            self._hosts.put_robots, origin, status=status, body=rules.kept_body, now=self._clock()
        )
        return rules
