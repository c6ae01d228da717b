"""How a crawl behaves towards the hosts it meets."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from scrapy.http import Response

from config.settings import CrawlSettings
from crawler.fetching.credentials import SecretHeader
from crawler.fetching.refusals import HostResting, Refused
from crawler.politeness.door import Door
from crawler.politeness.gate import HostGate, Turn
from crawler.politeness.held_leases import HeldLeases
from crawler.politeness.pace import PATIENCE_SECONDS, REST_SECONDS, PaceBounds
from crawler.politeness.robots import Fetch, RobotsCache
from crawler.politeness.rules import RobotsRules, parse_retry_after
from crawler.recording.recorder import Recorder
from news.fetch import Outcome
from news.source import Source
from news.urls import origin_of, server_of
from store.crawls.paces import AskedRequest
from store.leases.service import LEASE_SECONDS
from store.service import Store


@dataclass(frozen=True, kw_only=True, slots=True)
class Entered:
    """A request that may go to its host."""

    host: str
    gate: HostGate
    turn: Turn
    asked_at: datetime
    rule: str  # what allowed it


class Manners:
    """The gates, robots rules and waits of one crawl."""

    def __init__(
        self,
        *,
        source: Source,
        settings: CrawlSettings,
        store: Store,
        recorder: Recorder,
        leases: HeldLeases,
        fetch_robots: Fetch,
        clock: Callable[[], datetime],
        secret: SecretHeader | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.user_agent = settings.user_agent
        self.allow_private_networks = settings.allow_private_networks
        self.robots = RobotsCache(store.robots, recorder, fetch_robots, user_agent=settings.user_agent, clock=clock)
        self.secret = secret  # sent only to the source's own servers
        self._source = source
        self._settings = settings
        self._paces = store.paces
        self._recorder = recorder
        self._leases = leases  # one for each host it asks
        self._clock = clock
        self._monotonic = monotonic
        self._gates: dict[str, HostGate] = {}
        self._closed = False
        self._opening = asyncio.Lock()
        self._doors: dict[str, Door] = {}  # of each host
        self._obeyed: dict[str, RobotsRules] = {}

    async def enter(self, url: str, *, is_urgent: bool = False) -> Entered:
        """Wait for a request's turn; pass the result to `leave` afterwards. Raises Refused or HostResting.

        An urgent request overtakes others that wait, but keeps to its host's delay.
        """
        host = server_of(url)
        async with self._doors.setdefault(host, Door()).passed(is_urgent=is_urgent):
            return await self._enter_in_order(host, url)

    async def enter_for_robots(self, url: str) -> Entered:
        """Like `enter`, for a robots.txt, which passes no door: the request holding it may be waiting for the rules."""
        gate = await self._gate(url)
        turn, rule = await self._turn(gate), "robots.txt itself"
        return Entered(host=server_of(url), gate=gate, turn=turn, asked_at=self._clock(), rule=rule)

    async def _enter_in_order(self, host: str, url: str) -> Entered:
        gate = await self._gate(url)
        while True:
            rules = await self._allowing_rules(url)
            self._obey(gate, origin_of(url), rules)
            turn = await self._turn(gate)
            if self.robots.known(origin_of(url)) is rules:
                break
            gate.leave()  # the rules aged or were read anew while the request waited
        rule = "no robots.txt" if rules.parsed is None else "robots.txt allows it"
        return Entered(host=host, gate=gate, turn=turn, asked_at=self._clock(), rule=rule)

    async def _turn(self, gate: HostGate) -> Turn:
        """A request's turn, unless the process stood still so long that another took its hosts. Raises HostResting."""
        turn = await gate.enter()
        try:
            if await self._leases.are_kept():
                return turn
            raise HostResting(LEASE_SECONDS)
        except BaseException:
            gate.leave()
            raise

    def is_asking(self) -> bool:
        """Whether any request is under way."""
        return any(gate.under_way_count for gate in self._gates.values())

    def close(self) -> None:
        """Let no more requests begin; those waiting for their turn raise HostResting."""
        self._closed = True
        for gate in self._gates.values():
            gate.close()

    async def leave(
        self,
        entered: Entered,
        url: str,
        *,
        status: int | None,
        latency_seconds: float | None = None,
        rest_seconds: float | None = None,
    ) -> None:
        """Note that a request is over; a status of None = without an answer."""
        gate = entered.gate
        gate.learn(status=status, latency_seconds=latency_seconds)
        self._recorder.note(
            AskedRequest(
                host=entered.host,
                source_id=self._source.id,
                asked_at=entered.asked_at,
                url=url,
                rule=entered.rule,
                demanded_seconds=entered.turn.demanded_seconds,
                kept_seconds=entered.turn.kept_seconds,
                status=status,
                delay_seconds=gate.paced_seconds,
            )
        )
        try:
            if rest_seconds is not None:
                gate.rest(rest_seconds)
                retry_at = self._clock() + timedelta(seconds=rest_seconds)
                await self._recorder.call(self._paces.rest, entered.host, retry_at)
        finally:
            gate.leave()

    async def _allowing_rules(self, url: str) -> RobotsRules:
        rules = await self.robots.rules(origin_of(url))
        if rules.deferred:
            raise Refused(Outcome.ROBOTS_DEFERRED, f"robots.txt {rules.why}, so nothing may be asked")
        if not rules.allows(url, self.user_agent):
            raise Refused(Outcome.ROBOTS_REFUSED, f"robots.txt forbids {url}")
        return rules

    async def _gate(self, url: str) -> HostGate:
        host = server_of(url)
        if host not in self._gates:
            async with self._opening:
                if host not in self._gates:
                    self._gates[host] = await self._open(host)
        gate, origin = self._gates[host], origin_of(url)
        if origin not in self._obeyed and (stored := await self.robots.stored(origin)) is not None:
            self._obey(gate, origin, stored)  # its delay applies also to the request for newer rules
        return gate

    async def _open(self, host: str) -> HostGate:
        after_crash = await self._leases.claim(f"host:{host}")
        pace = await self._recorder.call(self._paces.get, host)
        now = self._clock()
        gate = HostGate(
            bounds=self._bounds(),
            patience_seconds=PATIENCE_SECONDS,
            monotonic=self._monotonic,
            delay_seconds=pace.delay_seconds,
            # If the clock was set back, the last request may lie in the future: treat it as just made
            since_last_seconds=max(0.0, (now - pace.last_asked_at).total_seconds()) if pace.last_asked_at else None,
            after_crash=after_crash,
        )
        if pace.retry_at is not None and pace.retry_at > now:
            longest = self._settings.max_retry_after_seconds
            gate.rest(min((pace.retry_at - now).total_seconds(), longest))
        if self._closed:
            gate.close()
        return gate

    def _obey(self, gate: HostGate, origin: str, rules: RobotsRules) -> None:
        if self._obeyed.get(origin) is not rules:
            self._obeyed[origin] = rules
            gate.obey(origin, rules.delay_seconds(self.user_agent))

    def _bounds(self) -> PaceBounds:
        source, settings = self._source, self._settings
        least = source.delay_seconds if source.delay_seconds is not None else settings.delay_seconds
        most = source.max_delay_seconds if source.max_delay_seconds is not None else settings.max_delay_seconds
        return PaceBounds(
            least_seconds=least, most_seconds=most, concurrency=source.concurrency or settings.concurrency
        )

    def rest_seconds(self, response: Response) -> float | None:
        """How long the host asks to be left alone in its answer; None if it does not."""
        stated = retry_after_seconds(response, self._clock(), self._settings.max_retry_after_seconds)
        if response.status == 429:
            return stated if stated is not None else REST_SECONDS
        return stated if response.status == 503 else None


def retry_after_seconds(response: Response, now: datetime, cap_seconds: float) -> float | None:
    """The Retry-After of an answer, in seconds; None if it has none."""
    header = response.headers.get("Retry-After")
    return parse_retry_after(header.decode("latin-1"), now, cap_seconds) if header else None
