"""Waiting for signals, with the system's own."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator

import pytest

from scheduler.bell import Bell


@pytest.fixture
def heard() -> Iterator[list[int]]:
    """The signals whose handler has run."""
    numbers: list[int] = []
    before = signal.signal(signal.SIGUSR1, lambda number, frame: numbers.append(number))
    yield numbers
    signal.signal(signal.SIGUSR1, before)


def test_a_signal_that_another_thread_is_given_ends_the_wait(heard: list[int]) -> None:
    done = threading.Event()
    other = threading.Thread(target=done.wait)
    other.start()
    with Bell() as bell:
        late = threading.Event()

        def end_it() -> None:
            late.set()
            bell.ring()

        fallback = threading.Timer(60, end_it)
        fallback.start()
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1})  # for this thread: the system takes the other
        try:
            os.kill(os.getpid(), signal.SIGUSR1)
            bell.wait()
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGUSR1})
            fallback.cancel()
            done.set()
            other.join()
            fallback.join()
    assert (heard, late.is_set()) == ([signal.SIGUSR1], False)


def test_a_signal_before_the_wait_ends_it(heard: list[int]) -> None:
    with Bell() as bell:
        os.kill(os.getpid(), signal.SIGUSR1)
        bell.wait()
    assert heard == [signal.SIGUSR1]


def test_it_is_rung_by_threads_and_as_often_as_they_like() -> None:
    with Bell() as bell:
        for _ in range(100_000):
            bell.ring()
        bell.wait()
        thread = threading.Thread(target=bell.ring)
        thread.start()
        bell.wait()
        thread.join()


def test_a_wait_may_have_a_limit() -> None:
    with Bell() as bell:
        bell.wait(0)
        bell.ring()
        bell.wait(600)
