"""The daemon: schedules, one worker process, delivery to the index, and the web server, under one lock."""

from __future__ import annotations

import logging
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from config.settings import Settings
from config.sources import SourceSet
from indexer.delivery import Delivery
from news.errors import ConfigError, NewsdexError, StoreError
from scheduler.bell import Bell
from scheduler.clock_steps import NO_STEP, ClockBehind, ClockSteps
from scheduler.housekeeping import apply_retention, close_lost_runs, finish_forgetting, place_older_copies
from scheduler.hubs import ask_hubs
from scheduler.lock import DaemonLock
from scheduler.operators import Operators
from scheduler.schedules import Schedules
from scheduler.standing import Standing
from scheduler.supervisor import Supervisor
from search.operations.overview import ReloadRefusal
from search.web.server import WebServer
from store.leases import HEARTBEAT_SECONDS
from store.outage import Outage
from store.service import Store

HOUSEKEEPING_SECONDS = 60
RETENTION_SECONDS = 3600
CLOCK_SECONDS = 1.0  # how soon it is noticed that the clock was set
DELIVERY_SECONDS = 10.0  # to tell the index the last of what was saved, when it stops
HELD_UP_SECONDS = 2.0  # beyond what its parts may take, after which a stop is held up by a server that hangs
STOP_EXIT_CODE = 130  # after a second signal: nothing was waited for
FIXED = ("data_dir", "database_url", "engine", "web")  # settings that only a restart changes
_WORK = {  # what the daemon does in the store by itself -> what it says when that fails
    "heartbeat": "the daemon's lease could not be renewed",
    "housekeeping": "housekeeping failed",
    "hubs": "hubs could not be asked",
    "planned": "what is planned could not be brought nearer",
    "retention": "retention could not be applied",
}
log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """What the files say at one moment."""

    settings: Settings
    sources: SourceSet


class Daemon:
    """Runs until it is told to stop; made in the main thread, whose signals it takes."""

    def __init__(
        self,
        loaded: Loaded,
        *,
        store: Store,
        lock: DaemonLock,
        jobs: Any,
        schedules: Schedules,
        supervisor: Supervisor,
        delivery: Delivery,
        load: Callable[[], Loaded],
        clock: Callable[[], datetime],
        bell: Bell,
    ) -> None:
        self._loaded = loaded
        self._store = store
        self._lock = lock
        self._jobs = jobs
        self._schedules = schedules
        self._supervisor = supervisor
        self._delivery = delivery
        self.server: WebServer | None = None  # set before it runs
        self.standing: Standing | None = None  # set before it runs
        self.operators: Operators | None = None  # set before it runs
        self.refusal: ReloadRefusal | None = None  # of the newest reload; None = it was taken
        self.on_stopping: Callable[[float, int], None] = lambda seconds, code: None  # how long it may take, exit code
        self._load = load
        self._clock = clock
        self._bell = bell
        self._serving: threading.Thread | None = None  # once the server was begun
        self._stop_signal: int | None = None
        self._reload_asked = False
        self._failure: str | None = None
        self._steps = ClockSteps(clock)
        self._behind = ClockBehind(None, clock)
        self._set_back = NO_STEP  # how far the clock was, where the record does not know of it yet
        self._outages = {name: _outage(name) for name in _WORK}
        self._copies_after_id: str | None = ""  # up to here older articles have been placed; None = all have

    @property
    def loaded(self) -> Loaded:
        """The settings and sources in force."""
        return self._loaded

    def run(self, on_ready: Callable[[str | None], None]) -> None:
        """Work until SIGTERM or SIGINT. `on_ready` is given the page's address, or None without a server.

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
        """Begin all parts. Raises NewsdexError where the system has no thread for one: nothing is to go on then."""
        try:
            self._serve(on_ready)
            self._start_jobs()
            self._delivery.start()
            if self.standing is not None:
                self.standing.start()
            if self.operators is not None:
                self.operators.start()
            self._supervisor.start()
        except RuntimeError as error:
            raise NewsdexError(f"not all of it can be started: {error}; give it more memory or threads") from error

    def _work(self, on_ready: Callable[[str | None], None]) -> None:
        """Follow the sources and obey signals until one of them, or a failure, says to end."""
        self._follow(self._loaded.sources)
        self._look_for_a_clock_ahead()
        if self.server is None:
            on_ready(None)
        while self._goes_on():
            self._bell.wait(CLOCK_SECONDS)
            self._mind_clock(self._steps.since_last())
            if self._reload_asked:
                self._reload_asked = False
                self.reload()

    def _follow(self, sources: SourceSet) -> None:
        """Follow these sources, and leave no pause of one that was removed to whoever takes its id."""
        self._store.pauses.keep(sources.by_id.keys())
        self._schedules.follow(sources)

    def _goes_on(self) -> bool:
        return self._stop_signal is None and self._failure is None

    def wake(self) -> None:
        """There is something new to do."""
        self._supervisor.tell("wake")
        self.saved()

    def saved(self) -> None:
        """Something was saved: the index and the standing searches are to know of it."""
        self._delivery.wake()
        if self.standing is not None:
            self.standing.wake()

    def reload(self) -> None:
        """Read settings and sources anew; wrong ones are refused and the old ones kept."""
        try:
            fresh = self._load()
        except ConfigError as error:
            log.error("not reloaded, the old settings and sources stay in force: %s", error)
            self.refusal = ReloadRefusal(at=self._clock(), reason=str(error))
            return
        self.refusal = None
        for name in FIXED:
            if getattr(fresh.settings, name) != getattr(self._loaded.settings, name):
                log.warning("%s changed; that takes effect when the daemon is started again", name)
        self._loaded = fresh
        self._store.know_forms(fresh.sources.story_forms)
        self._supervisor.tell("reload")
        try:
            self._follow(fresh.sources)
        except StoreError as error:
            log.error("reloaded, but not every schedule is followed yet, reload again: %s", error)
            self.refusal = ReloadRefusal(at=self._clock(), reason=f"not every schedule is followed yet: {error}")
            return
        log.info("reloaded: %d source%s", len(fresh.sources), "" if len(fresh.sources) == 1 else "s")

    def _look_for_a_clock_ahead(self) -> None:
        """Find out whether the record was written to by a clock that was ahead of today's."""
        with self._outages["planned"].told():
            self._behind = ClockBehind(self._store.planned.reached_at(), self._clock)
        if behind := self._behind.by():
            log.warning("the newest crawl lies %s in the future: is the clock right?", behind)
            log.warning("if it is not set within ten minutes, what was planned is brought nearer by as much")

    def _mind_clock(self, step: timedelta) -> None:
        """Make up for a clock that was set: jobs come at its times, and so does what the record plans."""
        if step:
            log.warning("the clock was set %s by %s", "forward" if step > NO_STEP else "back", abs(step))
            for job in self._jobs.get_jobs():  # one whose time went into the far future would wait for it
                job.modify(next_run_time=self._clock())
        self._set_back = max(NO_STEP, self._set_back - step, self._behind.settled())
        if not self._set_back:
            return
        with self._outages["planned"].told():  # else it is tried again a second later
            intervals = self._schedules.intervals()
            self._store.planned.clock_set_back(self._set_back, now=self._clock(), intervals=intervals)
            log.info("what was planned comes %s sooner", self._set_back)
            self._set_back = NO_STEP
            self._schedules.follow(self._loaded.sources)
            self.wake()

    def _take_signals(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._asked_to_stop)
        signal.signal(signal.SIGHUP, self._asked_to_reload)

    def _asked_to_stop(self, number: int, frame: Any) -> None:
        if self._stop_signal is not None:
            self._supervisor.kill()
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
        if self.server is None:
            return
        server = self.server

        def serve() -> None:
            server.run(on_ready)
            if self._stop_signal is None:
                self._fail("the web server ended by itself; see the log above")

        self._serving = threading.Thread(target=serve, name="web", daemon=True)
        self._serving.start()

    def _start_jobs(self) -> None:
        every = {"trigger": "interval"}
        self._jobs.add_job(self._heartbeat, **every, seconds=HEARTBEAT_SECONDS, id="heartbeat")
        self._jobs.add_job(self._tidy, **every, seconds=HOUSEKEEPING_SECONDS, id="housekeeping")
        self._jobs.add_job(self._ask_hubs, **every, seconds=HOUSEKEEPING_SECONDS, id="hubs")
        self._jobs.add_job(self._forget, **every, seconds=RETENTION_SECONDS, id="retention")
        self._jobs.start()

    def _heartbeat(self) -> None:
        held = found = True  # where the store cannot say; another daemon would find the lease expired
        with self._outages["heartbeat"].told():
            held = self._lock.renew(now=self._clock())
            found = self._lock.is_found()
        if not held:
            self._fail("another daemon took over this record while this one stood still; it ends to leave it alone")
        elif not found:
            data_dir = self._loaded.settings.data_dir
            self._fail(f"the record in {data_dir} was moved, deleted or replaced; put it back there and start again")

    def _tidy(self) -> None:
        with self._outages["housekeeping"].told():
            close_lost_runs(self._store, now=self._clock())
            finish_forgetting(self._store, goes_on=self._goes_on)
            if self._copies_after_id is not None:
                self._copies_after_id = place_older_copies(
                    self._store, self._copies_after_id, now=self._clock, goes_on=self._goes_on
                )

    def _ask_hubs(self) -> None:
        with self._outages["hubs"].told():
            followed = [source.id for source in self._loaded.sources.enabled()]
            ask_hubs(self._store, self._loaded.settings, followed, now=self._clock())

    def _forget(self) -> None:
        with self._outages["retention"].told():
            retention = self._loaded.settings.retention
            apply_retention(self._store, retention, now=self._clock(), goes_on=self._goes_on)

    def _finish(self) -> None:
        log.info("stopping")
        stop_seconds = self._loaded.settings.daemon.stop_seconds
        code = 0 if self._stop_signal is not None and self._failure is None else 1
        self.on_stopping(stop_seconds + DELIVERY_SECONDS + HELD_UP_SECONDS, code)
        if self._jobs.running:
            with suppress(RuntimeError):  # its thread could not be started
                self._jobs.shutdown(wait=False)
        if self.server is not None:
            self.server.stop()
        if not self._supervisor.stop(within_seconds=stop_seconds):
            log.warning("the worker did not finish in time and was ended; its URLs are due again")
        with _told("crawls that were lost are closed at the next start"):
            self._store.runs.close_lost(now=self._clock())
        with _told("what the index was not told is delivered after the next start"):
            self._delivery.finish(within_seconds=DELIVERY_SECONDS)
        if self.standing is not None:
            self.standing.finish()
        if self.operators is not None:
            self.operators.finish()
        if self._serving is not None and self._serving.ident is not None:
            self._serving.join(timeout=1)
        with _told("the daemon's lease ends with its process"):
            self._lock.release()
        log.info("stopped")


def _outage(name: str) -> Outage:
    return Outage(log, waits=f"{_WORK[name]}, and is tried again", goes_on=f"the store answers again ({name})")


@contextmanager
def _told(consequence: str) -> Iterator[None]:
    """Tell of a store that fails, and go on: a daemon that stops must end whatever its servers do."""
    try:
        yield
    except StoreError as error:
        log.error("%s: %s", consequence, error)
