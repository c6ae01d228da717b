"""Giving memory back to the system after a large page: the C library keeps what was freed below what is in use."""

from __future__ import annotations

import ctypes
from collections.abc import Callable

LARGE_PAGE_BYTES = 400_000  # about the largest tenth of news pages; giving back takes a few milliseconds


def give_back_after(page_bytes: int) -> None:
    """Return freed memory to the system where a page was large; where the C library cannot, nothing."""
    trim: Callable[[int], int] | None = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc
    if page_bytes >= LARGE_PAGE_BYTES and trim is not None:
        trim(0)
