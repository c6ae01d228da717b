"""The writer of a worker: one thread through which everything goes that its crawls have the store do."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import ParamSpec, TypeVar

from crawler.recording.batch import Fetched, made_by_now, write_batch
from news.errors import StoreError
from news.fetch import Outcome
from store.clock import utc_now
from store.crawls.paces import AskedRequest
from store.records import SavedFetch
from store.service import Store

P = ParamSpec("P")
T = TypeVar("T")
log = logging.getLogger(__name__)
BATCH = 64  # fetches per transaction, at most
ENOUGH = 16  # waiting fetches (half a crawl's window) are saved at once: the crawl has to go on with the other half
READING_SECONDS = 1.0  # how long a fetch waits for pages being read: a transaction costs as much as a few pages
ANSWER_SECONDS = 0.1  # how long it waits for answers under way: most are "unchanged", cheaper than a transaction
MAX_ASKED = 5000  # requests held while the store refuses to save them; beyond that, the oldest are dropped


class Recorder:
    """A worker's only writer: every call to the store goes through its thread."""

    def __init__(
        self,
        store: Store,
        *,
        on_saved: Callable[[], None] = lambda: None,
        patience_seconds: Callable[[], float] = lambda: 0.0,
    ) -> None:
        self._store = store
        self._patience_seconds = patience_seconds  # () -> how long a fetch waits for others at present
        self._on_saved = on_saved  # called after each transaction in which something may have changed
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="record")
        self._waiting: asyncio.Queue[tuple[Fetched, asyncio.Future[SavedFetch | None]]] = asyncio.Queue()
        self._asked: deque[AskedRequest] = deque(maxlen=MAX_ASKED)
        self._task: asyncio.Task[None] | None = None

    def note(self, asked: AskedRequest) -> None:
        """Have a request that was made saved with the next fetches, or by `flush`."""
        self._asked.append(asked)

    async def flush(self) -> None:
        """Save the noted requests that no fetch has carried along. Raises StoreError."""
        asked = self._take_asked()
        if asked:
            await self._keeping(asked, self._store.paces.record, asked)

    def _take_asked(self) -> list[AskedRequest]:
        asked = list(self._asked)
        self._asked.clear()
        return asked

    async def _keeping(
        self, asked: list[AskedRequest], function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a call to the store that saves these; if it fails, they wait for the next one."""
        try:
            return await self.call(function, *args, **kwargs)
        except Exception:
            self._asked.extendleft(reversed(asked))
            raise

    async def call(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a call to the store in the writer's thread."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, lambda: function(*args, **kwargs))

    async def save(self, fetched: Fetched) -> SavedFetch | None:
        """Save a fetch durably; None if its row was leased to another run. Raises StoreError."""
        if self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._write())
        saved: asyncio.Future[SavedFetch | None] = asyncio.get_running_loop().create_future()
        self._waiting.put_nowait((fetched, saved))
        return await saved

    async def _write(self) -> None:
        while True:
            batch = [await self._waiting.get()]
            await self._gather(batch)
            try:
                asked = self._take_asked()
                fetches = [made_by_now(fetched, utc_now()) for fetched, _ in batch]
                results = await self._keeping(asked, write_batch, self._store, fetches, asked)
            except Exception as error:
                # The crawls of these fetches see the error and stop; the rows stay due, so nothing is lost
                if not isinstance(error, StoreError):
                    log.exception("writing %d fetches failed", len(batch))
                for _, saved in batch:
                    if not saved.cancelled():
                        saved.set_exception(error)
                continue
            for (_, saved), result in zip(batch, results, strict=True):
                if not saved.cancelled():
                    saved.set_result(result)
            if any(each is not None and each.outcome is not Outcome.NOT_MODIFIED for each in results):
                self._on_saved()

    async def _gather(self, batch: list[tuple[Fetched, asyncio.Future[SavedFetch | None]]]) -> None:
        """Add to the batch what is waiting already and what comes soon."""
        began = time.monotonic()
        while True:
            while self._waiting.qsize() and len(batch) < BATCH:
                batch.append(self._waiting.get_nowait())
            left = began + self._patience_seconds() - time.monotonic()
            if len(batch) >= ENOUGH or left <= 0:
                return
            with suppress(TimeoutError):
                async with asyncio.timeout(left):
                    batch.append(await self._waiting.get())

    async def close(self) -> None:
        """End the writer; fetches still waiting are dropped, and their rows stay due."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        self._thread.shutdown()
