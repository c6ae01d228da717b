"""The daemon when the store fails it: it leaves nothing running where it cannot go on, and goes on where it can."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from config.settings import EngineSettings, Settings
from config.sources import SourceSet
from indexer.delivery import Delivery
from indexer.engines.factory import make_engine
from news.errors import NewsdexError, StoreError
from scheduler.bell import Bell
from scheduler.daemon import Daemon, Parts
from scheduler.in_force import InForce, Loaded
from scheduler.lock import DaemonLock
from scheduler.supervisor import Supervisor
from scheduler.timing.schedules import Schedules, make_jobs
from store.service import Store
from tests.support.stores import NOW

WORKER = [sys.executable, "-c", "import sys; sys.stdin.readline()"]  # works until it is told anything
LOADED = Loaded(settings=Settings(), sources=SourceSet(by_id={}, files={}))


class BusySchedules(Schedules):
    """Schedules over a store that another process holds for the first so many times."""

    busy_count = 1

    def follow(self, sources: SourceSet) -> None:
        if self.busy_count:
            self.busy_count -= 1
            raise StoreError("the database is in use by another process")
        super().follow(sources)


@pytest.fixture
def supervisor() -> Supervisor:
    return Supervisor(WORKER)


@pytest.fixture
def in_force() -> InForce:
    return InForce(LOADED, load=lambda: LOADED, clock=lambda: NOW)


@pytest.fixture
def daemon(store: Store, supervisor: Supervisor, in_force: InForce, tmp_path: Path) -> Iterator[Daemon]:
    """A daemon whose schedules fail once; signal handlers are put back."""
    engine = make_engine(EngineSettings(), folder=tmp_path / "index")
    engine.open()
    lock, jobs = DaemonLock(store.leases), make_jobs()
    lock.take(now=NOW)
    numbers = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
    before = {number: signal.getsignal(number) for number in numbers}
    with Bell() as bell:
        parts = Parts(
            jobs=jobs,
            schedules=BusySchedules(store, jobs, clock=lambda: NOW),
            supervisor=supervisor,
            delivery=Delivery(store, lambda: engine),
        )
        yield Daemon(in_force, parts, store=store, lock=lock, clock=lambda: NOW, bell=bell)
    for number, handler in before.items():
        signal.signal(number, handler)
    engine.close()


def test_a_start_that_fails_ends_what_had_begun(daemon: Daemon, supervisor: Supervisor, store: Store) -> None:
    with pytest.raises(StoreError, match="in use"):
        daemon.run(lambda url: None)
    assert "drain" not in {thread.name for thread in threading.enumerate()}
    assert supervisor.pid is None
    DaemonLock(store.leases).take(now=NOW)


@pytest.mark.parametrize("number", range(1, 4))  # of the threads: of jobs, delivery and worker
def test_a_system_without_threads_for_it_is_told_and_nothing_goes_on(
    daemon: Daemon, supervisor: Supervisor, store: Store, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """Half of it, such as the page and delivery, would look alive and crawl nothing."""
    start, started = threading.Thread.start, iter(range(1, 100))

    def refusing(thread: threading.Thread) -> None:
        if next(started) >= number:
            raise RuntimeError("can't start new thread")
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", refusing)
    with pytest.raises(NewsdexError, match="can't start new thread"):
        daemon.run(lambda url: None)
    assert "drain" not in {thread.name for thread in threading.enumerate()}
    assert supervisor.pid is None
    DaemonLock(store.leases).take(now=NOW)


def test_a_reload_that_the_store_cannot_take_is_told_and_the_next_one_makes_it_good(
    daemon: Daemon, in_force: InForce
) -> None:
    daemon.reload()
    assert in_force.refusal is not None
    assert (in_force.refusal.at, "in use" in in_force.refusal.reason) == (NOW, True)
    daemon.reload()
    assert in_force.refusal is None


def test_a_signal_may_come_at_any_moment_of_waiting_for_it(daemon: Daemon) -> None:
    daemon.reload()  # the schedules fail once
    interrupted = 0

    def interrupt(frame: FrameType, event: str, arg: Any) -> Any:
        nonlocal interrupted
        if frame.f_globals["__name__"] not in {"scheduler.daemon", "scheduler.bell"}:
            return None
        frame.f_trace_opcodes = True
        if event == "opcode":  # where Python runs the handler of a signal
            interrupted += 1
            handler = daemon._asked_to_reload if interrupted < 500 else daemon._asked_to_stop
            if interrupted <= 500:
                handler(signal.SIGHUP, None)
        return interrupt

    def work() -> None:
        sys.settrace(interrupt)
        daemon._work(lambda url: None)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(600)
    assert not thread.is_alive()


def test_it_stops_whole_while_the_store_is_away(
    daemon: Daemon, supervisor: Supervisor, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    daemon.reload()  # the schedules fail once

    def away(*args: Any, **values: Any) -> Any:
        raise StoreError("the database does not answer")

    def go_away_and_stop(url: str | None) -> None:
        monkeypatch.setattr(store.runs, "close_lost", away)
        monkeypatch.setattr(daemon._lock, "release", away)
        monkeypatch.setattr(daemon._parts.delivery, "release", away)
        daemon._asked_to_stop(signal.SIGTERM, None)

    daemon.run(go_away_and_stop)
    assert "drain" not in {thread.name for thread in threading.enumerate()}
    assert supervisor.pid is None
