"""The pool of reading processes: bounded in time and memory, and replaced when a page kills one."""

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
# Loaded once, shared by every process: the detector, the task runner, the process's own start, and last the page code
PRELOADED = ["crawler.reading.language_start", "pebble", "crawler.reading.process", "crawler.reading.start"]
AGAIN_SECONDS = 0.5  # after which what was killed is gone; until then, asking it for a new process may fail
PAGES_PER_PROCESS = 2000  # after which it is replaced, since parsers leak a little


class ReadingFailed(Exception):
    """A page could not be read: it took too long or too much memory, or killed its process."""

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
        self._ending: threading.Thread | None = None  # ends the processes of a broken pool

    async def run(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """The function's result, computed in another process. Raises ReadingFailed.

        Function and arguments are pickled: a module-level function and plain records. Raises BrokenProcessPool if no
        process can be started, as when memory is exhausted; that says nothing about the page.
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
        """Compute it, once more if its process was killed from outside, or another's death broke the pool."""
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
        """Whether any page is being read."""
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
        """End what is left of a broken pool, whose processes would stay forever. They may take seconds to obey."""
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
