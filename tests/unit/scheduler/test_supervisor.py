"""A worker is replaced when it ends, later after each crash, and never outlives its supervisor."""

from __future__ import annotations

import sys
import threading

import pytest

from scheduler.supervisor import Supervisor

LIMIT_SECONDS = 600


def supervised(program: str, **callbacks: object) -> Supervisor:
    return Supervisor([sys.executable, "-c", program], **callbacks)  # type: ignore[arg-type]  # its own keywords


def test_what_the_worker_saved_is_told_and_a_stop_ends_it() -> None:
    saved = threading.Event()
    program = "import sys; print('saved', flush=True); [exit(0) for line in sys.stdin if line == 'stop\\n']"
    supervisor = supervised(program, on_saved=saved.set)
    supervisor.start()
    assert saved.wait(LIMIT_SECONDS)
    assert supervisor.stop(within_seconds=LIMIT_SECONDS)
    assert supervisor.pid is None


def test_a_worker_that_finished_is_replaced_at_once_and_one_that_crashed_is_counted() -> None:
    deaths = threading.Semaphore(0)
    finished = supervised("", on_death=deaths.release)
    finished.start()
    assert all(deaths.acquire(timeout=LIMIT_SECONDS) for _ in range(3))
    assert finished.crash_count == 0
    finished.stop(within_seconds=LIMIT_SECONDS)

    crashed = supervised("raise SystemExit(3)", on_death=deaths.release)
    crashed.start()
    assert all(deaths.acquire(timeout=LIMIT_SECONDS) for _ in range(2))
    crashed.stop(within_seconds=LIMIT_SECONDS)
    assert crashed.crash_count >= 1


def test_a_worker_that_does_not_listen_is_killed() -> None:
    begun = threading.Event()
    supervisor = supervised("import time; print('saved', flush=True); time.sleep(600)", on_saved=begun.set)
    supervisor.start()
    assert begun.wait(LIMIT_SECONDS)
    assert not supervisor.stop(within_seconds=0.1)
    assert supervisor.pid is None


def test_a_worker_that_cannot_be_started_is_tried_again() -> None:
    deaths = threading.Semaphore(0)
    supervisor = Supervisor(["/nowhere/python"], on_death=deaths.release)
    supervisor.start()
    assert all(deaths.acquire(timeout=LIMIT_SECONDS) for _ in range(2))
    assert supervisor.stop(within_seconds=LIMIT_SECONDS)
    assert supervisor.crash_count >= 1


def test_a_system_with_no_thread_to_watch_a_worker_by_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    start, refused = threading.Thread.start, threading.Event()

    def refusing_once(thread: threading.Thread) -> None:
        if thread.name == "watchdog" and not refused.is_set():
            refused.set()
            raise RuntimeError("can't start new thread")
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", refusing_once)
    saved = threading.Event()
    supervisor = supervised("import sys; print('saved', flush=True); sys.stdin.readline()", on_saved=saved.set)
    supervisor.start()
    assert saved.wait(LIMIT_SECONDS)
    assert refused.is_set()
    assert supervisor.stop(within_seconds=LIMIT_SECONDS)


def test_a_worker_that_hangs_is_replaced() -> None:
    deaths = threading.Semaphore(0)
    supervisor = supervised("import time; time.sleep(600)", on_death=deaths.release, silent_seconds=0.1)
    supervisor.start()
    assert all(deaths.acquire(timeout=LIMIT_SECONDS) for _ in range(2))
    assert supervisor.stop(within_seconds=LIMIT_SECONDS)


def test_a_worker_that_hangs_with_its_input_full_holds_nobody() -> None:
    begun = threading.Event()
    program = "import time; print('saved', flush=True); time.sleep(600)"
    supervisor = supervised(program, on_saved=begun.set, silent_seconds=1.0)
    supervisor.start()
    assert begun.wait(LIMIT_SECONDS)
    supervisor.tell("wake" * 100_000)  # more than a pipe takes
    assert supervisor.stop(within_seconds=LIMIT_SECONDS)
