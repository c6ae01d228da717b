"""The daemon: schedules, one worker process, delivery to the index and the web server, under one lock."""

from __future__ import annotations

import logging
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from config.sources import SourceSet
from indexer.delivery import Delivery
from news.errors import NewsdexError, StoreError
from scheduler.bell import Bell
from scheduler.chores import Chores
from scheduler.in_force import InForce
from scheduler.lock import DaemonLock
from scheduler.notifying.operators import Operators
from scheduler.standing import Standing
from scheduler.supervisor import Supervisor
from scheduler.timing.schedules import Schedules
from scheduler.timing.set_clocks import ClockMinder
from search.web.server import WebServer
from store.service import Store

CLOCK_SECONDS = 1.0  # how soon a clock change is noticed
DELIVERY_SECONDS = 10.0  # allowed at a stop for telling the index the last of what was saved
HELD_UP_SECONDS = 2.0  # grace beyond what its parts may take before a stop counts as held up by a hanging server
STOP_EXIT_CODE = 130  # after a second signal: it exits without waiting
log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Parts:
    """The running parts of a daemon; each starts and ends with it."""

    jobs: Any  # APScheduler's scheduler
    schedules: Schedules
    supervisor: Supervisor
    delivery: Delivery
    standing: Standing | None = None
    operators: Operators | None = None
    server: WebServer | None = None  # None = no page and no API
    make_vectors: Callable[[Callable[[], bool]], object] | None = None  # None = search.meaning is off

    def wake(self) -> None:
        """Announce that there is something new to do."""
        self.supervisor.tell("wake")
        self.saved()

    def saved(self) -> None:
        """Announce that something was saved, to the index and to the standing searches."""
        self.delivery.wake()
        if self.standing is not None:
            self.standing.wake()


class Daemon:
    """Runs until it is told to stop; must be created in the main thread, whose signals it handles."""

    def __init__(
        self,
        in_force: InForce,
        parts: Parts,
        *,
        store: Store,
        lock: DaemonLock,
        clock: Callable[[], datetime],
        bell: Bell,
        on_stopping: Callable[[float, int], None] = lambda seconds, code: None,
    ) -> None:
        """`on_stopping` receives the seconds the stop may take, and the exit code."""
        self._in_force = in_force
        self._parts = parts
        self._store = store
        self._lock = lock
        self._clock = clock
        self._bell = bell
        self._on_stopping = on_stopping
        self._chores = Chores(
            in_force,
            store,
            lock,
            clock=clock,
            goes_on=self._goes_on,
            fail=self._fail,
            make_vectors=parts.make_vectors,
        )
        self._clock_minder = ClockMinder(
            store, parts.jobs, parts.schedules, clock=clock, on_sooner=self._planned_sooner
        )
        self._serving: threading.Thread | None = None  # set once the server is started
        self._stop_signal: int | None = None
        self._reload_asked = False
        self._failure: str | None = None

    def run(self, on_ready: Callable[[str | None], None]) -> None:
        """Run until SIGTERM or SIGINT. `on_ready` receives the page's address, or None without a server.

        Raises NewsdexError when it had to end for another reason.
        """
        self._take_signals()
        try:
            self._start(on_ready)
            self._work(on_ready)
        finally:
            self._finish()
        if self._failure is not None:
            raise NewsdexError(self._failure)

    def _start(self, on_ready: Callable[[str | None], None]) -> None:
        """Start all parts. Raises NewsdexError if the system has no thread for one: then nothing is to go on."""
        try:
            self._serve(on_ready)
            self._chores.add_to(self._parts.jobs)
            self._parts.jobs.start()
            for part in (self._parts.delivery, self._parts.standing, self._parts.operators, self._parts.supervisor):
                if part is not None:
                    part.start()
        except RuntimeError as error:
            raise NewsdexError(
                f"the daemon cannot start all its parts: {error}; give it more memory or threads"
            ) from error

    def _work(self, on_ready: Callable[[str | None], None]) -> None:
        """Follow the sources and handle signals until a signal or a failure ends it."""
        self._follow(self._in_force.sources)
        self._clock_minder.look_for_a_clock_ahead()
        if self._parts.server is None:
            on_ready(None)
        while self._goes_on():
            self._bell.wait(CLOCK_SECONDS)
            self._clock_minder.look()
            if self._reload_asked:
                self._reload_asked = False
                self.reload()

    def _follow(self, sources: SourceSet) -> None:
        """Follow these sources; pauses of removed ones are deleted so that no new source of that id inherits them."""
        self._store.pauses.keep(sources.by_id.keys())
        self._parts.schedules.follow(sources)

    def _goes_on(self) -> bool:
        return self._stop_signal is None and self._failure is None

    def reload(self) -> None:
        """Reload settings and sources; invalid ones are refused and the old ones kept."""
        if not self._in_force.reload():
            return
        sources = self._in_force.sources
        self._store.know_forms(sources.story_forms)
        self._parts.supervisor.tell("reload")
        try:
            self._follow(sources)
        except StoreError as error:
            log.error("reloaded, but not every schedule is followed yet, reload again: %s", error)
            self._in_force.refuse(f"not every schedule is followed yet: {error}")
            return
        log.info("reloaded: %d source%s", len(sources), "" if len(sources) == 1 else "s")

    def _planned_sooner(self) -> None:
        self._parts.schedules.follow(self._in_force.sources)
        self._parts.wake()

    def _take_signals(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._asked_to_stop)
        signal.signal(signal.SIGHUP, self._asked_to_reload)

    def _asked_to_stop(self, number: int, frame: Any) -> None:
        if self._stop_signal is not None:
            self._parts.supervisor.kill()
            os._exit(STOP_EXIT_CODE)
        self._stop_signal = number
        self._bell.ring()

    def _asked_to_reload(self, number: int, frame: Any) -> None:
        self._reload_asked = True
        self._bell.ring()

    def _fail(self, why: str) -> None:
        self._failure = why
        self._bell.ring()

    def _serve(self, on_ready: Callable[[str | None], None]) -> None:
        if self._parts.server is None:
            return
        server = self._parts.server

        def serve() -> None:
            server.run(on_ready)
            if self._stop_signal is None:
                self._fail("the web server ended by itself; see the log above")

        self._serving = threading.Thread(target=serve, name="web", daemon=True)
        self._serving.start()

    def _finish(self) -> None:
        log.info("stopping")
        stop_seconds = self._in_force.settings.daemon.stop_seconds
        code = 0 if self._stop_signal is not None and self._failure is None else 1
        self._on_stopping(stop_seconds + DELIVERY_SECONDS + HELD_UP_SECONDS, code)
        if self._parts.jobs.running:
            with suppress(RuntimeError):  # its thread could not be started
                self._parts.jobs.shutdown(wait=False)
        if self._parts.server is not None:
            self._parts.server.stop()
        if not self._parts.supervisor.stop(within_seconds=stop_seconds):
            log.warning("the worker did not finish in time and was ended; its URLs are due again")
        with _told("crawls that were lost are closed at the next start"):
            self._store.runs.close_lost(now=self._clock())
        with _told("what the index was not told is delivered after the next start"):
            self._parts.delivery.finish(within_seconds=DELIVERY_SECONDS)
        if self._parts.standing is not None:
            self._parts.standing.finish()
        if self._parts.operators is not None:
            self._parts.operators.finish()
        if self._serving is not None and self._serving.ident is not None:
            self._serving.join(timeout=1)
        with _told("the daemon's lease ends with its process"):
            self._lock.release()
        log.info("stopped")


@contextmanager
def _told(consequence: str) -> Iterator[None]:
    """Log an error of the store and go on: a stopping daemon must end whatever its servers do."""
    try:
        yield
    except StoreError as error:
        log.error("%s: %s", consequence, error)
