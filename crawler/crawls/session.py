"""One crawl of one source: takes due rows, has them fetched, saves the results, and ends when none are left."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from config.settings import CrawlSettings
from crawler.answered.other_texts import OtherTexts
from crawler.answered.reader import AnswerReader
from crawler.answered.rereading import Rereader
from crawler.crawls.conditions import Conditions
from crawler.crawls.knowledge import SourceKnowledge
from crawler.crawls.row_supply import LOOK_FOR_DOCUMENTS_SECONDS, RowSupply
from crawler.fetching.answers import Answer
from crawler.fetching.outcomes import Failed
from crawler.reading.pool import ReadingPool
from crawler.recording.batch import Fetched
from crawler.recording.recorder import Recorder
from news.crawl_ends import GOOD_ENDS, FinishReason
from news.errors import StoreError
from news.fetch import Outcome, is_answered
from news.fills import Fill
from news.source import Source
from store.leases.service import HEARTBEAT_SECONDS
from store.records import FrontierRow
from store.service import Store

if TYPE_CHECKING:
    from crawler.browser.rendering import Renderer
    from crawler.politeness.held_leases import HeldLeases

log = logging.getLogger(__name__)
KNOW_EVERY = 10  # new articles, after which the boilerplate is renewed


class CrawlSession:
    """The state of a crawl under way; the spider feeds it."""

    def __init__(
        self,
        source: Source,
        *,
        run_id: int,
        store: Store,
        recorder: Recorder,
        pool: ReadingPool,
        settings: CrawlSettings,
        window: int,
        clock: Callable[[], datetime],
        on_progress: Callable[[Counter[str]], None] = lambda counts: None,
        on_ending: Callable[[], None] = lambda: None,
    ) -> None:
        self.source = source
        self.run_id = run_id
        self.counts: Counter[str] = Counter()  # outcome -> number
        self.finish_reason: FinishReason | None = None
        self.error: Exception | None = None
        self._store = store
        self._recorder = recorder
        rereader = Rereader(store, pool, recorder.call)
        self._reader = AnswerReader(
            source,
            settings,
            pool,
            run_id=run_id,
            rereader=rereader,
            other_texts=OtherTexts(store, recorder.call),
            fills_of=self._fills_of,
        )
        self._knowledge = SourceKnowledge(source, self._reader, store=store, recorder=recorder, pool=pool, clock=clock)
        self._supply = RowSupply(
            source.id,
            run_id=run_id,
            store=store,
            recorder=recorder,
            window=window,
            most_urls=source.max_urls_per_crawl or settings.max_urls_per_crawl,
            clock=clock,
            on_ending=on_ending,
        )
        self._clock = clock
        self._on_progress = on_progress
        self._stopped = False
        self._under_way = 0
        self._is_answered = False  # at least one fetch got what it asked for
        self.first_failure = ""  # the detail of the first fetch that did not
        self.before_first: Callable[[], Awaitable[None]] | None = None  # runs inside the crawl, before rows are taken
        self.on_stop: Callable[[], None] = lambda: None  # turns away requests that wait for their host
        self.is_asking: Callable[[], bool] = lambda: False  # whether requests are out, whose answers come soon
        self.conditions = Conditions({})  # choose the validators that rows are requested with
        self.rest_seconds = 0.0  # how long to leave the host alone that ended the crawl
        self._moved = asyncio.Event()
        self._ends_at = time.monotonic() + settings.max_crawl_seconds

    def render_with(self, renderer: Renderer) -> None:
        """Have pages rendered that hold no story until their scripts run."""
        self._reader.renderer = renderer

    async def rows(self) -> AsyncIterator[FrontierRow]:
        """The rows to fetch, most urgent first, as there is room for them; ends with the crawl."""
        self.conditions = await self._knowledge.begin_revisits()
        await self._knowledge.renew()
        if self.before_first is not None:
            await self.before_first()
        while True:
            self._moved.clear()
            self.finish_reason = self.finish_reason or self._bound_reached()
            if self.finish_reason is not None and self._under_way == 0:
                break
            rows = await self._supply.take(self._under_way) if self.finish_reason is None else []
            for row in rows:
                self._under_way += 1
                yield row
            if rows:
                continue
            if self._under_way == 0:
                self.finish_reason = self.finish_reason or FinishReason.FINISHED
                break
            with contextlib.suppress(TimeoutError):  # with a host asked once a minute, nothing happens for that long
                await asyncio.wait_for(self._moved.wait(), LOOK_FOR_DOCUMENTS_SECONDS)
        await self._knowledge.read_stale(self.run_id, goes_on=lambda: not self._stopped)

    async def _fills_of(self, url_id: int) -> Sequence[Fill]:
        return await self._recorder.call(self._store.fills.of_document, url_id)

    def _bound_reached(self) -> FinishReason | None:
        if self._supply.is_used_up:
            return FinishReason.URL_LIMIT
        return FinishReason.TIME_LIMIT if time.monotonic() > self._ends_at else None

    async def answered(self, row: FrontierRow, answer: Answer) -> str | None:
        """Read a request's answer and save what it says; if it leads on to another address, return that instead.

        Then the row is still under way, and the answer from there is awaited.
        """
        return await self._finish(row, lambda: self._reader.read(row, answer, now=self._clock()))

    async def failed(self, row: FrontierRow, failed: Failed, *, host_resting: bool = False) -> None:
        """Save that a request got no answer. A resting host ends the crawl, and its rows stay as they are."""
        if host_resting:
            self.finish_reason = self.finish_reason or FinishReason.HOST_RESTING
            self.rest_seconds = max(self.rest_seconds, failed.retry_after_seconds or 0.0)
            self._done()
            return

        async def read() -> Fetched:
            return self._reader.failed(row, failed, now=self._clock())

        await self._finish(row, read)

    async def _finish(self, row: FrontierRow, read: Callable[[], Awaitable[Fetched]]) -> str | None:
        leads_to: str | None = None
        try:
            fetched = await read()
            leads_to = fetched.leads_to
            if leads_to is None:
                await self._save(row, fetched)
        except StoreError as error:  # the disk is full or the database is gone: stop asking, keep what was saved
            self.give_up(error)
        except Exception as error:
            log.exception("handling %s failed", row.url)
            self.give_up(error)
        finally:
            if leads_to is None:
                self._done()
        return leads_to

    async def _save(self, row: FrontierRow, fetched: Fetched) -> None:
        saved = await self._recorder.save(fetched)
        if saved is None:
            return
        self.counts[saved.outcome.value] += 1
        self.counts["new_urls"] += saved.new_url_count
        if saved.outcome is Outcome.NEW_ARTICLE and self.counts[saved.outcome.value] % KNOW_EVERY == 0:
            await self._knowledge.renew()
        self._judge(row, saved.outcome, fetched.result.detail)
        self._log(row, saved.outcome, fetched.result.detail)

    def _judge(self, row: FrontierRow, outcome: Outcome, detail: str) -> None:
        if is_answered(row.kind, outcome):
            self._is_answered = True
        elif not self.first_failure:
            self.first_failure = detail or outcome.value.replace("_", " ")

    def _log(self, row: FrontierRow, outcome: Outcome, detail: str) -> None:
        fields = {"run_id": self.run_id, "source_id": self.source.id, "outcome": outcome.value}
        log.info("%s %s%s", outcome.value, row.url, f" ({detail})" if detail else "", extra=fields)

    def give_up(self, error: Exception) -> None:
        """End the crawl with this error; requests under way finish."""
        self.error = self.error or error
        self.stop(FinishReason.FAILED)

    @property
    def end(self) -> FinishReason:
        """The finish reason for the report: that nothing was answered says more than that nothing was left to ask."""
        reason = self.finish_reason or FinishReason.STOPPED
        is_fruitless = self.first_failure and not self._is_answered
        return FinishReason.ALL_FAILED if is_fruitless and reason in GOOD_ENDS else reason

    def _done(self) -> None:
        self._under_way -= 1
        self._moved.set()
        self._on_progress(self.counts)

    def stop(self, reason: FinishReason) -> None:
        """Begin no further request; those under way finish, and those waiting for their turn stay due."""
        self.finish_reason = self.finish_reason or reason
        self._stopped = True
        self.on_stop()
        self._moved.set()

    async def keep_alive(self, leases: HeldLeases) -> None:
        """Renew the crawl's leases until cancelled; a lost one stops the crawl."""
        while True:
            await asyncio.sleep(HEARTBEAT_SECONDS)
            now = self._clock()
            try:
                held = await leases.renew()
                await self._recorder.call(self._store.frontier.renew, self.run_id, now=now)
                await self._recorder.call(self._store.runs.heartbeat, self.run_id, self.counts, now=now)
            except StoreError as error:
                self.give_up(error)
                return
            if not held:
                self.stop(FinishReason.LEASE_LOST)
                return


def lease_token(run_id: int) -> str:
    """The token under which a crawl holds its leases."""
    return f"run {run_id}"
