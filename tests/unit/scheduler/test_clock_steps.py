"""Noticing that the clock was set."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from scheduler.timing.clock_steps import LEAST_BEHIND, NO_STEP, SETTLING_SECONDS, ClockBehind, ClockSteps

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Machine:
    """Its clock, and the time that passes."""

    def __init__(self) -> None:
        self.now = NOON
        self.passed = 1000.0

    def run(self, seconds: float, *, set_by: float = 0.0) -> None:
        self.passed += seconds
        self.now += timedelta(seconds=seconds + set_by)


def steps_of(machine: Machine) -> ClockSteps:
    return ClockSteps(lambda: machine.now, passed=lambda: machine.passed)


def test_a_clock_that_goes_on_was_not_set_however_long_nobody_looked() -> None:
    machine = Machine()
    steps = steps_of(machine)
    for seconds in (0, 1, 90_000):
        machine.run(seconds)
        assert steps.since_last() == NO_STEP


def test_a_step_is_told_once_with_its_direction() -> None:
    machine = Machine()
    steps = steps_of(machine)
    for set_by in (7200, -7200, -86_400):
        machine.run(1, set_by=set_by)
        assert steps.since_last() == timedelta(seconds=set_by)
        machine.run(1)
        assert steps.since_last() == NO_STEP


def test_a_clock_that_is_kept_right_was_not_set() -> None:
    machine = Machine()
    steps = steps_of(machine)
    for _ in range(100):
        machine.run(1, set_by=-0.5)
        assert steps.since_last() == NO_STEP


def behind_of(machine: Machine, reached_at: datetime | None) -> ClockBehind:
    return ClockBehind(reached_at, lambda: machine.now, passed=lambda: machine.passed)


def test_a_clock_that_stays_behind_the_record_was_ahead_then_and_that_is_told_once() -> None:
    machine = Machine()
    behind = behind_of(machine, NOON + timedelta(days=1000))
    assert behind.by() == timedelta(days=1000)
    machine.run(SETTLING_SECONDS - 1)
    assert behind.settled() == NO_STEP
    machine.run(1)
    assert behind.settled() == timedelta(days=1000, seconds=-SETTLING_SECONDS)
    assert behind.settled() == NO_STEP


def test_a_clock_that_is_set_meanwhile_was_right_then() -> None:
    machine = Machine()
    behind = behind_of(machine, NOON + timedelta(days=1000))
    machine.run(SETTLING_SECONDS / 2, set_by=1000 * 86_400)
    assert behind.settled() == NO_STEP
    machine.run(SETTLING_SECONDS, set_by=-1000 * 86_400)  # that is a step, which others tell
    assert behind.settled() == NO_STEP


def test_a_little_behind_is_not_behind() -> None:
    for reached_at in (None, NOON, NOON + LEAST_BEHIND):
        assert behind_of(Machine(), reached_at).by() == NO_STEP
