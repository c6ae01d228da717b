"""When robots.txt is read again, and what it forbade is asked for then. Runs on both databases."""

from __future__ import annotations

import asyncio
from datetime import datetime

import pytest

from crawler.politeness.robots import FRESH_FOR, RobotsCache
from news.fetch import Outcome, UrlState
from news.revisits.due import REFUSED_INTERVAL
from store.service import Store
from tests.support.in_this_process import AtOnce
from tests.support.stores import NOW, add_urls, after, make_result, row_of, take_urls

ORIGIN = "https://paper.example"
WORLD, PRIVATE, LEADS_AWAY = (f"{ORIGIN}/{name}" for name in ("world/a", "private/b", "leads-to-private"))
OTHER_ORIGIN = "http://paper.example/world/c"
TOMORROW = NOW + FRESH_FOR


def read_robots(store: Store, *lines: str, now: datetime, status: int | None = 200) -> bool:
    """Have robots.txt read, as a crawl of that moment finds it; whether it was asked for."""
    asked = []

    async def fetch(url: str) -> tuple[int | None, bytes]:
        asked.append(url)
        return status, "\n".join(("User-agent: *", *lines)).encode()

    recorder = AtOnce(store)
    cache = RobotsCache(store.robots, recorder, fetch, user_agent="newsdex/0.1", clock=lambda: now)
    asyncio.run(cache.rules(ORIGIN))
    return bool(asked)


def test_what_robots_txt_allows_again_is_due_when_it_is_read(store: Store) -> None:
    read_robots(store, "Disallow: /world", "Disallow: /private", now=NOW)
    refused = {"outcome": Outcome.ROBOTS_REFUSED, "state": UrlState.REFUSED, "next_due_at": NOW + REFUSED_INTERVAL}
    for url in (WORLD, PRIVATE, LEADS_AWAY, OTHER_ORIGIN):
        add_urls(store, url)
        store.saver.save([make_result(row_of(store, url), **refused)])
    read_robots(store, "Disallow: /world", "Disallow: /private", "# 2 March", now=TOMORROW)
    assert take_urls(store, 1, at=TOMORROW) == []
    read_robots(store, "Disallow: /private", now=TOMORROW + FRESH_FOR)
    assert take_urls(store, 1, at=TOMORROW + FRESH_FOR) == [WORLD]


@pytest.mark.parametrize(("status", "minutes"), [(200, 24 * 60), (503, 10), (None, 1)])
def test_it_is_asked_for_again_the_sooner_the_less_was_answered(
    store: Store, status: int | None, minutes: float
) -> None:
    """Without an answer this machine may have had no network, and all its sites wait for this."""
    assert read_robots(store, now=NOW, status=status)
    assert not read_robots(store, now=after(minutes=minutes - 0.1))
    assert read_robots(store, now=after(minutes=minutes))
