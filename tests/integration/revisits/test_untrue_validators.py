"""A publisher that answers 304 whatever its page says is found out, and asked without validators from then on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cli.demo.server import Handler
from news.fetch import Outcome, UrlKind
from news.revisits.validators import ARTICLES_EVERY, trust_key
from news.source import Source
from store.service import Store
from tests.support.documents import article_html
from tests.support.publisher import Publisher
from tests.support.sites import TEXT
from tests.support.stores import NOW, Place
from tests.support.timed_crawl import TimedCrawl

PATH = "/world/the-lock-keepers-story-1"
EVERY = timedelta(hours=1)


@pytest.fixture
def place(sqlite_place: Place) -> Place:
    return sqlite_place


class Newsroom:
    """A page that is edited, and a server that is asked for it with or without validators."""

    def __init__(self, publisher: Publisher, *, tells_the_truth: bool, etag_changes: bool = True) -> None:
        self._tells_the_truth = tells_the_truth
        self._etag_changes = etag_changes
        self.edit_count = 0
        self.conditional_count = 0
        self.url = publisher.route(PATH, self._answer)

    def _answer(self, handler: Handler) -> None:
        etag = f'"{self.edit_count if self._etag_changes else 0}"'
        if (asked := handler.headers.get("If-None-Match")) is not None:
            self.conditional_count += 1
            if not self._tells_the_truth or asked == etag:
                handler.reply(304, b"", {"ETag": etag})
                return
        page = article_html("The lock keepers", [*TEXT, f"The council met {self.edit_count} times since Monday."])
        handler.reply(200, page.encode(), {"Content-Type": "text/html; charset=utf-8", "ETag": etag})


def outcomes(
    store: Store, publisher: Publisher, newsroom: Newsroom, looks: int, *, edited_every: int = 1
) -> list[Outcome]:
    """What looks at the page find, an hour apart; it is edited before every so many of them."""
    source = Source(id="paper", name="Paper", home_url=f"{publisher.url}/", hosts=("127.0.0.1",))
    found = []
    with TimedCrawl(store, source, publisher.url) as crawl:
        crawl.find([newsroom.url], now=NOW)
        for look in range(looks):
            now = NOW + look * EVERY
            store.frontier.request(newsroom.url, source_id="paper", now=now)
            newsroom.edit_count += look % edited_every == 0
            found += [saved.outcome for _, saved in crawl.visit_due(now)]
    return found


@pytest.mark.parametrize("etag_changes", [True, False])
def test_a_server_that_always_says_304_is_asked_for_whole_pages(
    store: Store, publisher: Publisher, etag_changes: bool
) -> None:
    newsroom = Newsroom(publisher, tells_the_truth=False, etag_changes=etag_changes)
    found = outcomes(store, publisher, newsroom, ARTICLES_EVERY + 10)
    first_whole = found.index(Outcome.NEW_VERSION)
    assert found[1:first_whole] == [Outcome.NOT_MODIFIED] * (first_whole - 1)
    rest = found[first_whole + 1 :]
    proof = [Outcome.NOT_MODIFIED] if etag_changes else []
    assert rest == [*proof, *[Outcome.NEW_VERSION] * (len(rest) - len(proof))]
    assert len(rest) > 5
    trust = store.revisits.habits("paper").trusts[trust_key(UrlKind.ARTICLE, "127.0.0.1")]
    assert trust.is_doubted(NOW + (ARTICLES_EVERY + 10) * EVERY)


def test_a_server_that_tells_the_truth_is_believed(store: Store, publisher: Publisher) -> None:
    newsroom = Newsroom(publisher, tells_the_truth=True)
    looks = 3 * ARTICLES_EVERY
    found = outcomes(store, publisher, newsroom, looks, edited_every=4)
    edited = [outcome for look, outcome in enumerate(found) if look and look % 4 == 0]
    assert edited == [Outcome.NEW_VERSION] * len(edited)
    trust = store.revisits.habits("paper").trusts[trust_key(UrlKind.ARTICLE, "127.0.0.1")]
    assert trust.whole_count >= 2
    assert (trust.doubted_at, trust.suspicion) == (None, None)
    assert newsroom.conditional_count == looks - 1 - trust.whole_count
