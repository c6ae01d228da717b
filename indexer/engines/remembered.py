"""The last answers to what is asked again soon."""

from __future__ import annotations

from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class Remembered(Generic[T]):
    """So many answers, the oldest of which gives way to a new one; threads may share them."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._known: dict[Hashable, T] = {}
        self._lock = Lock()

    def recall(self, key: Hashable) -> T | None:
        """The answer, if it is known."""
        with self._lock:
            return self._known.get(key)

    def remember(self, key: Hashable, answer: T) -> None:
        """The answer from now on."""
        with self._lock:
            if len(self._known) >= self._most:
                del self._known[next(iter(self._known))]
            self._known[key] = answer
