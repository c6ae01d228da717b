"""Fetches that are written together: waited for while they are under way, but never so that a crawl stands still."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Any, cast

import pytest

from crawler.recording import recorder as module
from crawler.recording.batch import Fetched
from crawler.recording.recorder import ENOUGH, Recorder
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
    return sizes


def save(count: int, *, patience_seconds: Callable[[], float]) -> None:
    async def crawl() -> None:
        recorder = Recorder(cast("Store", None), patience_seconds=patience_seconds)
        fetched = [cast("Fetched", object()) for _ in range(count)]
        await asyncio.gather(*(recorder.save(each) for each in fetched))
        await recorder.close()

    asyncio.run(crawl())


def test_a_fetch_waits_for_none_where_none_is_under_way(batches: list[int]) -> None:
    save(1, patience_seconds=lambda: 0.0)
    assert batches == [1]


def test_a_fetch_waits_while_others_are_under_way(batches: list[int]) -> None:
    async def crawl() -> None:
        under_way = 2
        recorder = Recorder(cast("Store", None), patience_seconds=lambda: FOREVER if under_way else 0.0)

        async def fetch(number: int) -> None:
            nonlocal under_way
            for _ in range(5 * number):  # each comes later than the one before
                await asyncio.sleep(0)
            under_way -= 1
            await recorder.save(cast("Fetched", object()))

        await asyncio.gather(*(fetch(number) for number in range(2)))
        await recorder.close()

    asyncio.run(crawl())
    assert batches == [2]


def test_half_a_window_of_fetches_waits_for_no_more(batches: list[int]) -> None:
    save(ENOUGH, patience_seconds=lambda: FOREVER)
    assert batches == [ENOUGH]


def test_what_waits_already_goes_along_up_to_a_bound(batches: list[int]) -> None:
    save(100, patience_seconds=lambda: 0.0)
    assert batches == [module.BATCH, 100 - module.BATCH]
