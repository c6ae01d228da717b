"""What a side of benchmarks/throughput.py spends."""

from __future__ import annotations

import os
import resource
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
UNDER_WAY = 16  # requests at a time, on every side


@dataclass(frozen=True)
class Spent:
    """CPU seconds of this process, of its reading processes and of the site's server."""

    parent: float
    reading: float
    site: float

    @classmethod
    def now(cls, site_pid: int) -> Spent:
        """What was spent until now."""
        site, reading = _seconds(site_pid), _reading_seconds()  # first: it takes the parent milliseconds
        return cls(own_seconds(), reading, site)

    def since(self, site_pid: int) -> Spent:
        """What has been spent since then, but for finding it out."""
        own, site = own_seconds(), _seconds(site_pid)
        return Spent(own - self.parent, _reading_seconds() - self.reading, site - self.site)


def own_seconds() -> float:
    """CPU of this process, its threads included."""
    own = resource.getrusage(resource.RUSAGE_SELF)
    return own.ru_utime + own.ru_stime


def _reading_seconds() -> float:
    """Of the processes below this one, with their ended children."""
    return sum(_seconds(pid) for pid in below(os.getpid()))


def _seconds(pid: int) -> float:
    """CPU of a process, with its ended children."""
    return sum(_stat(pid)[11:15]) / TICKS


def _stat(pid: int) -> list[int]:
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return [0] * 20
    fields = text.rpartition(")")[2].split()
    return [int(field) if field.lstrip("-").isdigit() else 0 for field in fields]


def below(pid: int) -> list[int]:
    """The processes that this one started, and those that these did."""
    parents = {int(path.name): _stat(int(path.name))[1] for path in Path("/proc").iterdir() if path.name.isdigit()}
    found = [pid]
    for one in found:
        found += [child for child, parent in parents.items() if parent == one]
    return found[1:]


def peak_bytes(pid: int) -> int:
    """The most memory that a process held; 0 once it is gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    line = next((line for line in status.splitlines() if line.startswith("VmHWM")), "VmHWM: 0 kB")
    return int(line.split()[1]) * 1024
