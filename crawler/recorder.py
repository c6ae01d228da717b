"""Saving what crawls fetched: the archive first, synced, then one transaction for all that came in meanwhile."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import ParamSpec, TypeVar

from news.article import Article
from news.errors import StoreError
from news.fetch import Outcome, UrlState
from store.archive.records import REMOVED_AT, article_fields
from store.archive.service import Exchange
from store.crawls.paces import AskedRequest
from store.forgetting.results import addresses_of
from store.forgetting.rows import Held
from store.records import FetchResult, SavedFetch
from store.service import Store, utc_now

P = ParamSpec("P")
T = TypeVar("T")
log = logging.getLogger(__name__)
BATCH = 64  # fetches per transaction, at most
ENOUGH = 16  # waiting fetches (half a crawl's window) are saved at once: the crawl has to go on with the other half
READING_SECONDS = 1.0  # how long a fetch waits for pages being read: a transaction costs as much as a few pages
ANSWER_SECONDS = 0.1  # how long it waits for answers under way: most are "unchanged", cheaper than a transaction
AHEAD = timedelta(seconds=10)  # a fetch this far in the future was made before the clock was set back
MAX_ASKED = 5000  # requests held while the store refuses to save them; beyond that, the oldest are dropped


@dataclass(frozen=True, kw_only=True, slots=True)
class Fetched:
    """A fetch to be saved: its result, and the exchange if there is one to archive."""

    result: FetchResult
    exchange: Exchange | None = None


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


def made_by_now(fetched: Fetched, now: datetime) -> Fetched:
    """The fetch, redated to now if it was made before the clock was set back, with its planned times shifted alike."""
    result = fetched.result
    ahead = result.fetched_at - now
    if ahead < AHEAD:
        return fetched
    next_due_at = result.next_due_at - ahead if result.next_due_at is not None else None
    return replace(fetched, result=replace(result, fetched_at=now, next_due_at=next_due_at))


def write_batch(store: Store, batch: Sequence[Fetched], asked: Sequence[AskedRequest] = ()) -> list[SavedFetch | None]:
    """Archive and save these fetches, and save the requests made to hosts. Blocks."""
    barred = store.saver.lead_to_forgotten([fetched.result for fetched in batch])
    exchanges = [
        None if is_barred or fetched.result.state is UrlState.GONE else fetched.exchange
        for fetched, is_barred in zip(batch, barred, strict=True)
    ]
    digests = [exchange.read_digest for exchange in exchanges if exchange]
    known = store.known_payloads(digests) if digests else {}
    kept = [fetched.result for fetched, exchange in zip(batch, exchanges, strict=True) if exchange is not None]
    identities = iter(_identities(store, kept))
    results = []
    for fetched, exchange in zip(batch, exchanges, strict=True):
        result = fetched.result
        if exchange is not None:
            earlier, identity = known.get(exchange.read_digest), next(identities)
            if exchange.rendered is not None:
                ref = store.archive.append_rendered(exchange, exchange.rendered, earlier, identity)
            elif earlier is not None:
                ref = store.archive.append_revisit(exchange, earlier, identity)
            else:
                ref = store.archive.append_response(exchange, identity)
            result = replace(result, archive=ref)
        results.append(result)
    store.archive.sync()
    saved = store.saver.save(results, asked=asked, before_commit=partial(_keep_proof, store, batch))
    _scrub_late(store, results, saved)
    return saved


def _keep_proof(store: Store, batch: Sequence[Fetched], saved: Sequence[SavedFetch | None]) -> None:
    """Archive the answers that confirm removals, which only the saving transaction knows."""
    proofs = [(each.result, each.exchange) for each, one in zip(batch, saved, strict=True) if one and one.is_removal]
    for result, exchange in proofs:
        if exchange is not None:
            about = article_fields(result.row, str(result.row.article_id))
            store.archive.append_response(exchange, {**about, REMOVED_AT: result.fetched_at.isoformat()})
    if proofs:
        store.archive.sync()


def _identities(store: Store, results: Sequence[FetchResult]) -> list[dict[str, str] | None]:
    """The fields that a rebuild needs about each page: its article, source and hints; None for one without a story."""
    new = [result for result in results if _may_be_new(result)]
    ids = iter(store.saver.article_ids(new) if new else ())
    mine = [next(ids) if _may_be_new(result) else result.row.article_id for result in results]
    return [article_fields(result.row, its) if its else None for result, its in zip(results, mine, strict=True)]


def _may_be_new(result: FetchResult) -> bool:
    """Whether the page's article has to be looked up: it has none yet, or may belong to another."""
    if isinstance(result.extraction, Article):
        return True
    led_elsewhere = result.redirected_to is not None or result.extraction is not None
    return result.row.article_id is not None and led_elsewhere


def _scrub_late(store: Store, results: Sequence[FetchResult], saved: Sequence[SavedFetch | None]) -> None:
    """Remove from the archive what was forgotten between archiving and saving it."""
    for result, one in zip(results, saved, strict=True):
        if result.archive is not None and one is not None and one.outcome is Outcome.FORGOTTEN:
            digests = (result.archive.payload_digest,)
            held = Held(article_ids=(), addresses=tuple(addresses_of(result)), payload_digests=digests, version_count=0)
            store.forgetting.forget_archived(held, now=result.fetched_at)
