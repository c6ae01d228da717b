"""Fetches that are written together: waited for while pages are read, but never so that a crawl stands still."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Any, cast

import pytest

from crawler import recorder as module
from crawler.recorder import ENOUGH, Fetched, Recorder
from store.records import SavedFetch
from store.service import Store

FOREVER = 3600.0  # a batch that waited for its time would never be written within the test


@pytest.fixture
def batches(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many fetches each transaction had."""
    sizes: list[int] = []

    def write(store: Store, batch: Sequence[Fetched], asked: Sequence[Any] = ()) -> list[SavedFetch | None]:
        sizes.append(len(batch))
        return [None] * len(batch)

    monkeypatch.setattr(module, "write_batch", write)
    monkeypatch.setattr(module, "made_by_now", lambda fetched, now: fetched)
    monkeypatch.setattr(module, "GATHER_SECONDS", FOREVER)
    return sizes


def save(count: int, *, more_to_come: Callable[[], bool]) -> None:
    async def crawl() -> None:
        recorder = Recorder(cast("Store", None), more_to_come=more_to_come)
        fetched = [cast("Fetched", object()) for _ in range(count)]
        await asyncio.gather(*(recorder.save(each) for each in fetched))
        await recorder.close()

    asyncio.run(crawl())


def test_a_fetch_waits_for_none_where_no_page_is_read(batches: list[int]) -> None:
    save(1, more_to_come=lambda: False)
    assert batches == [1]


def test_half_a_window_of_fetches_waits_for_no_more_pages(batches: list[int]) -> None:
    save(ENOUGH, more_to_come=lambda: True)
    assert batches == [ENOUGH]


def test_what_waits_already_goes_along_up_to_a_bound(batches: list[int]) -> None:
    save(100, more_to_come=lambda: False)
    assert batches == [module.BATCH, 100 - module.BATCH]
