"""What the daemon's main thread waits for: rung by other threads, and by every signal."""

from __future__ import annotations

import contextlib
import os
import select
import signal
from types import TracebackType

_PIPE_BYTES = 65_536  # that a pipe holds at most, pipe(7): a read empties it


class Bell:
    """A pipe that is read; signals write to it while it is entered, in the main thread, as a context manager.

    A lock would not do: Python wakes a main thread that waits for one only if the system gives it the signal itself,
    while it sleeps, and the system may give it to another thread or a moment before.
    """

    def __init__(self) -> None:
        self._read_end, self._write_end = os.pipe()
        os.set_blocking(self._write_end, False)

    def __enter__(self) -> Bell:
        self._outer = signal.set_wakeup_fd(self._write_end, warn_on_full_buffer=False)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        signal.set_wakeup_fd(self._outer)
        os.close(self._read_end)
        os.close(self._write_end)

    def ring(self) -> None:
        """End a wait, this one or the next."""
        with contextlib.suppress(BlockingIOError):  # full: it has been rung often enough
            os.write(self._write_end, b"\0")

    def wait(self, most_seconds: float | None = None) -> None:
        """Until it was rung since the last wait, by whom is not told, or for so long; signals were handled by then."""
        rung, _, _ = select.select([self._read_end], [], [], most_seconds)
        if rung:
            os.read(self._read_end, _PIPE_BYTES)
