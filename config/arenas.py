"""How a process takes memory from the C library."""

from __future__ import annotations

import ctypes
from collections.abc import Callable

# The library makes up to eight for each core, and what passes through threads lies about in all of them: 15 MB in each
# for the tables with which tantivy writes a segment, pages and their stories on their way through a crawl
FEW_ARENAS = 2
_M_ARENA_MAX = -8  # of glibc's malloc.h


def share_arenas() -> None:
    """Have threads that begin from now on take memory from the same few arenas; where the C library cannot, nothing."""
    option: Callable[[int, int], int] | None = getattr(ctypes.CDLL(None), "mallopt", None)  # glibc
    if option is not None:
        option(_M_ARENA_MAX, FEW_ARENAS)
