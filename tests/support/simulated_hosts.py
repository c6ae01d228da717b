"""Hosts with random manners, and workers that ask them through the product's own politeness until killed."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any, ParamSpec, TypeVar
from urllib.parse import urlsplit

import sqlalchemy as sa
from scrapy import Request
from scrapy.exceptions import DownloadTimeoutError, IgnoreRequest
from scrapy.http import Response

from config.settings import CrawlSettings
from crawler.crawls.middleware import PolitenessMiddleware
from crawler.fetching.refusals import HostResting, Refused
from crawler.fetching.request_meta import IS_ROBOTS
from crawler.politeness.held_leases import HeldLeases
from crawler.politeness.manners import Manners
from news.source import Source
from store.leases.service import LEASE_SECONDS, Leases
from store.schema import lease
from store.service import Store
from tests.support.host_oracle import HostOracle, RobotsTruth
from tests.support.in_this_process import AtOnce
from tests.support.processes import dead_pid_holder
from tests.support.simulated_time import run_simulated
from tests.support.stores import Place, with_tables

P = ParamSpec("P")
T = TypeVar("T")
START = datetime(2026, 3, 1, tzinfo=UTC)
LEAST, MOST, CONCURRENCY = 0.5, 40.0, 3
SECTIONS = ("world", "sport", "culture", "private")
SETTINGS = CrawlSettings(
    delay_seconds=LEAST, max_delay_seconds=MOST, concurrency=CONCURRENCY, max_retry_after_seconds=86_400
)


def _without_syncing(connection: Any, _record: Any, _proxy: Any) -> None:
    connection.execute("PRAGMA synchronous = OFF")


@dataclass
class World:
    """The hosts, the oracle that watches them, and the workers' common store."""

    store: Store
    seed: int
    dead_holder: str
    oracle: HostOracle = field(
        default_factory=lambda: HostOracle(least_seconds=LEAST, most_seconds=MOST, concurrency=CONCURRENCY)
    )
    seen: Counter[str] = field(default_factory=Counter)  # what happened, to know that the simulation covers it
    host_count: int = 10

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)
        self.hosts = [f"paper-{number}.example" for number in range(self.host_count)]
        self._truths: dict[str, RobotsTruth] = {}
        engine = self.store._database._engine
        sa.event.listen(engine, "checkout", _without_syncing)  # workers die here, the machine does not
        self._numbers = iter(range(10**9))
        self._workers = iter(range(10**9))
        self.dead: set[int] = set()

    def now(self) -> float:
        return asyncio.get_running_loop().time()

    def clock(self) -> datetime:
        return START + timedelta(seconds=self.now())

    def truth(self, origin: str) -> RobotsTruth:
        """What an origin's robots.txt says today; it changes now and then."""
        if origin not in self._truths or self.dice.random() < 0.3:
            self._truths[origin] = self._new_truth()
        return self._truths[origin]

    def _new_truth(self) -> RobotsTruth:
        status = self.dice.choices([200, 404, 503, 429, None], [80, 8, 6, 3, 3])[0]
        if status != 200:
            return RobotsTruth(status=status)
        starts = self.dice.sample(["/world/1", "/world/12", "/sport/", "/sport/2", "/private/", "/"], k=3)
        rules = tuple((self.dice.random() < (0.9 if start == "/" else 0.4), start) for start in starts)
        asks = self.dice.choice([0.0, 0.0, 0.7, 2.0, 2.5, 5.0, 12.0])
        return RobotsTruth(status=200, rules=rules, delay_seconds=asks)

    def robots_text(self, truth: RobotsTruth) -> bytes:
        lines = [f"{'Allow' if allowed else 'Disallow'}: {start}" for allowed, start in truth.rules]
        if truth.delay_seconds:
            rate = f"Request-rate: 2/{truth.delay_seconds * 2:.0f}"
            exact = truth.delay_seconds * 2 == round(truth.delay_seconds * 2) and truth.delay_seconds >= 1
            lines.append(rate if exact and self.dice.random() < 0.5 else f"Crawl-delay: {truth.delay_seconds:g}")
        others = ["User-agent: otherbot", "Disallow: /", "Crawl-delay: 900", ""]
        if self.dice.random() < 0.5:
            mine = ["User-agent: *", *lines, ""]
        else:  # a group of its own makes the one for all void
            mine = ["User-agent: newsdex", *lines, "", "User-agent: *", "Disallow: /", "Crawl-delay: 900", ""]
        return "\n".join([*others, *mine]).encode()

    async def exchange(self, request: Request, worker: int) -> Response:
        """What happens on the wire."""
        if worker in self.dead:  # a task that outlived its worker, which a process does not allow
            raise asyncio.CancelledError
        parts, number, dice = urlsplit(request.url), next(self._numbers), self.dice
        self.oracle.began(number, worker, parts.scheme, parts.netloc, parts.path, self.now())
        await asyncio.sleep(dice.choice([0.02, 0.1, 0.1, 0.4, 3.0]) * (0.5 + dice.random()))
        if worker in self.dead:
            raise asyncio.CancelledError
        is_robots = parts.path == "/robots.txt"
        truth = self.truth(f"{parts.scheme}://{parts.netloc}") if is_robots else None
        status, headers, rest = self._answer(parts.netloc) if truth is None else (truth.status, {}, None)
        self.seen[f"status {status}"] += 1
        self.oracle.answered(number, parts.netloc, status, rest, self.now())
        if status is None:
            raise DownloadTimeoutError("no answer")
        body = self.robots_text(truth) if truth is not None and status == 200 else b""
        response = Response(request.url, status=status, headers=headers, body=body, request=request)
        if truth is not None:
            response.cb_kwargs["truth"] = truth  # the oracle is told when the worker takes it over
        return response

    def _answer(self, host: str) -> tuple[int | None, dict[str, str], float | None]:
        status = self.dice.choices([200, 304, 404, 301, 429, 503, 500, None], [70, 12, 4, 6, 3, 2, 2, 1])[0]
        if status == 301:
            other = self.dice.choice([host, self.dice.choice(self.hosts)])
            return 301, {"Location": f"{self.dice.choice(['http', 'https'])}://{other}/culture/1"}, None
        if status not in {429, 503} or self.dice.random() < 0.3:
            return status, {}, None
        seconds = self.dice.choices([0, 1, 7, 20, 200, 4000, 10**9], [8, 8, 8, 8, 4, 2, 1])[0]
        if self.dice.random() < 0.5 or seconds == 10**9:
            return status, {"Retry-After": str(seconds)}, float(seconds)
        until = (self.clock() + timedelta(seconds=seconds)).replace(microsecond=0)
        return status, {"Retry-After": format_datetime(until, usegmt=True)}, (until - self.clock()).total_seconds()

    async def work(self, requests: int) -> None:
        """Have workers ask until so many requests were made, with crashes and pauses."""
        await asyncio.gather(*(self._live(requests) for _ in range(3)))

    async def _live(self, requests: int) -> None:
        home = self.hosts[0]
        while self.oracle.request_count < requests:
            worker = next(self._workers)
            if self.dice.random() < 0.6:  # otherwise the host that was just asked, also after a crash
                home = self.dice.choice(self.hosts)
            crawl = asyncio.create_task(Crawl(self, worker, home).run())
            crashes = self.dice.random() < 0.25
            done, _ = await asyncio.wait([crawl], timeout=self.dice.uniform(1, 200) if crashes else None)
            if not done:
                await self._kill(crawl, worker)
            else:
                crawl.result()
            # Most crawls follow one another closely, where the next must not come too soon; some after hours or a day
            longest = self.dice.choices([3, 300, 40_000], [82, 10, 8])[0]
            await asyncio.sleep(self.dice.uniform(0, longest))

    async def _kill(self, crawl: asyncio.Task[None], worker: int) -> None:
        self.seen["crashes"] += 1
        self.oracle.crashed(worker)
        self.dead.add(worker)
        crawl.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await crawl
        if self.dice.random() < 0.5:  # on this machine, where the others see that its process is gone
            with self.store._database.write() as connection:
                held = lease.c.holder.endswith(f"#run {worker}", autoescape=True)
                connection.execute(sa.update(lease).where(held).values(holder=self.dead_holder))


def simulate(folder: Path, *, requests: int, seed: int = 1) -> World:
    """So many requests against random hosts by workers that share a store in this folder."""
    place = Place(with_tables(folder), None)
    try:
        world = World(place.open(), seed, dead_pid_holder())
        run_simulated(world.work(requests))
        return world
    finally:
        place.close()


class Crawl:
    """One crawl of one source, as a worker runs it: leases, manners, several requests at a time, and an orderly end."""

    def __init__(self, world: World, worker: int, home: str) -> None:
        self._world = world
        self._home = home
        self._worker = worker
        self._leases: Leases = world.store.leases.claimant(f"run {worker}")
        self._recorder = AtOnce(world.store)
        self._stopped = False

    async def run(self) -> None:
        world, home = self._world, self._home
        names = [f"host:{home}"]
        claim = self._leases.acquire(names, now=world.clock())
        if not claim.granted:
            world.seen["busy"] += 1
            return
        world.seen["took over"] += claim.took_over
        self._held = HeldLeases(
            self._leases,
            names,
            self._recorder,
            after_crash=claim.took_over,
            clock=world.clock,
            monotonic=world.now,
        )
        self._manners = Manners(
            source=Source(id="paper", name="Paper", home_url=f"https://{home}/"),
            settings=SETTINGS,
            store=world.store,
            recorder=self._recorder,
            leases=self._held,
            fetch_robots=self._fetch_robots,
            clock=world.clock,
            monotonic=world.now,
        )
        self._middleware = PolitenessMiddleware(self._manners)
        async with asyncio.TaskGroup() as group:
            heartbeat = group.create_task(self._renew())
            urls = [self._url(home) for _ in range(world.dice.randint(5, 120))]
            await asyncio.gather(*(self._follow(urls) for _ in range(8)))
            heartbeat.cancel()
        await self._recorder.flush()
        self._leases.release(self._held.names)

    def _url(self, home: str) -> str:
        dice = self._world.dice
        return f"{dice.choice(['https', 'https', 'http'])}://{home}/{dice.choice(SECTIONS)}/{dice.randint(1, 30)}"

    async def _renew(self) -> None:
        while True:
            await asyncio.sleep(LEASE_SECONDS / 4)
            assert await self._held.renew()

    async def _follow(self, urls: list[str]) -> None:
        while urls and not self._stopped:
            try:
                await self._ask(Request(urls.pop()))
            except Refused as refused:
                self._world.seen[refused.outcome.value] += 1
            except HostResting:
                self._world.seen["resting"] += 1
                self._stopped = True
            except IgnoreRequest:
                self._world.seen["redirected back"] += 1
            except DownloadTimeoutError:
                self._world.seen["timeouts"] += 1

    async def _ask(self, request: Request) -> Response:
        """One request with its redirects, through the middleware as Scrapy calls it."""
        for _ in range(3):
            await self._middleware.process_request(request)
            try:
                response = await self._world.exchange(request, self._worker)
            except DownloadTimeoutError as error:
                await self._middleware.process_exception(request, error)
                raise
            await self._middleware.process_response(request, response)
            if response.status != 301:
                break
            location = response.headers.get("Location")
            assert location is not None
            request = Request(location.decode(), meta=dict(request.meta))
        return response

    async def _fetch_robots(self, url: str) -> tuple[int | None, bytes]:
        parts, world = urlsplit(url), self._world
        try:
            response = await self._ask(Request(url, meta={IS_ROBOTS: True}))
        except DownloadTimeoutError:
            world.oracle.robots_read(parts.scheme, parts.netloc, RobotsTruth(status=None), world.now())
            return None, b""
        truth: Any = response.cb_kwargs["truth"]
        world.oracle.robots_read(parts.scheme, parts.netloc, truth, world.now())
        return response.status, response.body
