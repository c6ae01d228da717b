"""A wake-up call for the daemon's main thread: rung by other threads and by every signal."""

from __future__ import annotations

import contextlib
import os
import select
import signal
from types import TracebackType

_PIPE_BYTES = 65_536  # capacity of a pipe, pipe(7): one read empties it


class Bell:
    """A pipe the main thread waits on; while entered as a context manager there, signals write to it.

    A lock would not do: Python wakes a main thread waiting for one only if the system delivers the signal to that
    thread while it sleeps, and the system may deliver it to another thread or a moment earlier.
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
        """End the current wait, or the next one."""
        with contextlib.suppress(BlockingIOError):  # the pipe is full: it has been rung often enough
            os.write(self._write_end, b"\0")

    def wait(self, most_seconds: float | None = None) -> None:
        """Wait until it is rung (or was since the last wait), or for so long; signals have been handled by then."""
        rung, _, _ = select.select([self._read_end], [], [], most_seconds)
        if rung:
            os.read(self._read_end, _PIPE_BYTES)
