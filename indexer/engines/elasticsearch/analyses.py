"""The analyses an index holds: a query is read in each of them, and most installations have only a few.

The server is asked at most every ANALYSES_SECONDS; what this process writes counts at once. A language that another
process writes for the first time is searched in its own reading after that delay.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable

from indexer.analysis.languages import ANALYSIS_CODES

ANALYSES_SECONDS = 10.0


class KnownAnalyses:
    """The analyses an index holds. Safe to share by threads."""

    def __init__(self, ask: Callable[[], Iterable[str]], *, clock: Callable[[], float] = time.monotonic) -> None:
        """`ask` returns those that are in the index now."""
        self._ask = ask
        self._clock = clock
        self._lock = threading.Lock()
        self._held: frozenset[str] = frozenset()
        self._written: frozenset[str] = frozenset()
        self._asked_at: float | None = None

    def current(self) -> tuple[str, ...]:
        """All of them, in the order of ANALYSIS_CODES. Raises what `ask` raises."""
        now = self._clock()
        with self._lock:
            fresh = self._asked_at is not None and now - self._asked_at < ANALYSES_SECONDS
        if not fresh:
            held = frozenset(self._ask())
            with self._lock:
                self._held, self._asked_at = held, now
        known = self._held | self._written
        return tuple(code for code in ANALYSIS_CODES if code in known)

    def wrote(self, analysis: str) -> None:
        """Note that an article of this analysis is on its way into the index."""
        if analysis not in self._written:
            with self._lock:
                self._written |= {analysis}
