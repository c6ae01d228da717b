"""Durations as people write them: a number and a unit in words."""

from __future__ import annotations

import re

_UNITS = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400, "week": 604_800}
_WRITTEN = re.compile(r"([0-9]{1,6})\s+(second|minute|hour|day|week)s?")
_NEARLY = re.compile(r"(?:every\s+)?([0-9]{1,6})\s*([a-z]*)\.?", re.IGNORECASE)


def parse_duration(text: str) -> int:
    """The seconds of a duration such as `10 minutes`; raises ValueError saying what to write instead.

    >>> parse_duration("90 seconds"), parse_duration("1 hour")
    (90, 3600)
    """
    written = _WRITTEN.fullmatch(text.strip().lower())
    if written is None:
        raise ValueError(f'is not a duration; write "{suggest_duration(text)}"')
    return int(written[1]) * _UNITS[written[2]]


def format_duration(seconds: int) -> str:
    """The shortest exact way to write a duration.

    >>> format_duration(600), format_duration(3600), format_duration(90)
    ('10 minutes', '1 hour', '90 seconds')
    """
    unit, size = next((unit, size) for unit, size in reversed(_UNITS.items()) if seconds % size == 0)
    return _counted(seconds // size, unit)


def suggest_duration(text: str) -> str:
    """What was probably meant by `15m`, `every 5` or `600`; minutes if the unit cannot be guessed."""
    nearly = _NEARLY.fullmatch(text.strip())
    if nearly is None:
        return "10 minutes"
    count, letter = int(nearly[1]), nearly[2][:1].lower()
    if not letter and count >= 60:  # a bare number this large was probably meant as seconds
        return format_duration(count)
    unit = next((unit for unit in _UNITS if letter and unit.startswith(letter)), "minute")
    return _counted(count, unit)


def _counted(count: int, unit: str) -> str:
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"
