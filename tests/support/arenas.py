"""What the C library keeps for a process."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

_ARENA_BYTES = 64 * 1024 * 1024  # of address space, which an arena takes whole and then uses bit by bit: HEAP_MAX_SIZE
_ANONYMOUS = re.compile(r"([0-9a-f]+)-([0-9a-f]+) (rw-p|---p) 0+ 00:00 0\s*")


def arenas_of(pid: int) -> int:
    """How many arenas the process has, its first one included: each has a part in use before one that is not yet.

    One that needed more than it could take is counted twice.
    """
    lines = map(_ANONYMOUS.fullmatch, Path(f"/proc/{pid}/maps").read_text().splitlines())
    parts = [(int(line[1], 16), int(line[2], 16), str(line[3])) if line else (0, 0, "") for line in lines]
    return 1 + sum(
        used == "rw-p"
        and left == "---p"
        and end == start
        and begin % _ARENA_BYTES == 0
        and begin + _ARENA_BYTES == last
        for (begin, end, used), (start, last, left) in pairwise(parts)
    )
