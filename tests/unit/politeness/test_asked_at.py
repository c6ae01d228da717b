"""When a request went out is known to whoever saves its answer: by that, what was asked for meanwhile is answered."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

from scrapy import Request
from scrapy.http import HtmlResponse

from config.settings import CrawlSettings
from crawler.answered.reader import AnswerReader
from crawler.answered.rereading import Rereader
from crawler.crawls.middleware import PolitenessMiddleware
from crawler.crawls.session import CrawlSession
from crawler.crawls.spider import SourceSpider
from crawler.politeness.manners import Manners
from crawler.reading.pool import ReadingPool
from news.fetch import UrlKind
from news.source import Source
from store.records import FrontierRow

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SOURCE = Source(id="paper", name="Paper", home_url="https://paper.example/", hosts=("paper.example",))
ROW = FrontierRow(
    id=1,
    url="https://paper.example/a",
    source_id="paper",
    host="paper.example",
    discovered_at=NOW,
    kind=UrlKind.ARTICLE,
    depth=0,
    etag=None,
    last_modified=None,
    payload_digest=None,
    content_digest=None,
    article_id=None,
    failure_count=0,
    change_count=0,
    last_fetched_at=None,
    last_changed_at=None,
    title_hint=None,
    published_hint=None,
    section_hint=None,
    requested_at=None,
)


class Patience:
    """Manners that let each request through a minute after the one before."""

    secret = None
    allow_private_networks = True

    def __init__(self) -> None:
        self.entered = 0

    async def enter(self, url: str, *, is_urgent: bool = False) -> Any:
        self.entered += 1
        return SimpleNamespace(asked_at=NOW + timedelta(minutes=self.entered))


def test_the_first_request_of_a_row_counts_through_redirects() -> None:
    manners = cast("Manners", Patience())
    middleware = PolitenessMiddleware(manners)
    request = Request(ROW.url, meta={"row": ROW})
    asyncio.run(middleware.process_request(request))
    further = request.replace(url="https://paper.example/b")  # as Scrapy follows a redirect, its meta kept
    asyncio.run(middleware.process_request(further))

    spider = SourceSpider(cast("CrawlSession", SimpleNamespace(source=SOURCE)), manners, CrawlSettings())
    answer = spider._answer(HtmlResponse(further.url, status=410, body=b"gone", request=further))
    assert (answer.asked_at, answer.has_no_length) == (NOW + timedelta(minutes=1), False)
    reader = AnswerReader(SOURCE, CrawlSettings(), cast("ReadingPool", None), run_id=1, rereader=cast("Rereader", None))
    read = asyncio.run(reader.read(ROW, answer, now=NOW + timedelta(minutes=3)))
    assert read.result.asked_at == NOW + timedelta(minutes=1)
    cut = HtmlResponse(further.url, body=b"<html><p>Half a", request=further, flags=["partial"])
    assert spider._answer(cut).has_no_length
