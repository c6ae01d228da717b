"""Standing searches in the daemon: one thread matches what was saved, another begins to tell what was found."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from indexer.matching.service import StandingMatching
from scheduler.telling import Teller
from store.outage import Outage

PAUSE_SECONDS = 1.0  # between two looks into the queue; a wake-up shortens it
OUTAGE_PAUSE_SECONDS = 5.0  # after the store did not answer
DEFECT_PAUSE_SECONDS = 60.0
log = logging.getLogger(__name__)


class Standing:
    """Matching and telling, beside crawls and the delivery to the index."""

    def __init__(self, matching: StandingMatching, teller: Teller) -> None:
        self._matching = matching
        self._teller = teller
        self._ended = threading.Event()
        self._matcher = _Loop("match", self._match, self._ended)
        self._telling = _Loop("tell", teller.begin_due, self._ended)
        teller.on_done = self._telling.wake

    def start(self) -> None:
        """Begin."""
        self._matcher.start()
        self._telling.start()

    def wake(self) -> None:
        """Something was saved."""
        self._matcher.wake()

    def finish(self) -> None:
        """End both threads; what is not matched or told waits for the next daemon."""
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


class _Loop:
    """A thread that does its work again and again, sooner when it is woken."""

    def __init__(self, name: str, work: Callable[[], None], ended: threading.Event) -> None:
        self._work = work
        self._ended = ended
        waits, goes_on = f"standing searches wait ({name})", f"standing searches go on ({name})"
        self._outage = Outage(log, waits=waits, goes_on=goes_on)
        self._wake = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name)

    def start(self) -> None:
        self._thread.start()

    def wake(self) -> None:
        self._wake.set()

    def join(self) -> None:
        self._thread.join()

    def _run(self) -> None:
        while not self._ended.is_set():
            try:
                with self._outage.told():
                    self._work()
                if self._outage:
                    self._ended.wait(OUTAGE_PAUSE_SECONDS)
            except Exception:  # a defect here must not end what the daemon does besides
                log.exception("standing searches wait; this is a defect of newsdex")
                self._ended.wait(DEFECT_PAUSE_SECONDS)
            self._wake.wait(PAUSE_SECONDS)
            self._wake.clear()
