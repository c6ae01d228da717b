"""The worker's endless loop: crawls of the sources that have work, and requested replays."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from config.settings import Settings
from config.sources import SourceSet
from crawler.archived.replay import run_replay
from crawler.crawls.crawl_report import CrawlReport
from crawler.crawls.places import NewestCrawl, giving_up, in_line
from crawler.crawls.rests import LOOK_SECONDS, MOST_REST_SECONDS, rest_seconds
from crawler.crawls.worker import Worker
from news.crawl_ends import FinishReason
from news.errors import StoreError
from news.requests import RequestKind
from news.triggers import Trigger
from store.clock import utc_now
from store.crawls.pauses import EVERYTHING
from store.outage import Outage
from store.service import Store

log = logging.getLogger(__name__)
MOST_OUTAGE_REST_SECONDS = 60.0  # after a crawl that a store outage ended: its source should soon go on
OUTAGE_PAUSE_SECONDS = 5.0  # after the store failed to answer
REVISIT_PAUSE_SECONDS = 60.0  # in which revisits gather: a crawl for each would cost more than its one request


class Ending(StrEnum):
    """Why a follower ended."""

    STOPPED = "stopped"
    SPENT = "spent"  # so many crawls or so much memory that a new process should go on


@dataclass
class _State:
    """What the loop knows about a source between two of its crawls."""

    rests_until: float = 0.0  # on the loop's clock
    revisits_after: float = 0.0  # on the loop's clock; slots and requests do not wait for it
    failure_count: int = 0  # crawls in a row that failed
    waits: bool = False  # for a server that another crawl asks


@dataclass
class Follower:
    """Follows sources until it is stopped."""

    worker: Worker
    store: Store
    settings: Settings
    sources: SourceSet
    memory_bytes: Callable[[], int] = lambda: 0
    crawl_count: int = 0
    _active: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    _newest: dict[str, NewestCrawl] = field(default_factory=dict)
    _states: dict[str, _State] = field(default_factory=dict)
    _replay: asyncio.Task[None] | None = None
    _moved: asyncio.Event = field(default_factory=asyncio.Event)
    _ending: Ending | None = None
    _outage: Outage = field(
        default_factory=lambda: Outage(log, waits="crawls wait", goes_on="the store answers again, crawls go on")
    )
    _crawl_outage: Outage = field(
        default_factory=lambda: Outage(log, waits="the store fails crawls", goes_on="crawls can be written down again")
    )
    _runs_in_doubt: bool = False  # a crawl may have left its run open

    async def follow(self) -> Ending:
        """Crawl until stopped or spent; return why it ended."""
        try:
            while self._ending is None:
                self._moved.clear()
                await self._look()
                if self._is_spent():
                    self._ending = Ending.SPENT
                    break
                await self._wait(OUTAGE_PAUSE_SECONDS if self._outage else LOOK_SECONDS)
        finally:
            under_way = [*self._active.values(), *([self._replay] if self._replay else [])]
            if under_way:
                await asyncio.gather(*under_way, return_exceptions=True)
        return self._ending or Ending.STOPPED

    def wake(self) -> None:
        """Look for work now."""
        self._moved.set()

    def stop(self) -> None:
        """Start nothing more; requests under way finish."""
        self._ending = Ending.STOPPED
        self.worker.stop()
        if self._replay is not None:
            self._replay.cancel()
        self._moved.set()

    def change_sources(self, sources: SourceSet, settings: Settings) -> None:
        """Use these sources and settings for crawls that begin from now on."""
        self.sources, self.settings = sources, settings
        self.worker.change_settings(settings)
        self.store.know_forms(sources.story_forms)
        self._moved.set()

    def _is_spent(self) -> bool:
        bounds = self.settings.daemon
        return self.crawl_count >= bounds.worker_crawls or self.memory_bytes() >= bounds.worker_memory_bytes

    async def _look(self) -> None:
        """Look for work; if the store does not answer, log the outage once and wait for its end."""
        with self._outage.told():
            await self.look()
        self._runs_in_doubt |= bool(self._outage)

    async def look(self) -> None:
        """Start what there is work for, as far as there is room. Raises StoreError."""
        call = self.worker.recorder.call
        if self._runs_in_doubt:
            await self.worker.close_lost_runs()
            self._runs_in_doubt = False
        pauses = await call(self.store.pauses.all)
        if EVERYTHING in pauses:
            self.worker.stop_crawls(None, FinishReason.PAUSED)
            return
        for source_id in pauses:
            self.worker.stop_crawls(source_id, FinishReason.PAUSED)
        free = [source for source in self.sources if source.id not in pauses and self._is_free(source.id)]
        due = await call(
            self.store.activity.sources_due,
            [source.id for source in free if source.enabled],
            only_asked=[source.id for source in free if not source.enabled],
            now=utc_now(),
        )
        self._give_places(
            {each: why for each, why in due.items() if why is not Trigger.REVISIT or self._may_revisit(each)}
        )
        if self._replay is None:
            self._replay = asyncio.create_task(self._replay_next())

    def _give_places(self, ready: dict[str, Trigger]) -> None:
        """Start crawls of these sources, by their triggers, as far as there is room, and make room for the others."""
        line = in_line(ready, self._newest, waiting=[each for each in ready if self._waits(each)])
        room = max(0, self.settings.crawl.crawls - len(self._active))
        now = asyncio.get_running_loop().time()
        left_out = {source_id: ready[source_id] for source_id in line[room:]}
        for source_id in giving_up(self._active, self._newest, left_out, now=now):
            self.worker.stop_crawls(source_id, FinishReason.YIELDED)
        for source_id in line[:room]:
            self._newest[source_id] = NewestCrawl(trigger=ready[source_id], begun_at=now)
            self._active[source_id] = asyncio.create_task(self._crawl(source_id, ready[source_id]))

    def _is_free(self, source_id: str) -> bool:
        state = self._states.get(source_id)
        rested = state is None or state.rests_until <= asyncio.get_running_loop().time()
        return rested and source_id not in self._active

    def _waits(self, source_id: str) -> bool:
        return source_id in self._states and self._states[source_id].waits

    def _may_revisit(self, source_id: str) -> bool:
        state = self._states.get(source_id)
        return state is None or state.revisits_after <= asyncio.get_running_loop().time()

    async def _crawl(self, source_id: str, trigger: Trigger) -> None:
        try:
            report = None
            if trigger is not Trigger.REVISIT or await self._has_work(source_id):
                report = await self.worker.crawl(self.sources.get(source_id), trigger=trigger)
        except StoreError as error:  # a full disk or a lost database is no defect of ours, and is soon tried again
            report = CrawlReport.failed(source_id, outage=error)
            self._runs_in_doubt = True
        except Exception:
            log.exception("the crawl of %s failed", source_id, extra={"source_id": source_id})
            report = CrawlReport.failed(source_id)
        finally:
            del self._active[source_id]
            self._moved.set()
        if report is None:
            self._let_revisits_gather(source_id)
            return
        if report.finish_reason is FinishReason.BUSY:
            self._note_wait(report)
            return
        self.crawl_count += 1
        self._note(report)
        self._let_waiting_try()

    async def _has_work(self, source_id: str) -> bool:
        """Whether a source has anything due once the revisits beyond its budget wait."""
        call, now, per_day = self.worker.recorder.call, utc_now(), self.sources.get(source_id).revisits_per_day
        await call(self.store.revisits.hold_back, source_id, revisits_per_day=per_day, now=now)
        return bool(await call(self.store.activity.sources_due, [source_id], only_asked=[], now=now))

    def _let_revisits_gather(self, source_id: str) -> None:
        state = self._states.setdefault(source_id, _State())
        state.revisits_after = asyncio.get_running_loop().time() + REVISIT_PAUSE_SECONDS

    def _note_wait(self, report: CrawlReport) -> None:
        """Note that a source waits for a server that another crawl asks; logged once, and retried at each look."""
        state = self._states.setdefault(report.source_id, _State())
        state.rests_until = asyncio.get_running_loop().time() + LOOK_SECONDS / 2
        if not state.waits:
            state.waits = True
            log.info("crawl of %s waits: %s", report.source_id, report.detail, extra={"source_id": report.source_id})

    def _let_waiting_try(self) -> None:
        """Let sources that wait for a server try again after a crawl has ended, before its source starts another."""
        for state in self._states.values():
            if state.waits:
                state.rests_until = 0.0

    def _note(self, report: CrawlReport) -> None:
        state = self._states.setdefault(report.source_id, _State())
        state.waits = False
        state.failure_count = state.failure_count + 1 if report.finish_reason is FinishReason.FAILED else 0
        most = MOST_OUTAGE_REST_SECONDS if report.outage else MOST_REST_SECONDS
        rest = rest_seconds(
            report.finish_reason,
            failure_count=state.failure_count,
            found_work=bool(report.counts.total()),
            host_rests_seconds=report.rest_seconds,
            most_seconds=most,
        )
        state.rests_until = asyncio.get_running_loop().time() + rest
        if report.finish_reason is FinishReason.YIELDED:
            state.revisits_after = 0.0
        else:
            self._let_revisits_gather(report.source_id)
        if report.outage is not None:
            self._crawl_outage.tell(report.outage)
            return
        self._crawl_outage.end()
        fields = {"source_id": report.source_id, "run_id": report.run_id, "finish_reason": report.finish_reason}
        level = logging.ERROR if report.finish_reason is FinishReason.FAILED else logging.INFO
        text = report.detail or ", ".join(f"{count} {name}" for name, count in sorted(report.counts.items()) if count)
        log.log(level, "crawl of %s ended: %s %s", report.source_id, report.finish_reason, text, extra=fields)

    async def _replay_next(self) -> None:
        call, requests = self.worker.recorder.call, self.store.requests
        try:
            request = await call(requests.oldest_open, RequestKind.REPLAY)
            if request is None:
                return
            try:
                await run_replay(
                    request, store=self.store, sources=self.sources.by_id, pool=self.worker.pool, call=call
                )
            except Exception as error:
                if isinstance(error, StoreError):
                    raise
                log.exception("replay %s failed", request.id)
                await call(requests.finish, request.id, failure=f"{type(error).__name__}: {error}", now=utc_now())
        except StoreError as error:  # the request stays open and is started again
            self._crawl_outage.tell(error)
        finally:
            self._replay = None

    async def _wait(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._moved.wait(), seconds)
