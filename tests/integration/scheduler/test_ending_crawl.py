"""A crawl says when few and when none of many pages are left: what waits for the index is delivered meanwhile."""

from __future__ import annotations

import asyncio
from contextlib import closing
from pathlib import Path

import pytest

from crawler.recording.recorder import Recorder
from news.source import Source
from store.records import FrontierRow
from store.service import Store
from tests.support.sessions import REFUSED, session_of
from tests.support.stores import add_urls

SOURCE = Source(id="paper", name="Paper", home_url="https://paper.example/", hosts=("paper.example",))
WINDOW = 8


@pytest.mark.parametrize(("page_count", "told"), [(5 * WINDOW, [3 * WINDOW, 5 * WINDOW]), (WINDOW, [])])
def test_that_few_and_that_none_of_many_are_left_is_told_while_some_are_under_way(
    tmp_path: Path, page_count: int, told: list[int]
) -> None:
    async def crawl(record: Store) -> list[int]:
        recorder = Recorder(record)
        under_way: list[FrontierRow] = []
        taken_count = 0
        ends: list[int] = []
        session = session_of(SOURCE, record, recorder, window=WINDOW, on_ending=lambda: ends.append(taken_count))

        async def fail(count: int) -> None:
            rows = [under_way.pop(0) for _ in range(count)]
            await asyncio.gather(*(session.failed(row, REFUSED) for row in rows))

        async def end() -> None:
            while taken_count < page_count:
                await asyncio.sleep(0.01)
            await asyncio.sleep(0.05)  # it looks for more meanwhile
            assert under_way
            await fail(len(under_way) // 2)
            await asyncio.sleep(0.05)
            await fail(len(under_way))

        ending = asyncio.create_task(end())
        async for row in session.rows():
            under_way.append(row)
            taken_count += 1
            if len(under_way) == WINDOW and taken_count < page_count:
                await fail(WINDOW // 2)
        await ending
        await recorder.close()
        return ends

    with closing(Store.open(tmp_path / "data", max_archive_file_bytes=1 << 20)) as record:
        add_urls(record, *(f"https://paper.example/story-{number}" for number in range(page_count)))
        assert asyncio.run(crawl(record)) == told
