"""Crawling real pages by a clock of the test's own: frontier, reader, recorder and store as in a crawl, no Scrapy."""

from __future__ import annotations

import asyncio
import http.client
from datetime import datetime
from typing import Self
from urllib.parse import urljoin, urlsplit

from config.settings import CrawlSettings
from crawler.answered.other_texts import OtherTexts
from crawler.answered.reader import AnswerReader
from crawler.answered.rereading import Rereader
from crawler.archived.replay import ReplayReport, replay
from crawler.crawls.conditions import Conditions
from crawler.fetching.answers import Answer
from crawler.fetching.bodies import PackedBody
from crawler.recording.batch import Fetched, write_batch
from news.fetch import Discovered, UrlKind
from news.source import Source
from news.triggers import Trigger
from store.records import FrontierRow, NewUrl, SavedFetch
from store.service import Store
from tests.support.in_this_process import InThisProcess, at_once

TAKE = 500


class TimedCrawl:
    """Follows one source of one server while the `with` block runs."""

    def __init__(self, store: Store, source: Source, server_url: str) -> None:
        self._store = store
        self._source = source
        settings = CrawlSettings(allow_private_networks=True)
        pool = InThisProcess()
        began_at = datetime.fromisoformat("2026-01-01T00:00+00:00")
        self._run_id = store.runs.start(source.id, trigger=Trigger.CLI, now=began_at)
        self._pool = pool
        rereader = Rereader(store, pool, at_once)
        others = OtherTexts(store, at_once)
        self._reader = AnswerReader(source, settings, pool, run_id=self._run_id, rereader=rereader, other_texts=others)
        self._connection = http.client.HTTPConnection(urlsplit(server_url).netloc, timeout=60)
        self.request_count = 0

    def find(self, urls: list[str], *, now: datetime, title: str | None = None) -> None:
        """Make article addresses known, as discovery does."""
        new = [NewUrl(url=url, kind=UrlKind.ARTICLE, found=Discovered(url=url, title=title)) for url in urls]
        self._store.frontier.add(new, source_id=self._source.id, found_on=None, now=now)

    def visit_due(self, now: datetime) -> list[tuple[FrontierRow, SavedFetch]]:
        """Ask for everything that is due by now; what became of each."""
        habits = self._store.revisits.habits(self._source.id)
        self._reader.learn(habits)
        self._conditions = Conditions(habits.trusts)
        self._reader.know(self._store.boilerplates.at(self._source.id, now))
        rows = self._store.frontier.take(self._source.id, self._run_id, limit=TAKE, now=now)
        fetched = asyncio.run(self._read(rows, now))
        saved = write_batch(self._store, fetched) if fetched else []
        return [(row, one) for row, one in zip(rows, saved, strict=True) if one is not None]

    def read_stale(self) -> ReplayReport:
        """Read articles again that hold boilerplate known by now, as the end of a crawl does."""
        ids = self._store.boilerplates.stale_articles(self._source.id, limit=TAKE)
        sources = {self._source.id: self._source}
        return asyncio.run(replay(ids, store=self._store, sources=sources, pool=self._pool, call=at_once))

    async def _read(self, rows: list[FrontierRow], now: datetime) -> list[Fetched]:
        return [await self._reader.read(row, self._ask(row, now), now=now) for row in rows]

    def _ask(self, row: FrontierRow, now: datetime) -> Answer:
        condition, sent = self._conditions.of(row, now)
        headers = {"If-None-Match": sent.etag} if sent.etag else {}
        url = row.url
        while True:
            self._connection.request("GET", urlsplit(url).path, headers=headers)
            response = self._connection.getresponse()
            self.request_count += 1
            if not (led_to := response.getheader("Location")):
                break
            response.read()
            url = urljoin(url, led_to)
        return Answer(
            url=url,
            status=response.status,
            headers=response.getheaders(),
            packed=PackedBody(content=response.read()),
            content_type=response.getheader("Content-Type"),
            etag=response.getheader("ETag"),
            last_modified=response.getheader("Last-Modified"),
            retry_after_seconds=None,
            duration_seconds=0.0,
            condition=condition,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        self._connection.close()
