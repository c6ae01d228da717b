"""What a crawl holds in memory stays bounded: under bombs, and while every host refuses or the index is down."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import cast

import pytest
import sqlalchemy as sa

import indexer.drain
from crawler.recording.recorder import Recorder
from indexer.drain import drain
from indexer.engine import Engine
from news.errors import EngineUnavailable
from news.source import Source
from store.clock import utc_now
from store.records import FrontierRow
from store.schema import url
from store.service import Store
from tests.support.publisher import Publisher
from tests.support.sessions import REFUSED, session_of
from tests.support.stores import add_urls, fetch_story, make_story

ROOT = Path(__file__).parents[3]
BOMB_BYTES, MOST_GROWTH_BYTES = 192 << 20, 64 << 20
WINDOW, KNOWN = 32, 200


def peak(urls: list[str]) -> tuple[set[str], int]:
    """The outcomes of fetching these in a process of its own, and the most memory that it took."""
    command = [sys.executable, "-m", "tests.support.measured_fetches", "any", *urls]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(told) == len(urls)
    return {outcome for _, outcome, _ in told}, max(peak_bytes for _, _, peak_bytes in told)


def test_bombs_cost_a_crawl_no_memory_to_speak_of(publisher: Publisher) -> None:
    small = [publisher.page(f"/small-{number}", "<p>hello</p>") for number in range(3)]
    bomb = publisher.gzip_bomb("/bomb", BOMB_BYTES)
    bombs = [f"{bomb}?{number}" for number in range(3)]
    outcomes, usual = peak(small)
    assert outcomes == {"200"}
    outcomes, with_bombs = peak(bombs)
    assert outcomes == {"too_large"}
    assert with_bombs - usual < MOST_GROWTH_BYTES


def test_headers_without_end_cost_a_crawl_no_memory_to_speak_of(publisher: Publisher) -> None:
    _, usual = peak([publisher.page("/small", "<p>hello</p>")])
    outcomes, with_headers = peak([publisher.endless_headers("/headers")])
    assert outcomes == {"too_large"}
    assert with_headers - usual < MOST_GROWTH_BYTES


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Store]:
    """An empty record."""
    with closing(Store.open(tmp_path / "data", max_archive_file_bytes=1 << 20)) as opened:
        yield opened


def leased_count(store: Store) -> int:
    with store._database.read() as connection:
        query = sa.select(sa.func.count()).select_from(url).where(url.c.lease_run_id.is_not(None))
        return int(connection.execute(query).scalar_one())


def test_while_hosts_refuse_no_more_rows_are_held_than_fit_the_window(record: Store) -> None:
    add_urls(record, *(f"https://paper.example/story-{number}" for number in range(KNOWN)))
    source = Source(id="paper", name="Paper", home_url="https://paper.example/", hosts=("paper.example",))

    async def crawl() -> tuple[int, int]:
        recorder = Recorder(record)
        session = session_of(source, record, recorder, window=WINDOW)
        held: list[FrontierRow] = []
        most_leased = given = 0
        async for row in session.rows():
            held.append(row)
            given += 1
            if len(held) == WINDOW or given == KNOWN:
                most_leased = max(most_leased, leased_count(record))
                await asyncio.gather(*(session.failed(each, REFUSED) for each in held))
                held.clear()
        await recorder.close()
        return given, most_leased

    assert asyncio.run(crawl()) == (KNOWN, WINDOW)


class DownEngine:
    """An engine that does not answer."""

    def __init__(self) -> None:
        self.offered: list[int] = []

    def write(self, entries: list[object]) -> None:
        self.offered.append(len(entries))
        raise EngineUnavailable("down")


def test_while_the_index_is_down_one_batch_is_in_memory_and_the_rest_in_the_outbox(
    record: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexer.drain, "BATCH", 4)
    for number in range(10):
        address = f"https://paper.example/story-{number}"
        fetch_story(record, address, make_story(f"Story {number}", f"Text of story {number}.", url=address))
    engine = DownEngine()
    for _ in range(3):
        assert drain(record.outbox, cast("Engine", engine), clock=utc_now).unavailable == "down"
    assert engine.offered == [4, 4, 4]
    assert record.outbox.counts().pending == 10
