"""Schedules as people write them: an interval, a cron line, or "adaptive"."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from itertools import islice

from cronsim import CronSim, CronSimError

from config.durations import parse_duration, suggest_duration
from news.schedule import ADAPTIVE, Schedule

LEAST_SECONDS = 10
MOST_SECONDS = 31 * 86_400
_EVERY = re.compile(r"every\s+(.+)", re.IGNORECASE)
_CRON_FIELDS = 5


def parse_schedule(text: str) -> Schedule:
    """The schedule a line describes, in UTC and without jitter; raises ValueError saying what to write instead.

    >>> parse_schedule("every 10 minutes").every_seconds
    600
    >>> parse_schedule("*/15 6-23 * * *").cron
    '*/15 6-23 * * *'
    """
    written = " ".join(text.split())
    if written.lower() == "adaptive":
        return ADAPTIVE
    if len(written.split(" ")) == _CRON_FIELDS and not _EVERY.fullmatch(written):
        return _cron(written)
    every = _EVERY.fullmatch(written)
    try:
        seconds = parse_duration(every[1] if every else "")
    except ValueError:
        wanted = f"every {suggest_duration(written)}"
        raise ValueError(f'is not a cron line or an interval; write "{wanted}"') from None
    if not LEAST_SECONDS <= seconds <= MOST_SECONDS:
        raise ValueError('is out of bounds; write an interval from "every 10 seconds" to "every 31 days"')
    return Schedule(every_seconds=seconds)


def _cron(line: str) -> Schedule:
    try:
        matches = list(islice(CronSim(line, datetime(2026, 1, 1, tzinfo=UTC)), 1))
    except CronSimError as error:
        raise ValueError(f'is not a cron line ({error}); write one such as "*/15 6-23 * * *"') from None
    if not matches:
        raise ValueError("never comes due; write a day and month that exist together")
    return Schedule(every_seconds=None, cron=line)
