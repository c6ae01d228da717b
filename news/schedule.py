"""When a source is asked for news: what its file says, as values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Schedule:
    """Either an interval or a cron line; neither means that each feed's own pace decides (adaptive)."""

    every_seconds: int | None = 600  # slots at whole multiples of this since 1970, UTC
    cron: str | None = None  # five fields; slots are where the clock of `time_zone` matches
    time_zone: str = "UTC"  # IANA name
    jitter_seconds: int = 0  # a slot fires up to so much later, by the same amount whenever it is worked out

    @property
    def is_adaptive(self) -> bool:
        """Whether the feeds' own pace decides instead of slots."""
        return self.every_seconds is None and self.cron is None

    def __str__(self) -> str:
        if self.cron is not None:
            return f"{self.cron} ({self.time_zone})"
        return f"every {self.every_seconds} s" if self.every_seconds is not None else "adaptive"


ADAPTIVE = Schedule(every_seconds=None)
ADAPTIVE_BASE_SECONDS = 600  # the least time between two polls of an adaptive source
