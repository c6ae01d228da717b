"""A source's schedule as its file states it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Schedule:
    """An interval or a cron line; with neither, each feed's own pace decides (adaptive)."""

    every_seconds: int | None = 600  # slots at whole multiples of this since 1970, UTC
    cron: str | None = None  # five fields; slots are where the clock of `time_zone` matches
    time_zone: str = "UTC"  # IANA name
    jitter_seconds: int = 0  # a slot fires up to this much later, always by the same amount

    @property
    def is_adaptive(self) -> bool:
        """Whether the feeds' own pace decides instead of fixed slots."""
        return self.every_seconds is None and self.cron is None

    def __str__(self) -> str:
        if self.cron is not None:
            return f"{self.cron} ({self.time_zone})"
        return f"every {_in_words(self.every_seconds)}" if self.every_seconds is not None else "adaptive"


def _in_words(seconds: int) -> str:
    """A duration as source files write it, in the largest unit that divides it.

    >>> _in_words(600), _in_words(3600), _in_words(90)
    ('10 minutes', '1 hour', '90 seconds')
    """
    units = (("week", 604_800), ("day", 86_400), ("hour", 3600), ("minute", 60), ("second", 1))
    name, length = next((name, length) for name, length in units if seconds % length == 0)
    count = seconds // length
    return f"{count} {name}{'s' if count != 1 else ''}"


ADAPTIVE = Schedule(every_seconds=None)
ADAPTIVE_BASE_SECONDS = 600  # the least time between two polls of an adaptive source
