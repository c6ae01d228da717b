"""What is known of a source while it is crawled: passed to its reader, renewed, and applied to stored articles."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from crawler.answered.reader import AnswerReader
from crawler.archived.replay import ReplayReport, replay
from crawler.crawls.conditions import Conditions
from crawler.reading.pool import ReadingPool
from crawler.recording.recorder import Recorder
from news.source import Source
from store.service import Store

log = logging.getLogger(__name__)
MAX_STALE = 500  # stored articles reread at the end of a crawl; the next crawl continues


class SourceKnowledge:
    """The boilerplate and habits of one source, as far as the store has learned them."""

    def __init__(
        self,
        source: Source,
        reader: AnswerReader,
        *,
        store: Store,
        recorder: Recorder,
        pool: ReadingPool,
        clock: Callable[[], datetime],
    ) -> None:
        self._source = source
        self._reader = reader
        self._store = store
        self._recorder = recorder
        self._pool = pool
        self._clock = clock

    async def begin_revisits(self) -> Conditions:
        """Hold back revisits beyond the source's budget, and have due times computed by its habits.

        Returns the conditions with which rows are requested.
        """
        revisits, source = self._store.revisits, self._source
        per_day = source.revisits_per_day
        await self._recorder.call(revisits.hold_back, source.id, revisits_per_day=per_day, now=self._clock())
        habits = await self._recorder.call(revisits.habits, source.id)
        self._reader.learn(habits)
        return Conditions(habits.trusts)

    async def renew(self) -> None:
        """Have pages read with the boilerplate known by now."""
        at = self._store.boilerplates.at
        self._reader.know(await self._recorder.call(at, self._source.id, self._clock()))

    async def read_stale(self, run_id: int, *, goes_on: Callable[[], bool]) -> None:
        """Reread stored articles whose text holds blocks now known to be boilerplate."""
        stale = self._store.boilerplates.stale_articles
        ids = await self._recorder.call(stale, self._source.id, limit=MAX_STALE)
        if not ids or not goes_on():
            return

        async def still_goes_on(done_count: int, report: ReplayReport) -> bool:
            return goes_on()

        sources, call = {self._source.id: self._source}, self._recorder.call
        done = await replay(
            ids, store=self._store, sources=sources, pool=self._pool, call=call, on_progress=still_goes_on
        )
        fields = {"run_id": run_id, "source_id": self._source.id}
        counts = (done.read_count, done.changed_count)
        log.info("read %d versions again that held boilerplate, %d of them are other now", *counts, extra=fields)
