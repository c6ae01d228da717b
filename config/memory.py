"""Tuning of how a process takes memory from the C library and returns it to the system."""

from __future__ import annotations

import ctypes
from collections.abc import Callable

# By default glibc makes up to eight arenas per core, and whatever passes through threads ends up in all of them: 15 MB
# each for the tables with which tantivy writes a segment, or for pages and their stories on their way through a crawl
FEW_ARENAS = 2
_M_ARENA_MAX = -8  # of glibc's malloc.h


def share_arenas() -> None:
    """Make threads started from now on share a few arenas; does nothing if the C library cannot."""
    option = _function("mallopt")
    if option is not None:
        option(_M_ARENA_MAX, FEW_ARENAS)


def give_back() -> None:
    """Give freed memory back to the system, which takes a few milliseconds; does nothing if the C library cannot."""
    trim = _function("malloc_trim")
    if trim is not None:
        trim(0)


def _function(name: str) -> Callable[..., int] | None:
    """A function of glibc; None if the C library lacks it."""
    found: Callable[..., int] | None = getattr(ctypes.CDLL(None), name, None)
    return found
