"""The worker: one asyncio reactor, several crawls at a time, one reading pool, one writer."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
from collections import Counter
from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from typing import Any, TypeVar

from scrapy.crawler import Crawler
from scrapy.utils.reactor import install_reactor

from config.settings import Settings
from crawler.browser.browser import PageBrowser
from crawler.browser.part_requests import fetch_part
from crawler.browser.rendering import Renderer
from crawler.crawls.crawl_report import CrawlReport
from crawler.crawls.library_logs import hear_libraries
from crawler.crawls.open_runs import OpenRuns
from crawler.crawls.scrapy_settings import RENDERING_WINDOW, WINDOW, scrapy_settings
from crawler.crawls.seeds import seed
from crawler.crawls.session import CrawlSession
from crawler.crawls.spider import SourceSpider
from crawler.fetching.credentials import SecretMissing, secret_header
from crawler.fetching.request_meta import proxy_meta
from crawler.politeness.guard import install_guard, remove_guard
from crawler.politeness.held_leases import HeldLeases
from crawler.politeness.manners import Manners
from crawler.politeness.robots_requests import fetch_robots
from crawler.reading.pool import ReadingPool
from crawler.recording.recorder import ANSWER_SECONDS, READING_SECONDS, Recorder
from news.crawl_ends import FinishReason
from news.errors import StoreError
from news.source import Source
from news.triggers import Trigger
from news.urls import host_of
from store.clock import utc_now
from store.leases.service import lease_names
from store.service import Store

T = TypeVar("T")
log = logging.getLogger(__name__)
# New objects after which garbage is collected. Each page makes more than Python's own threshold of 700, and collecting
# takes a millisecond of its time
COLLECT_AFTER = 10_000

Progress = Callable[[str, Counter[str]], None]  # called with a source's id and its counts so far


class Worker:
    """Runs crawls in this process; created, used and closed in its main thread."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        *,
        on_saved: Callable[[], None] = lambda: None,
        on_ending: Callable[[], None] = lambda: None,
    ) -> None:
        gc.set_threshold(COLLECT_AFTER, *gc.get_threshold()[1:])
        hear_libraries()
        self._settings = settings
        self._store = store
        self._on_ending = on_ending  # called when few, and when none, of a crawl's many due rows are left
        self._loop = asyncio.new_event_loop()
        asyncio.set_event_loop(self._loop)
        install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")
        import scrapy.core.downloader.handlers.http11  # noqa: F401, PLC0415  takes a while, and else the first crawl's
        from twisted.internet import reactor  # noqa: PLC0415  importing it before installs another one

        self._reactor: Any = reactor
        if settings.crawl.allow_private_networks:
            remove_guard(self._reactor)  # an earlier worker may have had other settings
        else:
            proxy = settings.crawl.trusted_proxy
            install_guard(self._reactor, trusted_hosts=[host_of(proxy)] if proxy else [])
        # The loop is run from outside, in `run`, so that a process can run one batch of crawls after another
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
        self._runs = OpenRuns(store, clock=utc_now)
        self._stopping: FinishReason | None = None

    def _patience_seconds(self) -> float:
        """How long a fetch may wait to be saved together with others."""
        if self.pool.is_busy:
            return READING_SECONDS
        return ANSWER_SECONDS if any(session.is_asking() for session in self._sessions) else 0.0

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Run one of this worker's coroutines to its end."""
        return self._loop.run_until_complete(coroutine)

    @property
    def loop(self) -> asyncio.AbstractEventLoop:
        """The loop on which everything of this worker runs; for signal handlers."""
        return self._loop

    async def crawl_all(
        self, sources: Sequence[Source], *, trigger: Trigger, on_progress: Progress = lambda source_id, counts: None
    ) -> list[CrawlReport]:
        """Crawl these sources' due rows, as many at a time as the settings allow; return one report each, in order.

        Sources that share a server are crawled one after another.
        """
        reports: dict[str, CrawlReport] = {}
        waiting = list(sources)
        while waiting:
            for report in await self._crawl_together(waiting, trigger, on_progress):
                reports[report.source_id] = report
            still = [source for source in waiting if reports[source.id].finish_reason is FinishReason.BUSY]
            if len(still) == len(waiting):  # they wait for something other than these crawls
                break
            waiting = still
        return [reports[source.id] for source in sources]

    async def _crawl_together(
        self, sources: Sequence[Source], trigger: Trigger, on_progress: Progress
    ) -> list[CrawlReport]:
        room = asyncio.Semaphore(self._settings.crawl.crawls)

        async def one(source: Source) -> CrawlReport:
            async with room:
                if self._stopping is not None:
                    return CrawlReport(source_id=source.id, run_id=None, finish_reason=self._stopping, counts=Counter())
                return await self.crawl(source, trigger=trigger, on_progress=on_progress)

        return list(await asyncio.gather(*(one(source) for source in sources)))

    async def crawl(
        self, source: Source, *, trigger: Trigger, on_progress: Progress = lambda source_id, counts: None
    ) -> CrawlReport:
        """Crawl one source's due rows, answering the slots that made them due.

        If another crawl is asking one of its servers, it does not begin: the report says busy, and there is no run.
        """
        call = self.recorder.call
        run_id, claim = await call(self._runs.begin, source, trigger)
        if run_id is None:
            detail = f"its server is being asked by {claim.held_by}"
            return CrawlReport.busy(source.id, detail)
        try:
            return await self._crawl_in(run_id, source, on_progress, after_crash=claim.took_over)
        finally:
            await call(self._runs.end, run_id)

    async def close_lost_runs(self) -> None:
        """Close the runs that this process's crawls left open when the store failed. Raises StoreError.

        Otherwise no slot of their sources would start a crawl until this process ends.
        """
        await self.recorder.flush()
        await self.recorder.call(self._runs.close_lost)

    async def _crawl_in(self, run_id: int, source: Source, on_progress: Progress, *, after_crash: bool) -> CrawlReport:
        call = self.recorder.call
        leases = await call(self._runs.leases, source, run_id)
        await call(self._store.slots.claim, source.id, run_id)
        session = self._session(source, run_id, on_progress)
        held = HeldLeases(leases, lease_names(source), self.recorder, after_crash=after_crash, clock=utc_now)
        try:
            await self._run(session, held)
        finally:
            reason = session.end
            counts = dict(session.counts)
            await call(self._store.runs.finish, run_id, reason=reason, counts=counts, now=utc_now())
            await self.recorder.flush()  # if this fails, the leases stay too, and the next holder waits
            await call(leases.release, held.names)
        told = session.first_failure if reason is FinishReason.ALL_FAILED else ""
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
            on_ending=self._on_ending,
        )

    async def _run(self, session: CrawlSession, leases: HeldLeases) -> None:
        crawl, source = self._settings.crawl, session.source
        proxy = proxy_meta(crawl)
        crawler: Crawler | None = None
        try:
            secret = secret_header(source, os.environ)
        except SecretMissing as error:
            session.give_up(error)
            return

        async def ask_robots(url: str) -> tuple[int | None, bytes]:
            assert crawler is not None  # only a running crawl makes requests
            return await fetch_robots(crawler, url, proxy)

        manners = Manners(
            source=source,
            settings=crawl,
            store=self._store,
            recorder=self.recorder,
            leases=leases,
            fetch_robots=ask_robots,
            clock=utc_now,
            secret=secret,
        )
        crawler = Crawler(SourceSpider, scrapy_settings(crawl))  # a runner would copy all of Scrapy's settings again
        if source.renders:
            fetch, most = partial(fetch_part, crawler, proxy), self._settings.browser.max_requests
            session.render_with(Renderer(source, self._browser, fetch, max_requests=most))
        heartbeat = asyncio.get_running_loop().create_task(session.keep_alive(leases))
        session.on_stop, session.is_asking = manners.close, manners.is_asking
        self._sessions.add(session)
        if self._stopping is not None:  # set while the crawl was starting
            session.stop(self._stopping)
        session.before_first = lambda: seed(source, manners, self._store, self.recorder)
        try:
            await crawler.crawl_async(session=session, manners=manners, settings=crawl)
        finally:
            self._sessions.discard(session)
            heartbeat.cancel()
            await asyncio.gather(heartbeat, return_exceptions=True)

    def stop(self, reason: FinishReason = FinishReason.STOPPED) -> None:
        """Begin no further requests in any crawl; those under way finish."""
        self._stopping = reason
        for session in self._sessions:
            session.stop(reason)

    def stop_crawls(self, source_id: str | None, reason: FinishReason) -> None:
        """Begin no further requests in the crawl of one source, or in any (None)."""
        for session in self._sessions:
            if source_id in (None, session.source.id):
                session.stop(reason)

    def change_settings(self, settings: Settings) -> None:
        """Use these settings for crawls that begin from now on; pool and guard keep theirs."""
        self._settings = settings

    def close(self) -> None:
        """Stop the reactor, the pool and the writer."""
        self.run(self.recorder.close())
        self.run(self._browser.close())
        self.pool.close()
        self._reactor.stop()
        self._loop.run_forever()  # until the reactor has run its shutdown and stops the loop itself
        self._loop.close()
