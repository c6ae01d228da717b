"""Giving memory back to the system: the C library keeps what was freed below what is in use, in each of its arenas."""

from __future__ import annotations

import ctypes
from collections.abc import Callable

LARGE_PAGE_BYTES = 400_000  # about the largest tenth of news pages; giving back takes a few milliseconds
FEW_ARENAS = 2  # the C library makes up to eight for each core, and what passes through threads lies about in all
_M_ARENA_MAX = -8  # of glibc's malloc.h


def give_back_after(page_bytes: int) -> None:
    """Return freed memory to the system where a page was large; where the C library cannot, nothing."""
    trim: Callable[[int], int] | None = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc
    if page_bytes >= LARGE_PAGE_BYTES and trim is not None:
        trim(0)


def share_arenas() -> None:
    """Have threads that begin from now on take memory from the same few arenas; where the C library cannot, nothing."""
    option: Callable[[int, int], int] | None = getattr(ctypes.CDLL(None), "mallopt", None)  # glibc
    if option is not None:
        option(_M_ARENA_MAX, FEW_ARENAS)
