"""A feed that names nothing of its source's fails, so that a site that has moved is not taken for a quiet one."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from config.settings import CrawlSettings
from crawler.answered.discovery_reader import DiscoveryReader, no_fills
from crawler.answered.fetch import AnsweredFetch
from crawler.answered.results import Results
from crawler.discovery.readings import FeedReading
from crawler.fetching.answers import Answer
from crawler.fetching.bodies import PackedBody
from news.advice import advice_on
from news.fetch import Discovered, Outcome, UrlKind, UrlState
from news.source import Source
from store.records import FetchResult, FrontierRow

NOW = datetime(2026, 11, 26, 8, 0, tzinfo=UTC)
SOURCE = Source(id="paper", name="Paper", home_url="https://paper.example/", hosts=("paper.example",))
FEED = "https://paper.example/feed"
_NOTHING = dict.fromkeys(FrontierRow.__slots__)
ROW = FrontierRow(**(_NOTHING | {"url": FEED, "kind": UrlKind.FEED, "depth": 0, "failure_count": 0}))  # type: ignore[arg-type]  # what is asked of it is there
_SAID = dict.fromkeys(Answer.__dataclass_fields__)
ANSWER = Answer(**(_SAID | {"url": FEED, "status": 200, "headers": (), "packed": PackedBody(content=b"<rss/>")}))  # type: ignore[arg-type]  # as above


class Reads:
    """Stands where the reading processes stand, and finds these addresses in every feed."""

    def __init__(self, *urls: str) -> None:
        self._reading = FeedReading(entries=tuple(Discovered(url=url) for url in urls))

    async def run(self, *args: Any, **kwargs: Any) -> FeedReading:
        return self._reading


def read(*urls: str, source: Source = SOURCE) -> FetchResult:
    results = Results(source, run_id=1)
    reader = DiscoveryReader(source, CrawlSettings(), Reads(*urls), results, fills_of=no_fills)  # type: ignore[arg-type]  # a pool reads for real
    return asyncio.run(reader.read(AnsweredFetch(row=ROW, answer=ANSWER, fetched_at=NOW))).result


def test_a_feed_whose_entries_all_lie_elsewhere_fails_and_says_where() -> None:
    found = read("https://new-paper.example/news/1", "https://new-paper.example/news/2")
    assert (found.outcome, found.state) == (Outcome.OUT_OF_SCOPE, UrlState.FAILING)
    assert found.detail == "all it names lies elsewhere, such as on new-paper.example"


def test_a_feed_with_one_of_its_own_or_none_at_all_is_read() -> None:
    assert read("https://new-paper.example/news/1", "https://paper.example/news/2").outcome is Outcome.DISCOVERED
    assert read().outcome is Outcome.DISCOVERED


def test_a_feed_of_which_the_patterns_take_nothing_fails_and_says_so() -> None:
    source = replace(SOURCE, article_patterns=("^/world/",), ignore_patterns=("^/video/",))
    moved = [f"https://paper.example/news/{number}-storm-hits-the-coast" for number in range(10)]
    found = read(*moved, source=source)
    assert (found.outcome, found.state) == (Outcome.OUT_OF_SCOPE, UrlState.FAILING)
    assert found.detail == f"no entry matches a pattern in articles, such as {moved[0]}"
    assert "change hosts or articles in the source's file" in advice_on(found.outcome, UrlKind.FEED)
    videos = [url.replace("/news/", "/video/") for url in moved]
    for others in (moved[1:], videos, [*moved, "https://paper.example/world/a-storm"]):
        assert read(*others, source=source).outcome is Outcome.DISCOVERED
    assert read(*moved).outcome is Outcome.DISCOVERED
