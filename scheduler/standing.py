"""Standing searches in the daemon: one thread matches what was saved, another starts delivering matches."""

from __future__ import annotations

import threading

from indexer.matching.service import StandingMatching
from scheduler.loop import Loop
from scheduler.notifying.match_deliveries import Teller


class Standing:
    """Matching and delivering, independent of crawls and of delivery to the index."""

    def __init__(self, matching: StandingMatching, teller: Teller) -> None:
        self._matching = matching
        self._teller = teller
        self._ended = threading.Event()
        self._matcher = Loop("match", self._match, self._ended, about="standing searches")
        self._telling = Loop("tell", teller.begin_due, self._ended, about="standing searches")
        teller.on_done = self._telling.wake

    def start(self) -> None:
        """Start both threads."""
        self._matcher.start()
        self._telling.start()

    def wake(self) -> None:
        """Announce that something was saved."""
        self._matcher.wake()

    def finish(self) -> None:
        """End both threads; what is not yet matched or delivered waits for the next daemon."""
        self._ended.set()
        for loop in (self._matcher, self._telling):
            loop.wake()
            loop.join()
        self._teller.close()

    def _match(self) -> None:
        for made in self._matching.match_pending():
            if made:
                self._telling.wake()
            if self._ended.is_set():
                return
