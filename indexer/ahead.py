"""Producing the next item of a series in a thread while the current one is used."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")
_END = object()


def ahead(items: Iterator[T]) -> Generator[T, None, None]:
    """These in order, each made in a thread while the one before is used; errors raised there are raised here.

    Close it (contextlib.closing) if it may not be read to its end, so that nothing more is produced.

    >>> list(ahead(iter("abc")))
    ['a', 'b', 'c']
    """
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="ahead") as maker:
        coming = maker.submit(_next, items)
        while (made := coming.result()) is not _END:
            coming = maker.submit(_next, items)
            yield made  # type: ignore[misc]  # all but _END is of the series


def _next(items: Iterator[T]) -> T | object:
    return next(items, _END)
