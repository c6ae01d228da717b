"""How well a source is followed, at a glance: one state, why, and since when; pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from search.operations import SourceOverview
from store.learned.audits import AlarmView


class HealthState(StrEnum):
    """The worst first, as lists have them."""

    TROUBLE = "trouble"  # news may be missed
    WAITING = "waiting"  # never crawled yet, or paused
    WELL = "well"
    OFF = "off"  # crawled only when asked


@dataclass(frozen=True, kw_only=True, slots=True)
class Health:
    """A source's state."""

    state: HealthState
    why: str
    since_at: datetime | None = None  # None = not known, or since ever


def health_of(row: SourceOverview, alarms: Collection[AlarmView]) -> Health:
    """The first that holds of what people would want to know; `alarms` are those that stand of all sources."""
    figures, last_run = row.figures, row.figures.last_run
    if row.paused_at is not None:
        return Health(state=HealthState.WAITING, why="paused", since_at=row.paused_at)
    if not row.source.enabled:
        return Health(state=HealthState.OFF, why="off")
    if number := figures.failing_documents:
        why = f"{number} of its documents fail{'s' if number == 1 else ''}"
        return Health(state=HealthState.TROUBLE, why=why, since_at=figures.documents_failing_since)
    if last_run is not None and last_run.finish_reason == "failed":
        return Health(state=HealthState.TROUBLE, why="no crawl ended well", since_at=figures.last_success_at)
    if alarm := min((a for a in alarms if a.source_id == row.source.id), key=lambda a: a.since_at, default=None):
        return Health(state=HealthState.TROUBLE, why=alarm.kind.replace("_", " "), since_at=alarm.since_at)
    if figures.silent_since is not None:
        return Health(state=HealthState.TROUBLE, why="nothing new is found", since_at=figures.silent_since)
    if figures.last_success_at is None:
        return Health(state=HealthState.WAITING, why="not crawled yet")
    return Health(state=HealthState.WELL, why="well")


def tally_of(healths: Collection[Health]) -> str:
    """How many there are of each state.

    >>> tally_of([Health(state=HealthState.WELL, why="well"), Health(state=HealthState.OFF, why="off")])
    '1 well, 1 off'
    """
    words = {HealthState.TROUBLE: "in trouble"}
    counts = {words.get(state, state): sum(health.state is state for health in healths) for state in HealthState}
    met = {word: number for word, number in counts.items() if number}
    if len(met) == 1:
        return f"all {next(iter(met))}"
    return ", ".join(f"{number:,} {word}" for word, number in met.items())
