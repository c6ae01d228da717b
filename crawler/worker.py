"""The worker: one asyncio reactor, several crawls at a time, one reading pool, one writer."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
from collections import Counter
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, TypeVar

from scrapy.crawler import Crawler
from scrapy.utils.reactor import install_reactor
from twisted.logger import STDLibLogObserver, globalLogBeginner

from config.settings import Settings
from crawler.browser.browser import PageBrowser
from crawler.browser.part_requests import fetch_part
from crawler.browser.rendering import Renderer
from crawler.credentials import SecretMissing, secret_header
from crawler.politeness.guard import install_guard, remove_guard
from crawler.politeness.manners import Manners
from crawler.politeness.robots_requests import fetch_robots
from crawler.reading.memory import share_arenas
from crawler.reading.pool import ReadingPool
from crawler.recorder import ANSWER_SECONDS, READING_SECONDS, Recorder
from crawler.scrapy_settings import RENDERING_WINDOW, WINDOW, scrapy_settings
from crawler.seeds import lease_names, seed
from crawler.session import ALL_FAILED, BUSY, CrawlSession, lease_token
from crawler.spider import SourceSpider
from news.errors import StoreError
from news.source import Source
from news.urls import host_of
from store.leases import Claim, Leases
from store.service import Store, utc_now

T = TypeVar("T")
log = logging.getLogger(__name__)
# New objects after which those that refer to each other are looked for. Python's own 700 are made by each page, and the
# looking takes a millisecond of it
COLLECT_AFTER = 10_000
# What these of Scrapy warn of is the outcome of a fetch, which the crawl tells and keeps
SAID_BY_OUTCOMES = ("scrapy.core.downloader.handlers", "scrapy.downloadermiddlewares.httpcompression")


@dataclass(frozen=True, kw_only=True, slots=True)
class CrawlReport:
    """How a crawl ended."""

    source_id: str
    run_id: int | None  # None = it did not begin, as a busy one does not: another asks its servers
    finish_reason: str  # finished | all_failed | url_limit | time_limit | host_resting | paused | stopped | busy | …
    counts: Counter[str]  # outcome -> number, and new_urls
    detail: str = ""
    rest_seconds: float = 0.0  # how long the host that ended it is to be left alone
    outage: StoreError | None = None  # the store failed it

    @classmethod
    def failed(cls, source_id: str, *, outage: StoreError | None = None) -> CrawlReport:
        """A crawl that broke off by a defect, or as the store failed it."""
        return cls(source_id=source_id, run_id=None, finish_reason="failed", counts=Counter(), outage=outage)


Progress = Callable[[str, Counter[str]], None]


class Worker:
    """Runs crawls in this process; made, used and closed in its main thread."""

    def __init__(self, settings: Settings, store: Store, *, on_saved: Callable[[], None] = lambda: None) -> None:
        share_arenas()
        gc.set_threshold(COLLECT_AFTER, *gc.get_threshold()[1:])
        for name in SAID_BY_OUTCOMES:
            logging.getLogger(name).setLevel(logging.ERROR)
        _hear_twisted()
        self._settings = settings
        self._store = store
        self._loop = asyncio.new_event_loop()
        asyncio.set_event_loop(self._loop)
        install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")
        import scrapy.core.downloader.handlers.http11  # noqa: F401, PLC0415  takes a while, and else the first crawl's
        from twisted.internet import reactor  # noqa: PLC0415  importing it before installs another one

        self._reactor: Any = reactor
        if settings.crawl.allow_private_networks:
            remove_guard(self._reactor)  # a worker before this one may have had other settings
        else:
            proxy = settings.crawl.trusted_proxy
            install_guard(self._reactor, trusted_hosts=[host_of(proxy)] if proxy else [])
        # The loop is run below, from the outside, so that one process can run one batch of crawls after another
        self._reactor.startRunning(installSignalHandlers=False)
        self.pool = ReadingPool(settings.extraction)
        self.recorder = Recorder(store, on_saved=on_saved, patience_seconds=self._patience_seconds)
        self._browser = PageBrowser(
            settings.browser,
            user_agent=settings.crawl.user_agent,
            max_page_bytes=settings.crawl.max_body_bytes,
            environment=os.environ,
        )
        self._sessions: set[CrawlSession] = set()
        self._open_runs: set[int] = set()  # used in the writer's thread alone
        self._stopping: str | None = None

    def _patience_seconds(self) -> float:
        """How long a fetch may wait to be saved with others."""
        if self.pool.is_busy:
            return READING_SECONDS
        return ANSWER_SECONDS if any(session.is_asking() for session in self._sessions) else 0.0

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Run a coroutine of this worker to its end."""
        return self._loop.run_until_complete(coroutine)

    @property
    def loop(self) -> asyncio.AbstractEventLoop:
        """The loop everything of this worker runs on; for signal handlers."""
        return self._loop

    async def crawl_all(
        self, sources: Sequence[Source], *, trigger: str, on_progress: Progress = lambda source_id, counts: None
    ) -> list[CrawlReport]:
        """Crawl these sources' due rows, so many at a time as the settings say; one report each, in order.

        Those on a server of another are crawled after it.
        """
        reports: dict[str, CrawlReport] = {}
        waiting = list(sources)
        while waiting:
            for report in await self._crawl_together(waiting, trigger, on_progress):
                reports[report.source_id] = report
            still = [source for source in waiting if reports[source.id].finish_reason == BUSY]
            if len(still) == len(waiting):  # what they wait for is none of these crawls
                break
            waiting = still
        return [reports[source.id] for source in sources]

    async def _crawl_together(
        self, sources: Sequence[Source], trigger: str, on_progress: Progress
    ) -> list[CrawlReport]:
        room = asyncio.Semaphore(self._settings.crawl.crawls)

        async def one(source: Source) -> CrawlReport:
            async with room:
                if self._stopping is not None:
                    return CrawlReport(source_id=source.id, run_id=None, finish_reason=self._stopping, counts=Counter())
                return await self.crawl(source, trigger=trigger, on_progress=on_progress)

        return list(await asyncio.gather(*(one(source) for source in sources)))

    async def crawl(
        self, source: Source, *, trigger: str, on_progress: Progress = lambda source_id, counts: None
    ) -> CrawlReport:
        """Crawl one source's due rows; the slots that made them due are answered by it.

        While another asks one of its servers it does not begin: the report says busy, and there is no run.
        """
        call = self.recorder.call
        run_id, claim = await call(self._begin, source, trigger)
        if run_id is None:
            detail = f"its server is being asked by {claim.held_by}"
            return CrawlReport(source_id=source.id, run_id=None, finish_reason=BUSY, counts=Counter(), detail=detail)
        try:
            return await self._crawl_in(run_id, source, on_progress, after_crash=claim.took_over)
        finally:
            await call(self._open_runs.discard, run_id)

    def _begin(self, source: Source, trigger: str) -> tuple[int | None, Claim]:
        """Take the source's leases and open its run; no run where they are refused."""
        claim = self._before_its_run(source).acquire(lease_names(source), now=utc_now())
        return (self._open_run(source.id, trigger) if claim.granted else None), claim

    def _before_its_run(self, source: Source) -> Leases:
        """The leases in the name that a crawl has before its run gives it one."""
        return self._store.leases.claimant(f"the crawl of {source.id}")

    def _open_run(self, source_id: str, trigger: str) -> int:
        run_id = self._store.runs.start(source_id, trigger, now=utc_now())
        self._open_runs.add(run_id)
        return run_id

    async def close_lost_runs(self) -> None:
        """Close what crawls of this process left open when the store failed them. Raises StoreError.

        Else no slot of their sources would come before this process ends.
        """
        await self.recorder.flush()
        await self.recorder.call(self._close_lost_runs)

    def _close_lost_runs(self) -> None:
        for run_id in self._store.runs.close_own(but=self._open_runs, now=utc_now()):
            self._store.leases.claimant(lease_token(run_id)).release_all()
            log.warning("run %d, which the store failed, is closed", run_id, extra={"run_id": run_id})

    async def _crawl_in(self, run_id: int, source: Source, on_progress: Progress, *, after_crash: bool) -> CrawlReport:
        call = self.recorder.call
        names = lease_names(source)
        leases = await call(self._before_its_run(source).hand_over, names, lease_token(run_id))
        await call(self._store.slots.claim, source.id, run_id)
        session = self._session(source, run_id, on_progress)
        held = set(names)  # grows with the hosts that redirects lead to
        try:
            await self._run(session, leases, held, after_crash=after_crash)
        finally:
            reason = session.end
            counts = dict(session.counts)
            await call(self._store.runs.finish, run_id, reason=reason, counts=counts, now=utc_now())
            await self.recorder.flush()  # where this fails the leases stay too, and the next holder waits
            await call(leases.release, list(held))
        told = session.first_failure if reason == ALL_FAILED else ""
        return CrawlReport(
            source_id=source.id,
            run_id=run_id,
            finish_reason=reason,
            counts=session.counts,
            detail=str(session.error) if session.error else told,
            rest_seconds=session.rest_seconds,
            outage=session.error if isinstance(session.error, StoreError) else None,
        )

    def _session(self, source: Source, run_id: int, on_progress: Progress) -> CrawlSession:
        return CrawlSession(
            source,
            run_id=run_id,
            store=self._store,
            recorder=self.recorder,
            pool=self.pool,
            settings=self._settings.crawl,
            window=RENDERING_WINDOW if source.renders else WINDOW,
            clock=utc_now,
            on_progress=lambda counts: on_progress(source.id, counts),
        )

    async def _run(self, session: CrawlSession, leases: Leases, held: set[str], *, after_crash: bool) -> None:
        crawl, source = self._settings.crawl, session.source
        crawler: Crawler | None = None
        try:
            secret = secret_header(source, os.environ)
        except SecretMissing as error:
            session.give_up(error)
            return

        async def ask_robots(url: str) -> tuple[int | None, bytes]:
            assert crawler is not None  # requests only come from a running crawl
            return await fetch_robots(crawler, url)

        manners = Manners(
            source=source,
            settings=crawl,
            store=self._store,
            recorder=self.recorder,
            leases=leases,
            held=held,
            fetch_robots=ask_robots,
            clock=utc_now,
            after_crash=after_crash,
            secret=secret,
        )
        crawler = Crawler(SourceSpider, scrapy_settings(crawl))  # a runner would copy all of Scrapy's settings again
        if source.renders:
            fetch, most = partial(fetch_part, crawler), self._settings.browser.max_requests
            session.render_with(Renderer(source, self._browser, fetch, max_requests=most))
        heartbeat = asyncio.get_running_loop().create_task(session.keep_alive(held))
        session.on_stop, session.is_asking = manners.close, manners.is_asking
        self._sessions.add(session)
        if self._stopping is not None:  # while the crawl was being begun
            session.stop(self._stopping)
        session.before_first = lambda: seed(source, manners, self._store, self.recorder)
        try:
            await crawler.crawl_async(session=session, manners=manners, settings=crawl)
        finally:
            self._sessions.discard(session)
            heartbeat.cancel()
            await asyncio.gather(heartbeat, return_exceptions=True)

    def stop(self, reason: str = "stopped") -> None:
        """Begin no further requests in any crawl; those under way finish."""
        self._stopping = reason
        for session in self._sessions:
            session.stop(reason)

    def stop_crawls(self, source_id: str | None, reason: str) -> None:
        """Begin no further requests in the crawl of one source, or in any (None)."""
        for session in self._sessions:
            if source_id in (None, session.source.id):
                session.stop(reason)

    def change_settings(self, settings: Settings) -> None:
        """Use these settings in crawls that begin from now on; those of the pool and the guard stay."""
        self._settings = settings

    def close(self) -> None:
        """Stop the reactor, the pool and the writer."""
        self.run(self.recorder.close())
        self.run(self._browser.close())
        self.pool.close()
        self._reactor.stop()
        self._loop.run_forever()  # until the reactor has run its shutdown and stops the loop itself
        self._loop.close()


@cache
def _hear_twisted() -> None:
    """Have what Twisted logs come as log lines; once a process. Until then it writes failures to standard error."""
    logging.getLogger("twisted").addFilter(_is_no_certificate)
    observers: list[Any] = [STDLibLogObserver("twisted")]
    globalLogBeginner.beginLoggingTo(observers, discardBuffer=True, redirectStandardIO=False)


def _is_no_certificate(record: logging.LogRecord) -> bool:
    """Twisted writes a traceback about each certificate that is not of its host."""
    return not record.getMessage().startswith("while verifying certificate")
