"""What a crawl has done in reading processes and in the writer's thread, done where it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from config.settings import ExtractionSettings
from crawler.reading.pool import ReadingPool
from crawler.recording.recorder import Recorder

P = ParamSpec("P")
T = TypeVar("T")


async def at_once(function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """The function's result."""
    return function(*args, **kwargs)


class InThisProcess(ReadingPool):
    """A pool that reads in place."""

    def __init__(self) -> None:
        super().__init__(ExtractionSettings(processes=1))  # none is started before the first page

    async def run(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """The function's result."""
        return function(*args, **kwargs)


class AtOnce(Recorder):
    """A recorder that calls the store in place: simulated time stands still meanwhile."""

    async def call(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """The function's result."""
        return function(*args, **kwargs)
