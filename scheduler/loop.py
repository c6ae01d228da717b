"""A thread of the daemon that repeats its work."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from store.outage import Outage

PAUSE_SECONDS = 1.0  # between two checks of a queue; a wake-up shortens it
OUTAGE_PAUSE_SECONDS = 5.0  # after the store did not answer
DEFECT_PAUSE_SECONDS = 60.0
log = logging.getLogger(__name__)


class Loop:
    """Repeats its work until `ended` is set, sooner when woken; neither a failing store nor a defect ends it."""

    def __init__(
        self,
        name: str,
        work: Callable[[], None],
        ended: threading.Event,
        *,
        about: str,
        pause_seconds: float = PAUSE_SECONDS,
    ) -> None:
        """`about` names what waits after a failure, for the log."""
        self._work = work
        self._ended = ended
        self._about = about
        self._pause_seconds = pause_seconds
        waits, goes_on = f"{about} wait ({name})", f"{about} go on ({name})"
        self._outage = Outage(log, waits=waits, goes_on=goes_on)
        self._wake = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)  # keeps no failed process alive

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def wake(self) -> None:
        """End the current pause early, or the next one."""
        self._wake.set()

    def join(self) -> None:
        """Wait for the thread to end, if it was started."""
        if self._thread.ident is not None:
            self._thread.join()

    def _run(self) -> None:
        while not self._ended.is_set():
            try:
                with self._outage.told():
                    self._work()
                if self._outage:
                    self._ended.wait(OUTAGE_PAUSE_SECONDS)
            except Exception:  # a defect here must not end the daemon's other work
                log.exception("%s wait; this is a defect of newsdex", self._about)
                self._ended.wait(DEFECT_PAUSE_SECONDS)
            self._wake.wait(self._pause_seconds)
            self._wake.clear()
