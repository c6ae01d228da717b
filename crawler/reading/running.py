"""Who runs a function for code that does not care where: a pool of processes, a thread, or this process."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import ParamSpec, Protocol, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Runner(Protocol):
    """Runs a blocking function, such as one of the store, or a reading function."""

    def __call__(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Awaitable[T]:
        """The function's result. Raises ReadingFailed if it was a reading function that gave none."""


class BlockingRunner(Protocol):
    """Runs a reading function and waits for it."""

    def __call__(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """The function's result. Raises ReadingFailed."""
