"""Slots: the moments a schedule names, as pure functions of the schedule and the time.

A slot is named by its nominal time and fires once, `jitter_of` later. Cron lines follow the wall clock of their time
zone by cronsim's rules, which are those of Debian's cron: a line with a fixed time inside the gap of a spring change
fires at the first moment after the gap; in the fold of an autumn change it fires at the first occurrence; lines with
"*" or a step in the minute or hour continue by elapsed time through both.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from cronsim import CronSim

from news.schedule import Schedule

COUNTED_SLOTS = 10_000  # missed slots are counted only up to this many
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FOLD = timedelta(hours=2)  # in the second hour of a fold, times of the first still lie ahead; no fold is longer


@dataclass(frozen=True, kw_only=True, slots=True)
class DueSlot:
    """The newest slot that should have fired by now."""

    slot_at: datetime  # nominal time, UTC
    missed_count: int  # earlier slots that did not fire either; they are coalesced into this one


def jitter_of(schedule: Schedule, source_id: str, slot_at: datetime) -> timedelta:
    """How long after its nominal time a slot fires: spread over the jitter, but the same at every call."""
    if not schedule.jitter_seconds:
        return timedelta(0)
    name = f"{source_id} {slot_at.astimezone(UTC).isoformat()}".encode()
    drawn = int.from_bytes(hashlib.sha256(name).digest()[:8], "big") / 2**64
    return timedelta(seconds=drawn * schedule.jitter_seconds)


def slots_after(schedule: Schedule, after: datetime) -> Iterator[datetime]:
    """Every slot later than `after`, in order, in UTC; none for an adaptive schedule."""
    if schedule.cron is not None:
        local = after.astimezone(ZoneInfo(schedule.time_zone))
        yield from _later(schedule.cron, local, after)
    elif schedule.every_seconds is not None:
        step = timedelta(seconds=schedule.every_seconds)
        slot_at = _EPOCH + ((after - _EPOCH) // step + 1) * step
        while True:
            yield slot_at
            slot_at += step


def _later(cron: str, local: datetime, after: datetime) -> Iterator[datetime]:
    last = after
    for found in CronSim(cron, local):
        slot_at = found.astimezone(UTC)
        if slot_at > last:  # a fold must not yield the same moment twice
            yield slot_at
            last = slot_at


def due_slot(schedule: Schedule, source_id: str, *, last: datetime | None, now: datetime) -> DueSlot | None:
    """The slot to fire now; None when none is due.

    `last` is the newest slot that fired; a source that never fired is due at once, at its latest slot.
    """
    if schedule.is_adaptive:
        return None
    if last is None:
        return DueSlot(slot_at=_latest(schedule, now), missed_count=0)
    if schedule.every_seconds is not None:
        return _due_interval(schedule, source_id, last, now)
    found, count = None, 0
    for slot_at in islice(slots_after(schedule, last), COUNTED_SLOTS):
        if slot_at + jitter_of(schedule, source_id, slot_at) > now:
            break
        found, count = slot_at, count + 1
    return DueSlot(slot_at=found, missed_count=count - 1) if found else None


def _due_interval(schedule: Schedule, source_id: str, last: datetime, now: datetime) -> DueSlot | None:
    assert schedule.every_seconds is not None
    step = timedelta(seconds=schedule.every_seconds)
    newest = _EPOCH + ((now - _EPOCH) // step) * step
    if newest + jitter_of(schedule, source_id, newest) > now:
        newest -= step
    missed = (newest - last) // step - 1
    return DueSlot(slot_at=newest, missed_count=max(0, missed)) if newest > last else None


def _latest(schedule: Schedule, now: datetime) -> datetime:
    """The newest slot not later than now; now itself if there is none."""
    if schedule.every_seconds is not None:
        step = timedelta(seconds=schedule.every_seconds)
        return _EPOCH + ((now - _EPOCH) // step) * step
    assert schedule.cron is not None
    local = (now + _FOLD).astimezone(ZoneInfo(schedule.time_zone))
    for found in CronSim(schedule.cron, local, reverse=True):
        slot_at = found.astimezone(UTC)
        if slot_at <= now:
            return slot_at
    return now


def next_fire_at(schedule: Schedule, source_id: str, after: datetime) -> datetime | None:
    """When the next slot not fired by `after` fires; None if adaptive or for a line that never matches."""
    horizon = timedelta(seconds=schedule.jitter_seconds)
    for slot_at in slots_after(schedule, after - horizon - timedelta(microseconds=1)):
        fires_at = slot_at + jitter_of(schedule, source_id, slot_at)
        if fires_at > after:
            return fires_at
    return None
