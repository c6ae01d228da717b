"""Requests reach a host in the order in which a crawl takes them: what is urgent first."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from config.settings import CrawlSettings
from crawler.politeness.held_leases import HeldLeases
from crawler.politeness.manners import Manners
from news.source import Source
from news.urls import origin_of
from store.service import Store
from tests.support.in_this_process import AtOnce, P, T
from tests.support.stores import NOW

COUNT = 30
SOURCE = Source(id="paper", name="Paper", home_url="https://paper.example/", hosts=("paper.example",))


class Busy(AtOnce):
    """A recorder whose thread has other things to do first."""

    async def call(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        for _ in range(5):
            await asyncio.sleep(0)
        return await super().call(function, *args, **kwargs)


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Store]:
    """A record that holds a robots.txt of yesterday's."""
    with closing(Store.open(tmp_path / "data", max_archive_file_bytes=1 << 20, clock=lambda: NOW)) as store:
        store.robots.put(origin_of(SOURCE.home_url), status=404, body=b"", now=NOW)
        yield store


def test_none_overtakes_another_while_it_is_learned_what_the_host_allows(record: Store) -> None:
    async def fetch_robots(url: str) -> tuple[int | None, bytes]:
        return 404, b""

    recorder = Busy(record)
    leases = record.leases.claimant("run 1")
    manners = Manners(
        source=SOURCE,
        settings=CrawlSettings(delay_seconds=0, concurrency=COUNT),
        store=record,
        recorder=recorder,
        leases=HeldLeases(leases, [], recorder, after_crash=False, clock=lambda: NOW),
        fetch_robots=fetch_robots,
        clock=lambda: NOW,
    )
    entered: list[int] = []

    async def enter(number: int) -> None:
        await manners.enter(f"https://paper.example/{number}")
        entered.append(number)

    async def enter_all() -> None:
        async with asyncio.TaskGroup() as tasks:
            for number in range(COUNT):
                tasks.create_task(enter(number))
                await asyncio.sleep(0)

    asyncio.run(enter_all())
    assert entered == list(range(COUNT))
