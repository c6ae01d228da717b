"""What is made ahead: one at a time, in order, and nothing after an end."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing

import pytest

from indexer.ahead import ahead

LIMIT_SECONDS = 600  # of waiting for another thread


class Makings:
    """A series that notes what was made of it."""

    def __init__(self, count: int) -> None:
        self.made: list[int] = []
        self._count = count
        self._more = threading.Condition()

    def __iter__(self) -> Iterator[int]:
        for number in range(self._count):
            with self._more:
                self.made.append(number)
                self._more.notify_all()
            yield number

    def wait_for(self, count: int) -> bool:
        """Whether so many were made in time."""
        with self._more:
            return self._more.wait_for(lambda: len(self.made) >= count, LIMIT_SECONDS)


def test_the_next_is_made_while_one_is_used_and_no_more() -> None:
    makings = Makings(5)
    for number in ahead(iter(makings)):
        assert makings.wait_for(min(number + 2, 5))
        assert len(makings.made) <= number + 2
    assert makings.made == [0, 1, 2, 3, 4]


def test_what_fails_in_the_making_fails_where_it_is_used() -> None:
    def failing() -> Iterator[int]:
        yield 1
        raise OSError("disk")

    series = ahead(failing())
    assert next(series) == 1
    with pytest.raises(OSError, match="disk"):
        next(series)


def test_nothing_is_made_once_it_is_closed() -> None:
    makings = Makings(100)
    with closing(ahead(iter(makings))) as series:
        next(series)
    made = len(makings.made)
    assert made <= 2
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("ahead")]
