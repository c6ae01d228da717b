"""Lease holders: processes, named so that others on the same machine can tell whether they are alive."""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass
from pathlib import Path

_ENDED = -1  # the process has ended and only waits for its parent to notice


@dataclass(frozen=True, slots=True)
class Holder:
    """One process, identified by machine, pid and start time in ticks."""

    machine: str
    pid: int
    started_ticks: int  # from /proc/<pid>/stat; 0 where that does not exist

    def __str__(self) -> str:
        return f"{self.machine}:{self.pid}:{self.started_ticks}"

    @property
    def shown(self) -> str:
        """The process as shown to people."""
        return f"process {self.pid} on {self.machine.partition('/')[0]}"

    @classmethod
    def parse(cls, text: str) -> Holder:
        """Read what `str` wrote; what follows a "#" names a part of the process."""
        machine, pid, ticks = text.partition("#")[0].rsplit(":", 2)
        return cls(machine, int(pid), int(ticks))


def shown_holder(text: str) -> str:
    """The holder of a lease as shown to people: a crawl and its process, or the process alone.

    >>> shown_holder("box/8a2f:31:7#run 12")
    'run 12 (process 31 on box)'
    >>> shown_holder("box/8a2f:31:7")
    'process 31 on box'
    """
    part = text.partition("#")[2]
    process = Holder.parse(text).shown
    return f"{part} ({process})" if part.startswith(("run ", "the crawl of ")) else process


def this_process() -> Holder:
    """This process as a holder."""
    return Holder(_machine(), os.getpid(), _started_ticks(os.getpid()))


def is_dead(holder: Holder) -> bool:
    """Whether the holder ran on this machine and is certainly gone; False if it lives or cannot be checked."""
    if is_elsewhere(holder):
        return False
    ticks = _started_ticks(holder.pid)
    if ticks == _ENDED:
        return True
    if ticks:
        return bool(holder.started_ticks) and ticks != holder.started_ticks  # the pid now belongs to another process
    try:
        os.kill(holder.pid, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def is_elsewhere(holder: Holder) -> bool:
    """Whether the holder ran on another machine, or here before its last start."""
    return holder.machine != _machine()


def is_alive(holder: Holder) -> bool:
    """Whether the holder certainly runs on this machine."""
    is_here = holder.machine == _machine() and holder.started_ticks > 0
    return is_here and _started_ticks(holder.pid) == holder.started_ticks


def _machine() -> str:
    boot = Path("/proc/sys/kernel/random/boot_id")  # pids from an earlier boot mean nothing
    try:
        return f"{socket.gethostname()}/{boot.read_text(encoding='ascii')[:8]}"
    except OSError:
        return socket.gethostname()


def _started_ticks(pid: int) -> int:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0
    fields = stat.rpartition(")")[2].split()
    return _ENDED if fields[0] in "ZX" else int(fields[19])  # proc(5): field 22, counted from after the command
