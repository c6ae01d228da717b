"""What the C library keeps for a process."""

from __future__ import annotations

import re
from pathlib import Path

_ARENA_BYTES = 64 * 1024 * 1024  # of address space, and a multiple of it is where one begins: glibc's HEAP_MAX_SIZE
_ANONYMOUS = re.compile(r"([0-9a-f]+)-[0-9a-f]+ rw-p 0+ 00:00 0\s*")


def arenas_of(pid: int) -> int:
    """How many arenas the process has, its first one included."""
    found = map(_ANONYMOUS.fullmatch, Path(f"/proc/{pid}/maps").read_text().splitlines())
    return 1 + sum(int(line[1], 16) % _ARENA_BYTES == 0 for line in found if line)
