"""Supervision of one worker process: starting, commanding, replacing and stopping it."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence

log = logging.getLogger(__name__)

FIRST_RESTART_SECONDS = 1.0
MOST_RESTART_SECONDS = 60.0
NOT_STARTED = 127  # exit code that shells use
STEADY_SECONDS = 300.0  # a worker that ran this long did not crash at its start
SILENT_SECONDS = 600.0  # a worker silent for this long is hanging; a healthy one reports every ALIVE_SECONDS
ALIVE_SECONDS = 30.0


def restart_delay_seconds(crash_count: int) -> float:
    """The pause before restarting a worker after this many consecutive crashes.

    >>> [restart_delay_seconds(count) for count in (0, 1, 2, 3, 20)]
    [0.0, 1.0, 2.0, 4.0, 60.0]
    """
    if crash_count == 0:
        return 0.0
    return float(min(FIRST_RESTART_SECONDS * 2 ** (min(crash_count, 30) - 1), MOST_RESTART_SECONDS))


class Supervisor:
    """One worker process, commanded through its standard input; closing that stops it, so it never outlives us.

    Lines to the worker: wake, reload, stop. Lines from it: ready, saved, alive; a silent worker is killed.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        environment: Mapping[str, str] | None = None,
        on_saved: Callable[[], None] = lambda: None,
        on_death: Callable[[], None] = lambda: None,
        silent_seconds: float = SILENT_SECONDS,
    ) -> None:
        self._command = list(command)
        self._environment = dict(environment) if environment is not None else None
        self._on_saved = on_saved
        self._on_death = on_death
        self._silent_seconds = silent_seconds
        self._heard_at = 0.0  # on the monotonic clock
        self._process: subprocess.Popen[str] | None = None
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="supervisor", daemon=True)
        self.crash_count = 0

    @property
    def pid(self) -> int | None:
        """The worker's process id; None while there is none."""
        process = self._process
        return process.pid if process is not None and process.poll() is None else None

    def start(self) -> None:
        """Start supervising."""
        self._thread.start()

    def tell(self, line: str) -> None:
        """Send a line to the worker; does nothing while there is none."""
        with self._lock:
            process = self._process
            if process is None or process.stdin is None:
                return
            with contextlib.suppress(OSError, ValueError):  # it is ending; the next one reads the store anyway
                process.stdin.write(line + "\n")
                process.stdin.flush()

    def stop(self, *, within_seconds: float) -> bool:
        """Let the worker finish, killing it after `within_seconds`. False when it had to be killed."""
        self._stopping.set()
        if self._thread.ident is None:  # never started
            return True
        self.tell("stop")
        self._thread.join(within_seconds)
        if not self._thread.is_alive():
            return True
        self.kill()
        self._thread.join(1)
        return False

    def kill(self) -> None:
        """Kill the worker and its reading processes at once."""
        process = self._process
        if process is not None and process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)

    def _run(self) -> None:
        while not self._stopping.is_set():
            began = time.monotonic()
            try:
                code = self._run_one()
            except (OSError, RuntimeError) as error:  # out of memory, processes or threads: there may be some later
                log.error("the worker cannot be started: %s", error)
                code = NOT_STARTED
            self._on_death()
            if self._stopping.is_set():
                return
            steady = time.monotonic() - began >= STEADY_SECONDS
            self.crash_count = 0 if code == 0 else 1 if steady else self.crash_count + 1
            delay = restart_delay_seconds(self.crash_count)
            if code == 0:
                log.info("the worker finished and is replaced")
            else:
                log.error("the worker died with status %d; another is started in %.0f s", code, delay)
            self._stopping.wait(delay)

    def _run_one(self) -> int:
        ended = threading.Event()
        self._heard_at = time.monotonic()
        # Started before the worker, so that if the system has no thread for it, no unwatched worker is left
        threading.Thread(target=self._watch, args=[ended], name="watchdog", daemon=True).start()
        try:
            return self._run_watched()
        finally:
            ended.set()

    def _run_watched(self) -> int:
        process = subprocess.Popen(  # noqa: S603  the command is this program's own
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=self._environment,
            text=True,
            start_new_session=True,  # Ctrl-C is the daemon's to handle, and the whole group can be killed
        )
        with self._lock:
            self._process = process
        if self._stopping.is_set():  # asked to stop while starting
            self.tell("stop")
        assert process.stdout is not None
        self._heard_at = time.monotonic()
        with process.stdout as lines:
            for line in lines:
                self._heard_at = time.monotonic()
                if line == "saved\n":
                    self._on_saved()
        code = process.wait()
        with self._lock:
            self._process = None
            if process.stdin is not None:
                with contextlib.suppress(OSError):
                    process.stdin.close()
        return code

    def _watch(self, ended: threading.Event) -> None:
        """Kill a worker that hangs: it takes no work, and blocks whoever writes to it once its input is full."""
        while not ended.wait(self._silent_seconds / 10):
            if time.monotonic() - self._heard_at > self._silent_seconds:
                log.error("the worker said nothing for %.0f s and is killed", self._silent_seconds)
                self.kill()
                return
