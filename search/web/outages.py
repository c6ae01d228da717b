"""Logging of outages: over HTTP nobody is told where the store and the engine are, or which user connects."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

AGAIN_SECONDS = 600.0  # a choice: an outage stays visible, without a thousand requests an hour filling the log

_log = logging.getLogger(__name__)


class Outages:
    """Logs for each part when it starts to fail, when the reason changes, and occasionally while it fails."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._told: dict[str, tuple[str, float]] = {}

    def note(self, part: str, why: str) -> None:
        """Note that a request was not answered because this part failed."""
        told, told_at = self._told.get(part, ("", 0.0))
        now = self._clock()
        if why == told and now - told_at < AGAIN_SECONDS:
            return
        self._told[part] = why, now
        _log.error("a request was not answered, the %s failed: %s", part, why)
