"""Subscriptions at hubs as feeds are followed, dropped and followed again. Runs on both databases."""

from __future__ import annotations

from datetime import timedelta

from news.fetch import Outcome, UrlKind
from news.websub import ANSWER_WAIT, Hub
from store.records import NewUrl
from store.service import Store
from tests.support.stores import NOW, make_result

FEEDS = [f"https://paper.example/feed-{number}" for number in range(3)]
FOLLOWED = ["paper"]


def read_feeds(store: Store) -> None:
    """A crawl read three feeds, each with a hub."""
    store.frontier.declare([NewUrl(url=feed, kind=UrlKind.FEED) for feed in FEEDS], source_id="paper", now=NOW)
    hub = Hub(url="https://hub.example/", topic_url="https://paper.example/topic")
    rows = store.frontier.take("paper", 1, limit=3, now=NOW)
    store.saver.save([make_result(row, outcome=Outcome.DISCOVERED, hub=hub, fetched_at=NOW) for row in rows])


def test_what_is_followed_no_more_is_told_once_and_then_forgotten(store: Store) -> None:
    read_feeds(store)
    due = store.subscriptions.due(FOLLOWED, now=NOW)
    assert len(due) == 3
    for one in due[:2]:
        store.subscriptions.asked(one, now=NOW)
    assert store.subscriptions.forsaken(FOLLOWED) == []
    store.frontier.declare([NewUrl(url=FEEDS[0], kind=UrlKind.FEED)], source_id="paper", now=NOW)
    held = store.subscriptions.forsaken(FOLLOWED)
    dropped = [feed for feed in FEEDS[1:] if store.subscriptions.of_feed(feed) in held]
    assert len(dropped) == len(held) >= 1
    store.subscriptions.notified(held[0], now=NOW)
    assert store.frontier.find(dropped[0]) is not None
    assert store.frontier.take("paper", 1, limit=3, now=NOW + timedelta(hours=1)) == [], "a dropped feed is not read"

    for one in held:
        store.subscriptions.leaving(one.token, now=NOW)
    store.subscriptions.forget_left(FOLLOWED, now=NOW)
    assert [feed for feed in FEEDS if store.subscriptions.of_feed(feed) is not None] == [FEEDS[0], *dropped]
    store.subscriptions.forget_left(FOLLOWED, now=NOW + ANSWER_WAIT)
    assert [feed for feed in FEEDS if store.subscriptions.of_feed(feed) is not None] == [FEEDS[0]]
    assert len(store.subscriptions.forsaken([])) == len(due[:2]) - len(held)
