"""Counts of whole tables; a count that takes long is reused for a while."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")
MANY = 100_000  # rows; fewer are counted in milliseconds
SERVES_SECONDS = 30.0  # a choice: pages of figures are viewed, and metrics scraped, several times a minute


class LargeCount(Generic[T]):
    """One count, shared by threads: always current for few rows, at most SERVES_SECONDS old for many."""

    def __init__(self, rows_of: Callable[[T], int], *, monotonic: Callable[[], float] = time.monotonic) -> None:
        """`rows_of` gives the number of rows that a count went through."""
        self._rows_of = rows_of
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._kept: T | None = None
        self._until = 0.0  # monotonic

    def get(self, count: Callable[[], T]) -> T:
        """The count, made by `count` unless the last one still serves."""
        with self._lock:  # if several ask at once, only one counts
            if self._kept is None or self._monotonic() >= self._until:
                self._kept = count()
                self._until = self._monotonic() + SERVES_SECONDS if self._rows_of(self._kept) >= MANY else 0.0
            return self._kept
