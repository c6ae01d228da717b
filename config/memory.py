"""How a process takes memory from the C library, and gives it back to the system."""

from __future__ import annotations

import ctypes
from collections.abc import Callable

# The library makes up to eight for each core, and what passes through threads lies about in all of them: 15 MB in each
# for the tables with which tantivy writes a segment, pages and their stories on their way through a crawl
FEW_ARENAS = 2
_M_ARENA_MAX = -8  # of glibc's malloc.h


def share_arenas() -> None:
    """Have threads that begin from now on take memory from the same few arenas; where the C library cannot, nothing."""
    option = _function("mallopt")
    if option is not None:
        option(_M_ARENA_MAX, FEW_ARENAS)


def give_back() -> None:
    """Return freed memory to the system, which takes a few milliseconds; where the C library cannot, nothing."""
    trim = _function("malloc_trim")
    if trim is not None:
        trim(0)


def _function(name: str) -> Callable[..., int] | None:
    """A function that glibc has, and others may lack."""
    found: Callable[..., int] | None = getattr(ctypes.CDLL(None), name, None)
    return found
