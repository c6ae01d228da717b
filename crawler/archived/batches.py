"""Batches of archived pages that are read in parallel."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")
AT_A_TIME = 16  # more than there are reading processes, so that the next page is always ready


def batches(pages: Iterable[T], address: Callable[[T], str]) -> Iterator[list[T]]:
    """The pages in order, a few at a time, never two of one address: the later depends on the earlier's outcome.

    If getting the next page fails, the pages before it are yielded before the error is raised.

    >>> list(batches("abcbd", str))
    [['a', 'b', 'c'], ['b', 'd']]
    """
    batch: list[T] = []
    met: set[str] = set()
    try:
        for page in pages:
            its_address = address(page)
            if len(batch) == AT_A_TIME or its_address in met:
                yield batch
                batch, met = [], set()
            batch.append(page)
            met.add(its_address)
    except Exception:
        if batch:
            yield batch
        raise
    if batch:
        yield batch
