"""A feed that comes due while pages wait for a slow host is asked before them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from crawler.crawls import row_supply
from crawler.crawls import session as session_module
from crawler.recording.recorder import Recorder
from news.crawl_ends import FinishReason
from news.fetch import UrlKind
from news.source import Source
from store.clock import utc_now
from store.records import FrontierRow, NewUrl
from store.service import Store
from tests.support.sessions import REFUSED, session_of
from tests.support.stores import add_urls

FEED = "https://paper.example/feed.xml"
SOURCE = Source(id="paper", name="Paper", home_url="https://paper.example/", hosts=("paper.example",), feeds=(FEED,))
WINDOW = 8


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Store]:
    """A record with more pages than a crawl holds at a time."""
    with closing(Store.open(tmp_path / "data", max_archive_file_bytes=1 << 20)) as opened:
        add_urls(opened, *(f"https://paper.example/story-{number}" for number in range(5 * WINDOW)))
        yield opened


def test_it_is_taken_though_the_crawl_holds_as_many_pages_as_it_may(
    record: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (row_supply, session_module):
        monkeypatch.setattr(module, "LOOK_FOR_DOCUMENTS_SECONDS", 0.01)

    async def crawl() -> list[str]:
        recorder = Recorder(record)
        session = session_of(SOURCE, record, recorder, window=WINDOW)
        held: list[FrontierRow] = []
        taken: list[str] = []
        async for row in session.rows():
            held.append(row)
            taken.append(row.url)
            if len(taken) == WINDOW:  # a slot comes, while every page waits
                feed = NewUrl(url=FEED, kind=UrlKind.FEED)
                record.frontier.add([feed], source_id="paper", found_on=None, now=utc_now())
            elif len(taken) > WINDOW:
                session.stop(FinishReason.STOPPED)
                await asyncio.gather(*(session.failed(each, REFUSED) for each in held))
        await recorder.close()
        return taken

    assert asyncio.run(crawl())[WINDOW:] == [FEED]
