"""A small memory of answers that are likely to be needed again soon."""

from __future__ import annotations

from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class Remembered(Generic[T]):
    """Keeps a number of answers, the oldest of which gives way to a new one; threads may share it."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._known: dict[Hashable, T] = {}
        self._lock = Lock()

    def recall(self, key: Hashable) -> T | None:
        """The answer, if it is known."""
        with self._lock:
            return self._known.get(key)

    def remember(self, key: Hashable, answer: T) -> None:
        """Keep this answer."""
        with self._lock:
            if len(self._known) >= self._most:
                del self._known[next(iter(self._known))]
            self._known[key] = answer
