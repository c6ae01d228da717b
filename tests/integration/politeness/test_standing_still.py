"""A crawl whose process stood still past its leases asks nothing of a host that another asks by now."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from config.settings import CrawlSettings
from crawler.fetching.refusals import HostResting
from crawler.politeness.held_leases import HeldLeases
from crawler.politeness.manners import Manners
from news.source import Source
from store.leases.service import LEASE_SECONDS
from store.service import Store
from tests.support.in_this_process import AtOnce
from tests.support.stores import NOW

NAME, PAGE = "host:paper.example", "https://paper.example/world/ferry-1"
SOURCE = Source(id="paper", name="Paper", home_url="https://paper.example/", hosts=("paper.example",))


class Crawl:
    """The manners of a crawl, and the clock they go by."""

    def __init__(self, store: Store) -> None:
        self.seconds = 0.0
        leases = store.leases.claimant("run 1")
        assert leases.acquire([NAME], now=NOW).granted
        recorder = AtOnce(store)
        clocks: Any = {
            "clock": lambda: NOW + timedelta(seconds=self.seconds),
            "monotonic": lambda: self.seconds,
        }
        self.leases = HeldLeases(leases, [NAME], recorder, after_crash=False, **clocks)
        self.manners = Manners(
            source=SOURCE,
            settings=CrawlSettings(delay_seconds=0),
            store=store,
            recorder=recorder,
            leases=self.leases,
            fetch_robots=self._no_robots,
            **clocks,
        )

    async def _no_robots(self, url: str) -> tuple[int | None, bytes]:
        return 404, b""

    def stand_still(self, seconds: float) -> None:
        self.seconds += seconds

    def ask(self) -> None:
        asyncio.run(self.manners.enter(PAGE))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store.open(tmp_path / "data", max_archive_file_bytes=1 << 20, clock=lambda: NOW)) as opened:
        yield opened


def test_it_asks_no_more_once_another_took_over(store: Store) -> None:
    crawl = Crawl(store)
    crawl.ask()
    crawl.stand_still(LEASE_SECONDS + 1)
    after = NOW + timedelta(seconds=crawl.seconds)
    assert store.leases.claimant("run 2").acquire([NAME], now=after).took_over
    with pytest.raises(HostResting):
        crawl.ask()


def test_it_goes_on_where_nobody_did(store: Store) -> None:
    crawl = Crawl(store)
    crawl.stand_still(LEASE_SECONDS + 1)
    crawl.ask()
    after = NOW + timedelta(seconds=crawl.seconds)
    assert not store.leases.claimant("run 2").acquire([NAME], now=after).granted
