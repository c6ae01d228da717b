"""The daemon when the store fails it: it leaves nothing running where it cannot go on, and goes on where it can."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from datetime import timedelta
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
from scheduler.clock_steps import NO_STEP
from scheduler.daemon import Daemon, Loaded
from scheduler.lock import DaemonLock
from scheduler.schedules import Schedules, make_jobs
from scheduler.supervisor import Supervisor
from store.service import Store
from tests.support.stores import NOW, add_urls, after, take_urls

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
def daemon(store: Store, supervisor: Supervisor, tmp_path: Path) -> Iterator[Daemon]:
    """A daemon whose schedules fail once; signal handlers are put back."""
    engine = make_engine(EngineSettings(), folder=tmp_path / "index")
    engine.open()
    lock, jobs = DaemonLock(store.leases), make_jobs()
    lock.take(now=NOW)
    numbers = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
    before = {number: signal.getsignal(number) for number in numbers}
    with Bell() as bell:
        yield Daemon(
            LOADED,
            store=store,
            lock=lock,
            jobs=jobs,
            schedules=BusySchedules(store, jobs, clock=lambda: NOW),
            supervisor=supervisor,
            delivery=Delivery(store, lambda: engine),
            load=lambda: LOADED,
            clock=lambda: NOW,
            bell=bell,
        )
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


def test_a_reload_that_the_store_cannot_take_is_told_and_the_next_one_makes_it_good(daemon: Daemon) -> None:
    daemon.reload()
    assert daemon.refusal is not None
    assert (daemon.refusal.at, "in use" in daemon.refusal.reason) == (NOW, True)
    daemon.reload()
    assert daemon.refusal is None


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
        monkeypatch.setattr(daemon._delivery, "release", away)
        daemon._asked_to_stop(signal.SIGTERM, None)

    daemon.run(go_away_and_stop)
    assert "drain" not in {thread.name for thread in threading.enumerate()}
    assert supervisor.pid is None


def test_a_clock_that_is_set_back_holds_up_no_job_and_nothing_that_is_planned(
    daemon: Daemon, store: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    daemon.reload()  # the schedules fail once
    add_urls(store, "https://paper.example/a")
    monkeypatch.setattr(daemon, "_clock", lambda: after(days=-1))
    daemon._jobs.start(paused=True)
    daemon._jobs.add_job(print, "interval", seconds=15, id="heartbeat")
    set_back = store.planned.clock_set_back

    def away(*args: Any, **values: Any) -> Any:
        raise StoreError("the database does not answer")

    monkeypatch.setattr(store.planned, "clock_set_back", away)
    daemon._mind_clock(-timedelta(days=1))
    daemon._mind_clock(NO_STEP)
    assert caplog.text.count("could not be brought nearer") == 1  # it is told once
    assert daemon._jobs.get_job("heartbeat").next_run_time == after(days=-1)
    assert take_urls(store, 1, at=after(days=-1)) == []

    monkeypatch.setattr(store.planned, "clock_set_back", set_back)
    daemon._mind_clock(NO_STEP)
    assert take_urls(store, 1, at=after(days=-1)) == ["https://paper.example/a"]
    daemon._mind_clock(NO_STEP)
    assert take_urls(store, 2, at=after(days=-2)) == []  # once
    daemon._jobs.shutdown()


def test_a_clock_that_was_ahead_before_the_start_holds_up_nothing_that_is_planned(
    daemon: Daemon, store: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    daemon.reload()  # the schedules fail once
    add_urls(store, "https://paper.example/a", at=after(days=1000))
    store.slots.fire("paper", after(days=1000), missed_count=0, now=after(days=1000))
    daemon._look_for_a_clock_ahead()
    assert "1000 days" in caplog.text
    daemon._mind_clock(NO_STEP)
    assert take_urls(store, 1, at=NOW) == []

    monkeypatch.setattr("scheduler.clock_steps.SETTLING_SECONDS", 0)
    daemon._mind_clock(NO_STEP)
    assert take_urls(store, 1, at=NOW) == ["https://paper.example/a"]


def test_a_clock_that_is_set_forward_moves_nothing(daemon: Daemon, store: Store) -> None:
    daemon.reload()
    add_urls(store, "https://paper.example/a", at=after(hours=1))
    daemon._mind_clock(timedelta(hours=2))
    assert take_urls(store, 1, at=after(minutes=59)) == []
