"""Counts of whole tables: where that takes long, the last one serves for a while."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")
MANY = 100_000  # rows; fewer are counted in some milliseconds
SERVES_SECONDS = 30.0  # a choice: a page of figures is looked at, and measured, several times a minute


class LargeCount(Generic[T]):
    """One count, shared by threads: of few rows always that of now, of many at most so old."""

    def __init__(self, rows_of: Callable[[T], int], *, monotonic: Callable[[], float] = time.monotonic) -> None:
        """`rows_of` says how many rows were counted."""
        self._rows_of = rows_of
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._kept: T | None = None
        self._until = 0.0  # monotonic

    def get(self, count: Callable[[], T]) -> T:
        """The count; `count` makes it."""
        with self._lock:  # of several that ask at once one counts
            if self._kept is None or self._monotonic() >= self._until:
                self._kept = count()
                self._until = self._monotonic() + SERVES_SECONDS if self._rows_of(self._kept) >= MANY else 0.0
            return self._kept
