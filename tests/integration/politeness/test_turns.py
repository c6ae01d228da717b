"""Single requests outside of crawls wait for their turn as a crawl's do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from config.settings import CrawlSettings
from crawler.fetching.exchange import FetchFailed
from crawler.politeness.fetch_once import fetch_once
from crawler.politeness.pace import PATIENCE_SECONDS
from crawler.politeness.turns import NotNow, Turns
from news.fetch import Outcome
from news.urls import server_of
from store.crawls.paces import AskedRequest
from store.service import Store
from tests.support.publisher import Publisher
from tests.support.stores import NOW

SETTINGS = CrawlSettings(allow_private_networks=True, delay_seconds=2, max_delay_seconds=60, timeout_seconds=60)


@dataclass
class Time:
    """A clock that only sleeping moves."""

    seconds: float = 1000.0

    def monotonic(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.seconds += seconds

    def now(self) -> datetime:
        return NOW + timedelta(seconds=self.seconds)


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Store]:
    """An empty record."""
    with closing(Store.open(tmp_path / "data", max_archive_file_bytes=1 << 20, clock=lambda: NOW)) as store:
        yield store


def turns(record: Store, time: Time) -> Turns:
    return Turns(SETTINGS, record, clock=time.now, monotonic=time.monotonic, sleep=time.sleep)


def test_requests_keep_the_delay_that_the_hosts_answers_taught_and_robots_txt_asks_for(
    record: Store, publisher: Publisher
) -> None:
    page, time = publisher.page("/a", "hello"), Time()
    record.paces.record(
        [
            AskedRequest(
                host=server_of(page),
                source_id="paper",
                asked_at=time.now() - timedelta(seconds=3),
                url=page,
                rule="no robots.txt",
                demanded_seconds=1,
                kept_seconds=None,
                status=503,
                delay_seconds=10,
            )
        ]
    )
    publisher.robots("User-agent: *\nCrawl-delay: 25\n")
    began = time.seconds
    with closing(turns(record, time)) as mine:
        assert fetch_once(page, settings=SETTINGS, pace=mine).body == b"hello"
    assert [request.path for request in publisher.requests] == ["/robots.txt", "/a"]
    assert time.seconds - began == 7 + 25
    newest, robots = record.paces.requests("", limit=2)
    assert (robots.kept_seconds, robots.demanded_seconds, robots.is_early) == (10, 10, False)
    assert (newest.kept_seconds, newest.demanded_seconds, newest.url) == (25, 25, page)


def test_a_host_that_a_crawl_asks_is_not_asked_beside_it(record: Store, publisher: Publisher) -> None:
    page, time = publisher.page("/a", "hello"), Time()
    crawl = record.leases.claimant("crawl")
    crawl.acquire([f"host:{server_of(page)}"], now=time.now() + timedelta(hours=1))
    with closing(turns(record, time)) as mine:
        for _ in range(2):  # the second time nothing is waited for
            with pytest.raises(NotNow, match=r"a crawl asks .* try again when it has ended"):
                fetch_once(page, settings=SETTINGS, pace=mine)
            assert PATIENCE_SECONDS <= time.seconds - 1000 <= PATIENCE_SECONDS + 1
    assert publisher.requests == []
    crawl.release([f"host:{server_of(page)}"])
    with closing(turns(record, time)) as mine:
        assert fetch_once(page, settings=SETTINGS, pace=mine).body == b"hello"
        assert not crawl.acquire([f"host:{server_of(page)}"], now=time.now()).granted
    assert crawl.acquire([f"host:{server_of(page)}"], now=time.now()).granted


def test_a_host_that_wants_rest_gets_it_from_whoever_asks_next(record: Store, publisher: Publisher) -> None:
    page, time = publisher.retry_later("/a", "3600"), Time()
    with closing(turns(record, time)) as mine, pytest.raises(FetchFailed, match="429"):
        fetch_once(page, settings=SETTINGS, pace=mine)
    publisher.forget_requests()
    with closing(turns(record, time)) as other, pytest.raises(NotNow, match="left alone for another 3600 s") as refused:
        fetch_once(page, settings=SETTINGS, pace=other)
    assert refused.value.outcome is Outcome.THROTTLED
    assert publisher.requests == []
    time.sleep(3600)
    publisher.page("/a", "hello")
    with closing(turns(record, time)) as later:
        assert fetch_once(page, settings=SETTINGS, pace=later).body == b"hello"


def test_an_address_that_is_refused_takes_no_turn_however_often_it_is_asked(record: Store) -> None:
    time, guarded = Time(), SETTINGS.model_copy(update={"allow_private_networks": False})
    for _ in range(5):
        with closing(turns(record, time)) as one, pytest.raises(FetchFailed) as refused:
            fetch_once("http://127.0.0.1:9/a", settings=guarded, pace=one)
        assert refused.value.outcome is Outcome.BLOCKED_PRIVATE
    assert time.seconds == Time().seconds
