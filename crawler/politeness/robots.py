"""robots.txt as crawls obey it: fetched once a day per origin, kept in the store, and shared by every process."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from crawler.politeness.rules import RobotsRules, parse_robots
from crawler.recording.recorder import Recorder
from news.revisits.due import ROBOTS_LIFE
from store.crawls.robots_answers import RobotsAnswers
from store.records import RobotsAnswer

FRESH_FOR = ROBOTS_LIFE
DEFERRED_FRESH_FOR = timedelta(minutes=10)  # a failed robots.txt is soon fetched again
UNANSWERED_FRESH_FOR = timedelta(minutes=1)  # sooner still if nothing answered, as when this machine has no network

Fetch = Callable[[str], Awaitable[tuple[int | None, bytes]]]


@dataclass(frozen=True, slots=True)
class _Known:
    rules: RobotsRules
    read_at: datetime
    is_answered: bool

    def is_fresh(self, now: datetime) -> bool:
        """Whether the rules need not be fetched again; a time in the future means that the clock was set back."""
        if not self.is_answered:
            return abs(now - self.read_at) < UNANSWERED_FRESH_FOR
        return abs(now - self.read_at) < (DEFERRED_FRESH_FOR if self.rules.deferred else FRESH_FOR)


class RobotsCache:
    """The rules of the origins that one crawl meets."""

    def __init__(
        self,
        answers: RobotsAnswers,
        recorder: Recorder,
        fetch: Fetch,
        *,
        user_agent: str,
        clock: Callable[[], datetime],
    ) -> None:
        self._answers = answers
        self._recorder = recorder
        self._fetch = fetch  # (url) -> status and body; None and the reason if there is no answer
        self._user_agent = user_agent
        self._clock = clock
        self._known: dict[str, _Known] = {}
        self._loading: dict[str, asyncio.Task[_Known]] = {}

    async def rules(self, origin: str) -> RobotsRules:
        """The rules of "scheme://host[:port]", unless outdated; fetched once, however many requests wait for them.

        Raises what the fetch raises if its request was not made.
        """
        if (rules := self.known(origin)) is not None:
            return rules
        if origin not in self._loading:
            self._loading[origin] = asyncio.get_running_loop().create_task(self._load(origin))
        task = self._loading[origin]
        try:
            self._known[origin] = await asyncio.shield(task)
        finally:
            if task.done() and self._loading.get(origin) is task:
                del self._loading[origin]
        return self._known[origin].rules

    def known(self, origin: str) -> RobotsRules | None:
        """The rules that this crawl has read, if they are not outdated."""
        known = self._known.get(origin)
        return known.rules if known is not None and known.is_fresh(self._clock()) else None

    async def stored(self, origin: str) -> RobotsRules | None:
        """The rules that were read last, however old; None if there are none."""
        known = _known(await self._recorder.call(self._answers.get, origin), origin)
        return known.rules if known else None

    async def _load(self, origin: str) -> _Known:
        known = _known(await self._recorder.call(self._answers.get, origin), origin)
        if known is not None and known.is_fresh(self._clock()):
            return known
        status, body = await self._fetch(f"{origin}/robots.txt")
        rules, now = parse_robots(status, body, origin), self._clock()
        if known is not None:
            newly = partial(_allows_newly, known.rules, rules, self._user_agent)
            await self._recorder.call(self._answers.wake_refused, origin, newly, now=now)
        await self._recorder.call(self._answers.put, origin, status=status, body=rules.kept_body, now=now)
        return _Known(rules, now, status is not None)


def _allows_newly(before: RobotsRules, now: RobotsRules, user_agent: str, url: str) -> bool:
    """Whether a URL was forbidden and is allowed now."""
    return now.allows(url, user_agent) and not before.allows(url, user_agent)


def _known(answer: RobotsAnswer, origin: str) -> _Known | None:
    if answer.fetched_at is None:
        return None
    rules = parse_robots(answer.status, answer.body or b"", origin)
    return _Known(rules, answer.fetched_at, answer.status is not None)
