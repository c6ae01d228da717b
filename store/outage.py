"""What a part of the program that goes on by itself tells of a store that fails it: each trouble once, and the end."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from news.errors import StoreError

MOST_TOLD = 5  # different troubles of one outage; a server that goes and comes has two or three


class Outage:
    """The outage that one part of the program sees, or none; true while there is one."""

    def __init__(self, log: logging.Logger, *, waits: str, goes_on: str) -> None:
        """`waits` stands before each trouble, `goes_on` is said when it is over."""
        self._log = log
        self._waits = waits
        self._goes_on = goes_on
        self._told: set[str] = set()

    def __bool__(self) -> bool:
        return bool(self._told)

    def tell(self, error: StoreError) -> None:
        """The store failed."""
        text = str(error)
        if text not in self._told and len(self._told) < MOST_TOLD:
            self._told.add(text)
            self._log.error("%s: %s", self._waits, text)

    def end(self) -> None:
        """The store did what it was asked for."""
        if self._told:
            self._told.clear()
            self._log.info("%s", self._goes_on)

    @contextmanager
    def told(self) -> Iterator[None]:
        """Tell of a StoreError inside the block and go on behind it; a block without one ends the outage."""
        try:
            yield
        except StoreError as error:
            self.tell(error)
        else:
            self.end()
