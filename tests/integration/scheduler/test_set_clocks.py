"""A clock that is set, or was ahead, holds up no job and nothing that the record plans."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from news.errors import StoreError
from scheduler.timing.clock_steps import NO_STEP
from scheduler.timing.schedules import Schedules, make_jobs
from scheduler.timing.set_clocks import ClockMinder
from store.service import Store
from tests.support.stores import NOW, add_urls, after, take_urls


class Minded:
    """A clock that is minded; `now` is what it says."""

    def __init__(self, store: Store) -> None:
        self.now = NOW
        self.sooner_count = 0
        self.jobs = make_jobs()
        self.jobs.start(paused=True)
        schedules = Schedules(store, self.jobs, clock=self.clock)
        self.minder = ClockMinder(store, self.jobs, schedules, clock=self.clock, on_sooner=self._sooner)

    def clock(self) -> datetime:
        return self.now

    def _sooner(self) -> None:
        self.sooner_count += 1


@pytest.fixture
def minded(store: Store) -> Iterator[Minded]:
    found = Minded(store)
    yield found
    found.jobs.shutdown()


def test_a_clock_that_is_set_back_holds_up_no_job_and_nothing_that_is_planned(
    minded: Minded, store: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    add_urls(store, "https://paper.example/a")
    minded.now = after(days=-1)
    minded.jobs.add_job(print, "interval", seconds=15, id="heartbeat")
    set_back: Callable[..., Any] = store.planned.clock_set_back

    def away(*args: Any, **values: Any) -> Any:
        raise StoreError("the database does not answer")

    monkeypatch.setattr(store.planned, "clock_set_back", away)
    minded.minder.mind(-timedelta(days=1))
    minded.minder.mind(NO_STEP)
    assert caplog.text.count("could not be brought nearer") == 1  # it is told once
    assert minded.jobs.get_job("heartbeat").next_run_time == after(days=-1)
    assert take_urls(store, 1, at=after(days=-1)) == []
    assert minded.sooner_count == 0

    monkeypatch.setattr(store.planned, "clock_set_back", set_back)
    minded.minder.mind(NO_STEP)
    assert take_urls(store, 1, at=after(days=-1)) == ["https://paper.example/a"]
    minded.minder.mind(NO_STEP)
    assert take_urls(store, 2, at=after(days=-2)) == []
    assert minded.sooner_count == 1


def test_a_clock_that_was_ahead_before_the_start_holds_up_nothing_that_is_planned(
    minded: Minded, store: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    add_urls(store, "https://paper.example/a", at=after(days=1000))
    store.slots.fire("paper", after(days=1000), missed_count=0, now=after(days=1000))
    minded.minder.look_for_a_clock_ahead()
    assert "1000 days" in caplog.text
    minded.minder.mind(NO_STEP)
    assert take_urls(store, 1, at=NOW) == []

    monkeypatch.setattr("scheduler.timing.clock_steps.SETTLING_SECONDS", 0)
    minded.minder.mind(NO_STEP)
    assert take_urls(store, 1, at=NOW) == ["https://paper.example/a"]


def test_a_clock_that_is_set_forward_moves_nothing(minded: Minded, store: Store) -> None:
    add_urls(store, "https://paper.example/a", at=after(hours=1))
    minded.minder.mind(timedelta(hours=2))
    assert take_urls(store, 1, at=after(minutes=59)) == []
    assert minded.sooner_count == 0
