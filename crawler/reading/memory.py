"""When memory is looked after: garbage once a page is read, what the C library keeps once a large one was."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from config.memory import give_back

# About the largest twentieth of news pages. Giving back takes milliseconds, taking anew as much: a fault for each 4 kB
LARGE_PAGE_BYTES = 1_000_000


@contextmanager
def garbage_left() -> Iterator[None]:
    """Leave garbage until the work is done: most of what reading a page makes lives as long as the page.

    Looking through it every 700 objects, as Python does, took 4 % of the time of reading, and found nothing.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def give_back_after(page_bytes: int) -> None:
    """Return freed memory to the system where a page was large."""
    if page_bytes >= LARGE_PAGE_BYTES:
        give_back()
