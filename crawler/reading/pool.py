"""The processes that read pages: bounded in time and memory, and replaced when a page kills one."""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from concurrent.futures import TimeoutError as FutureTimeoutError
from concurrent.futures.process import BrokenProcessPool
from typing import ParamSpec, TypeVar

from pebble import ProcessExpired, ProcessPool

from config.settings import ExtractionSettings
from crawler.reading.process import prepare_process
from crawler.reading.temporary import tidy_temporary

P = ParamSpec("P")
T = TypeVar("T")
log = logging.getLogger(__name__)
# Once, shared by every process: the detector, what a process runs tasks by, how it begins, and last what reads pages
PRELOADED = ["crawler.reading.language_start", "pebble", "crawler.reading.process", "crawler.reading.start"]
AGAIN_SECONDS = 0.5  # after which what was killed is gone: until then a new process may be asked of it in vain
PAGES_PER_PROCESS = 2000  # then it is replaced: parsers leak a little


class ReadingFailed(Exception):
    """A page could not be read: it took too long, too much memory, or killed its process."""

    def __init__(self, detail: str, *, timed_out: bool) -> None:
        super().__init__(detail)
        self.timed_out = timed_out


class ReadingPool:
    """Runs pure functions on pages in other processes."""

    def __init__(self, settings: ExtractionSettings) -> None:
        self._settings = settings
        self._pool: ProcessPool | None = None
        self._room = asyncio.Semaphore(settings.max_pending)
        self._under_way = 0
        self._ending: threading.Thread | None = None  # ends the processes of a pool that broke

    async def run(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """The function's result, computed in another process. Raises ReadingFailed.

        Function and arguments are pickled: a module-level function and plain records. Where no process can be had, as
        on a machine without memory, it raises BrokenProcessPool: nothing is known of the page then.
        """
        async with self._room:
            self._under_way += 1
            try:
                return await self._read(function, args, kwargs)
            except FutureTimeoutError as error:
                text = f"took longer than {self._settings.timeout_seconds:g} s"
                raise ReadingFailed(text, timed_out=True) from error
            except MemoryError as error:
                raise ReadingFailed("needed more memory than it may have", timed_out=True) from error
            except (ProcessExpired, CancelledError) as error:
                raise ReadingFailed(f"its process died ({error})", timed_out=False) from error
            finally:
                self._under_way -= 1

    async def _read(self, function: Callable[..., T], args: tuple[object, ...], kwargs: dict[str, object]) -> T:
        """Compute it, once more where its process was killed from outside, or another's death took the pool along."""
        try:
            return await asyncio.wrap_future(self._schedule(function, args, kwargs))
        except ProcessExpired as error:
            if error.exitcode != -signal.SIGKILL:  # the page's own doing
                raise
        except BrokenProcessPool:
            await asyncio.sleep(AGAIN_SECONDS)
        return await asyncio.wrap_future(self._schedule(function, args, kwargs))

    @property
    def is_busy(self) -> bool:
        """Whether pages are being read."""
        return self._under_way > 0

    def _schedule(self, function: Callable[..., T], args: tuple[object, ...], kwargs: dict[str, object]) -> Future[T]:
        if self._pool is not None and _is_broken(self._pool):
            log.warning("the pool of reading processes stopped; starting another")
            self._end(self._pool)
            self._pool = None
        self._pool = self._pool or self._start()
        future: Future[T] = self._pool.schedule(
            function, args=list(args), kwargs=kwargs, timeout=self._settings.timeout_seconds
        )
        return future

    def _end(self, broken: ProcessPool) -> None:
        """End what is left of a pool: its other processes would stay for good. They may take seconds to obey."""
        broken.stop()
        self._ending = threading.Thread(target=broken.join, name="reading pool ends", daemon=True)
        self._ending.start()

    def _start(self) -> ProcessPool:
        tidy_temporary()
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(PRELOADED)
        return ProcessPool(
            max_workers=self._settings.processes or os.cpu_count() or 1,
            max_tasks=PAGES_PER_PROCESS,
            initializer=prepare_process,
            initargs=[self._settings.memory_bytes],
            context=context,
        )

    def close(self) -> None:
        """End the processes at once."""
        if self._ending is not None:
            self._ending.join()
        if self._pool is not None:
            self._pool.stop()
            self._pool.join()
            self._pool = None


def _is_broken(pool: ProcessPool) -> bool:
    """Whether a pool stopped, or could not be started."""
    try:
        return not pool.active
    except BrokenProcessPool:
        return True
