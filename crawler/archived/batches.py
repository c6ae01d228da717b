"""Pages of an archive that are read side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")
AT_A_TIME = 16  # more than there are processes to read them: the next one waits ready


def batches(pages: Iterable[T], address: Callable[[T], str]) -> Iterator[list[T]]:
    """The pages in order, a few at a time; no two of one address, since the later is read by what came of the earlier.

    Where no further page can be had, those before come before the error.

    >>> list(batches("abcbd", str))
    [['a', 'b', 'c'], ['b', 'd']]
    """
    batch: list[T] = []
    met: set[str] = set()
    try:
        for page in pages:
            if len(batch) == AT_A_TIME or address(page) in met:
                yield batch
                batch, met = [], set()
            batch.append(page)
            met.add(address(page))
    except Exception:
        if batch:
            yield batch
        raise
    if batch:
        yield batch
