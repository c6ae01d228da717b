"""What keeps answers away, for the log: over HTTP nobody is told where store and engine lie, or who signs in there."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

AGAIN_SECONDS = 600.0  # a choice: an outage stays in sight, and a thousand requests an hour do not fill the log

_log = logging.getLogger(__name__)


class Outages:
    """Tells of each part when it begins to fail, when it fails otherwise, and now and then while it fails."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._told: dict[str, tuple[str, float]] = {}

    def note(self, part: str, why: str) -> None:
        """A request was not answered because this part failed."""
        told, told_at = self._told.get(part, ("", 0.0))
        now = self._clock()
        if why == told and now - told_at < AGAIN_SECONDS:
            return
        self._told[part] = why, now
        _log.error("a request was not answered, the %s failed: %s", part, why)
