"""Logging an outage of the store as seen by a background part of the program: each trouble once, and the end."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from news.errors import StoreError

MOST_TOLD = 5  # different troubles logged per outage; a server that comes and goes causes two or three


class Outage:
    """The store's outage as one part of the program sees it; true while there is one."""

    def __init__(self, log: logging.Logger, *, waits: str, goes_on: str) -> None:
        """`waits` precedes each trouble in the log; `goes_on` is logged when the outage is over."""
        self._log = log
        self._waits = waits
        self._goes_on = goes_on
        self._told: set[str] = set()

    def __bool__(self) -> bool:
        return bool(self._told)

    def tell(self, error: StoreError) -> None:
        """Note that the store failed."""
        text = str(error)
        if text not in self._told and len(self._told) < MOST_TOLD:
            self._told.add(text)
            self._log.error("%s: %s", self._waits, text)

    def end(self) -> None:
        """Note that the store works again."""
        if self._told:
            self._told.clear()
            self._log.info("%s", self._goes_on)

    @contextmanager
    def told(self) -> Iterator[None]:
        """Log and swallow a StoreError raised in the block; a block without one ends the outage."""
        try:
            yield
        except StoreError as error:
            self.tell(error)
        else:
            self.end()
