"""Managing memory: collecting garbage after each page, and returning what the C library keeps after a large one."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from config.memory import give_back

# The largest twentieth of news pages or so. Returning memory takes milliseconds, and so does getting it again: a page
# fault per 4 kB
LARGE_PAGE_BYTES = 1_000_000


@contextmanager
def garbage_left() -> Iterator[None]:
    """Leave garbage until the work is done, since most objects made in reading a page live as long as the page.

    Collecting every 700 objects, as Python does, took 4 % of the reading time and found nothing.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def give_back_after(page_bytes: int) -> None:
    """Give freed memory back to the system after a large page."""
    if page_bytes >= LARGE_PAGE_BYTES:
        give_back()
