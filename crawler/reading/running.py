"""Who runs a pure reading function for code that does not care where: a pool, or this process."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import ParamSpec, Protocol, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Read(Protocol):
    """Runs a reading function, perhaps in another process."""

    def __call__(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Awaitable[T]:
        """The function's result. Raises ReadingFailed."""


class BlockingRead(Protocol):
    """Runs a reading function, perhaps in another process, and waits for it."""

    def __call__(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """The function's result. Raises ReadingFailed."""
