"""Delivering the outbox while a command goes on, and once more at its end."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from cli.wiring import Installation
from indexer.drain import DrainReport, drain
from news.errors import EngineError, EngineUnavailable
from store.service import utc_now

LEASE = "drain"
PAUSE_SECONDS = 1.0


class Drainer:
    """Drains in a thread of its own; the one that holds the drain lease does, others leave it to that one."""

    def __init__(self, opened: Installation) -> None:
        self._opened = opened
        self._leases = opened.store.leases.claimant("drain")
        self._wake = threading.Event()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="drain")
        self.report = DrainReport()
        self.note = ""  # why something is left for later

    def wake(self) -> None:
        """Something new may be in the outbox."""
        self._wake.set()

    def _run(self) -> None:
        while not self._ended.is_set():
            self._wake.wait(PAUSE_SECONDS)
            self._wake.clear()
            self.drain_once()

    def drain_once(self) -> None:
        """Deliver what is due now."""
        claim = self._leases.acquire([LEASE], now=utc_now())
        if not claim.granted:
            self.note = f"the index is written by {claim.holder}, which delivers this too"
            return
        try:
            done = drain(self._opened.store.outbox, self._opened.engine, clock=utc_now)
        except EngineUnavailable as error:
            done = DrainReport(unavailable=str(error))
        except EngineError as error:
            self.note = str(error)
            return
        self.report.indexed_count += done.indexed_count
        self.report.superseded_count += done.superseded_count
        self.report.quarantined_count += done.quarantined_count
        self.note = done.unavailable or ""

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def finish(self) -> None:
        """End the thread, deliver what is left, and give the lease back."""
        self._ended.set()
        self._wake.set()
        self._thread.join()
        self.drain_once()
        self._leases.release([LEASE])


@contextmanager
def draining(opened: Installation) -> Iterator[Drainer]:
    """A drainer that works inside the block."""
    drainer = Drainer(opened)
    drainer.start()
    try:
        yield drainer
    finally:
        drainer.finish()
