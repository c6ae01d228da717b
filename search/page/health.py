"""The health of a source at a glance: one state, why, and since when; pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from search.operations.overview import SourceOverview
from search.operations.troubles import source_troubles
from store.learned.audits import AlarmView


class HealthState(StrEnum):
    """The states, the worst first, as lists order them."""

    TROUBLE = "trouble"  # news may be missed
    WAITING = "waiting"  # never crawled yet, or paused
    WELL = "well"
    OFF = "off"  # crawled only on request


@dataclass(frozen=True, kw_only=True, slots=True)
class Health:
    """A source's state."""

    state: HealthState
    why: str
    since_at: datetime | None = None  # None = unknown, or always


def health_of(row: SourceOverview, alarms: Collection[AlarmView]) -> Health:
    """The first state that applies, in order of importance; `alarms` are the current ones of all sources."""
    if row.paused_at is not None:
        return Health(state=HealthState.WAITING, why="paused", since_at=row.paused_at)
    if not row.source.enabled:
        return Health(state=HealthState.OFF, why="off")
    if troubles := source_troubles(row, alarms):
        return Health(state=HealthState.TROUBLE, why=troubles[0].what, since_at=troubles[0].since_at)
    if row.figures.last_success_at is None:
        return Health(state=HealthState.WAITING, why="not crawled yet")
    return Health(state=HealthState.WELL, why="well")


def tally_of(healths: Collection[Health], *, unfollowed_count: int = 0) -> str:
    """How many are in each state, and how many sources no file describes.

    >>> tally_of([Health(state=HealthState.WELL, why="well"), Health(state=HealthState.OFF, why="off")])
    '1 well, 1 off'
    >>> tally_of([Health(state=HealthState.WELL, why="well")], unfollowed_count=2)
    '1 well, 2 not followed'
    """
    words = {HealthState.TROUBLE: "in trouble"}
    counts = {words.get(state, state): sum(health.state is state for health in healths) for state in HealthState}
    counts["not followed"] = unfollowed_count
    met = {word: number for word, number in counts.items() if number}
    if len(met) == 1:
        return f"all {next(iter(met))}"
    return ", ".join(f"{number:,} {word}" for word, number in met.items())
