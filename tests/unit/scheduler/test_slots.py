"""Slots: each once under any clock, missed ones coalesced, daylight saving by the stated rule."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.schedule import ADAPTIVE, Schedule
from scheduler.timing.slots import due_slot, jitter_of, next_fire_at, slots_after

BERLIN = "Europe/Berlin"
HOURLY = Schedule(every_seconds=3600)
SCHEDULES = [
    HOURLY,
    Schedule(every_seconds=600, jitter_seconds=90),
    Schedule(every_seconds=None, cron="30 2 * * *", time_zone=BERLIN),
    Schedule(every_seconds=None, cron="0 * * * *", time_zone=BERLIN),
    Schedule(every_seconds=None, cron="*/20 1-3 * * *", time_zone=BERLIN, jitter_seconds=30),
    Schedule(every_seconds=None, cron="15 2 * * 0", time_zone="America/New_York"),
]


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def cron(line: str) -> Schedule:
    return Schedule(every_seconds=None, cron=line, time_zone=BERLIN)


def slots(schedule: Schedule, start: str, end: str) -> list[str]:
    found: list[str] = []
    for slot_at in slots_after(schedule, utc(start)):
        if slot_at > utc(end):
            return found
        found.append(slot_at.strftime("%d %H:%M"))
    return found


def test_interval_slots_are_whole_multiples() -> None:
    assert slots(HOURLY, "2026-03-01 10:20", "2026-03-01 13:00") == ["01 11:00", "01 12:00", "01 13:00"]
    assert slots(HOURLY, "2026-03-01 11:00", "2026-03-01 12:30") == ["01 12:00"]


def test_a_fixed_time_in_the_gap_comes_right_after_it() -> None:
    assert slots(cron("30 2 * * *"), "2026-03-28 12:00", "2026-03-31 00:00") == ["29 01:00", "30 00:30"]


def test_a_fixed_time_in_the_fold_comes_in_the_first_of_the_two_hours() -> None:
    assert slots(cron("30 2 * * *"), "2026-10-24 12:00", "2026-10-26 12:00") == ["25 00:30", "26 01:30"]
    assert slots(cron("30 2 * * *"), "2026-10-25 01:05", "2026-10-26 12:00") == ["26 01:30"], "asked in the second"


def test_hours_by_star_follow_elapsed_time_through_gap_and_fold() -> None:
    assert slots(cron("0 * * * *"), "2026-03-28 23:30", "2026-03-29 02:30") == ["29 00:00", "29 01:00", "29 02:00"]
    assert slots(cron("0 * * * *"), "2026-10-24 23:30", "2026-10-25 02:30") == ["25 00:00", "25 01:00", "25 02:00"]


def test_a_source_that_never_fired_is_due_at_once_at_its_latest_slot() -> None:
    now = utc("2026-03-01 10:20")
    first = due_slot(HOURLY, "paper", last=None, now=now)
    assert first is not None
    assert (first.slot_at, first.missed_count) == (utc("2026-03-01 10:00"), 0)
    daily = due_slot(cron("0 6 * * *"), "paper", last=None, now=now)
    assert daily is not None
    assert daily.slot_at == utc("2026-03-01 05:00")


@pytest.mark.parametrize(
    ("line", "latest"), [("0 * * * *", "01:00"), ("*/20 2 * * *", "01:20"), ("30 2 * * *", "00:30")]
)
def test_a_source_that_is_new_in_the_second_hour_of_a_fold_is_due_at_the_slot_before(line: str, latest: str) -> None:
    first = due_slot(cron(line), "paper", last=None, now=utc("2026-10-25 01:25"))
    assert first is not None
    assert first.slot_at == utc(f"2026-10-25 {latest}")


def test_a_step_in_the_minutes_of_one_hour_follows_elapsed_time_too() -> None:
    assert slots(cron("*/30 2 * * *"), "2026-10-24 12:00", "2026-10-25 12:00") == [
        "25 00:00",
        "25 00:30",
        "25 01:00",
        "25 01:30",
    ]
    assert slots(cron("*/30 2 * * *"), "2026-03-28 12:00", "2026-03-30 00:05") == ["30 00:00"], "there was no such hour"


@pytest.mark.parametrize("schedule", [HOURLY, cron("0 * * * *")])
def test_three_days_off_are_one_slot(schedule: Schedule) -> None:
    due = due_slot(schedule, "paper", last=utc("2026-03-01 10:00"), now=utc("2026-03-04 10:05"))
    assert due is not None
    assert (due.slot_at, due.missed_count) == (utc("2026-03-04 10:00"), 71)


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_nothing_is_due_when_the_clock_stepped_back(schedule: Schedule) -> None:
    last = next(slots_after(schedule, utc("2026-03-01 10:00")))
    assert due_slot(schedule, "paper", last=last, now=last - timedelta(hours=1)) is None


def test_an_adaptive_source_has_no_slots() -> None:
    assert due_slot(ADAPTIVE, "paper", last=None, now=utc("2026-03-01 10:00")) is None
    assert next_fire_at(ADAPTIVE, "paper", utc("2026-03-01 10:00")) is None


def test_jitter_is_spread_and_always_the_same() -> None:
    schedule = Schedule(every_seconds=600, jitter_seconds=100)
    slot_at = utc("2026-03-01 10:00")
    drawn = [jitter_of(schedule, f"source-{number}", slot_at).total_seconds() for number in range(200)]
    assert drawn == [jitter_of(schedule, f"source-{number}", slot_at).total_seconds() for number in range(200)]
    assert min(drawn) < 10
    assert max(drawn) > 90
    assert max(drawn) <= 100


def test_a_slot_fires_after_its_jitter() -> None:
    schedule = Schedule(every_seconds=600, jitter_seconds=100)
    slot_at, last = utc("2026-03-01 10:10"), utc("2026-03-01 10:00")
    fires_at = slot_at + jitter_of(schedule, "paper", slot_at)
    assert next_fire_at(schedule, "paper", last + timedelta(seconds=101)) == fires_at
    assert due_slot(schedule, "paper", last=last, now=fires_at - timedelta(microseconds=1)) is None
    assert due_slot(schedule, "paper", last=last, now=fires_at) is not None


moments = st.integers(0, 370 * 86_400).map(lambda seconds: utc("2026-01-01 00:00") + timedelta(seconds=seconds))


@given(schedule=st.sampled_from(SCHEDULES), start=moments, steps=st.lists(st.integers(-7200, 90_000), max_size=30))
def test_under_any_clock_each_slot_fires_at_most_once_and_none_is_dropped(
    schedule: Schedule, start: datetime, steps: list[int]
) -> None:
    """Slots that fired, those they stand for included, are exactly the schedule's, whatever the clock does."""
    first = next(slots_after(schedule, start))
    fired, stood_for, now = [first], 0, first
    for seconds in steps:
        now += timedelta(seconds=seconds)
        due = due_slot(schedule, "paper", last=fired[-1], now=now)
        if due is not None:
            fired.append(due.slot_at)
            stood_for += due.missed_count
    assert all(earlier < later for earlier, later in pairwise(fired))
    expected = 0
    for slot_at in slots_after(schedule, first):
        if slot_at > fired[-1]:
            break
        expected += 1
    assert len(fired) - 1 + stood_for == expected


@given(schedule=st.sampled_from(SCHEDULES), after=moments)
def test_the_next_fire_is_the_moment_the_next_slot_is_due(schedule: Schedule, after: datetime) -> None:
    last = next(slots_after(schedule, after))
    fired_at = last + jitter_of(schedule, "paper", last)
    fires_at = next_fire_at(schedule, "paper", fired_at)
    assert fires_at is not None
    assert due_slot(schedule, "paper", last=last, now=fires_at) is not None
    assert due_slot(schedule, "paper", last=last, now=fires_at - timedelta(microseconds=1)) is None
