"""Schedules against a real store, under a clock of the test's: what is missed is made good once, nothing twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from config.sources import SourceSet
from news.errors import StoreError
from news.schedule import ADAPTIVE, Schedule
from news.source import Source
from news.triggers import Trigger
from scheduler.timing.schedules import Schedules, make_jobs
from store.service import Store
from tests.support.stores import NOW, Place, after

HOURLY = Schedule(every_seconds=3600)
PAPER = Source(
    id="paper",
    name="Paper",
    home_url="https://paper.example/",
    feeds=("https://paper.example/feed",),
    hosts=("paper.example",),
    schedule=HOURLY,
)


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


class Followed:
    """Schedules over one store; `due` counts how often something came due."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.clock = Clock()
        self.jobs: Any = make_jobs()
        self.due_count = 0
        self.schedules = self.start()

    def start(self) -> Schedules:
        """As a daemon does at its start."""
        return Schedules(self.store, self.jobs, clock=self.clock, on_due=self._count)

    def _count(self) -> None:
        self.due_count += 1

    def follow(self, *sources: Source) -> None:
        self.schedules.follow(
            SourceSet(by_id={each.id: each for each in sources}, files={each.id: "" for each in sources})
        )

    def job_ids(self) -> set[str]:
        return {job.id for job in self.jobs.get_jobs()} - {"tick"}


@pytest.fixture
def followed(tmp_path: Path) -> Iterator[Followed]:
    place = Place(tmp_path / "data", None)
    yield Followed(place.open())
    place.close()


def fired(followed: Followed) -> list[tuple[datetime, int]]:
    return [(slot.slot_at, slot.missed_count) for slot in followed.store.slots.recent("paper", limit=100)][::-1]


def test_a_new_source_is_due_at_once_and_its_documents_are_known(followed: Followed) -> None:
    followed.follow(PAPER)
    assert fired(followed) == [(NOW, 0)]
    assert followed.due_count == 1
    assert followed.store.frontier.find("https://paper.example/feed") is not None


def test_three_days_off_are_made_good_by_one_crawl(followed: Followed) -> None:
    followed.follow(PAPER)
    followed.clock.now = after(days=3, minutes=5)
    followed.schedules = followed.start()
    followed.follow(PAPER)
    followed.follow(PAPER)
    assert fired(followed) == [(NOW, 0), (after(days=3), 71)]
    assert followed.due_count == 2


def test_a_clock_that_steps_fires_no_slot_twice(followed: Followed) -> None:
    followed.follow(PAPER)
    for hours in (1, 0, 1, 2.5, 1.5, 2.5, 3):
        followed.clock.now = after(hours=hours)
        followed.schedules.fire(PAPER)
    slots = [slot_at for slot_at, _ in fired(followed)]
    assert slots == [NOW, after(hours=1), after(hours=2), after(hours=3)]


def test_a_source_that_is_removed_or_switched_off_is_dropped(followed: Followed) -> None:
    other = replace(PAPER, id="other")
    followed.follow(PAPER, other)
    assert followed.job_ids() == {"source:paper", "source:other"}
    followed.follow(replace(PAPER, enabled=False))
    assert followed.job_ids() == set()
    assert followed.due_count == 2


def test_a_changed_schedule_counts_from_now_on(followed: Followed) -> None:
    followed.follow(PAPER)
    followed.follow(replace(PAPER, schedule=Schedule(every_seconds=86_400)))
    followed.clock.now = after(hours=2)
    followed.schedules.fire(replace(PAPER, schedule=Schedule(every_seconds=86_400)))
    assert len(fired(followed)) == 1


def test_a_slot_during_a_crawl_begins_no_other(followed: Followed, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    followed.follow(PAPER)
    run_id = followed.store.runs.start("paper", Trigger.SCHEDULE, now=NOW)
    followed.clock.now = after(hours=1)
    followed.schedules.fire(PAPER)
    assert f"with no crawl of its own: run {run_id} was still under way" in caplog.text


def test_an_adaptive_source_is_begun_once_and_then_follows_its_feeds(followed: Followed) -> None:
    adaptive = replace(PAPER, schedule=ADAPTIVE, feeds=())
    followed.follow(adaptive)
    followed.clock.now = after(days=1)
    followed.follow(adaptive)
    assert fired(followed) == [(NOW, 0)]
    assert followed.job_ids() == set()


def test_the_trigger_names_the_next_slot_after_the_last_one(followed: Followed) -> None:
    followed.follow(PAPER)
    (job,) = (job for job in followed.jobs.get_jobs() if job.id != "tick")
    assert job.trigger.get_next_fire_time(None, after(minutes=5)) == after(hours=1)
    ahead = NOW + timedelta(hours=1)  # it has fired already when the clock steps back
    assert job.trigger.get_next_fire_time(ahead, after(minutes=5)) == after(hours=2)


def test_slots_that_cannot_be_written_are_told_once_and_made_good(
    followed: Followed, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = replace(PAPER, id="other")
    followed.follow(PAPER, other)
    followed.clock.now = after(hours=1)
    fire = followed.store.slots.fire

    def full(*args: Any, **values: Any) -> Any:
        raise StoreError("no space left")

    monkeypatch.setattr(followed.store.slots, "fire", full)
    for _ in range(3):
        followed.schedules.fire(PAPER)
        followed.schedules.fire(other)
    monkeypatch.setattr(followed.store.slots, "fire", fire)
    followed.schedules.fire(PAPER)
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == [
        "slots cannot be written: no space left"
    ]
    assert fired(followed) == [(NOW, 0), (after(hours=1), 0)]
