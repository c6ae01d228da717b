"""The generic spider: one for every source, fed by the frontier."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from typing import Any

import scrapy
from scrapy.http import Response
from twisted.python.failure import Failure

from config.settings import CrawlSettings
from crawler.crawls.redirects import led_on
from crawler.crawls.session import CrawlSession
from crawler.fetching.answers import Answer
from crawler.fetching.bodies import PackedBody
from crawler.fetching.outcomes import Failed, failed_with
from crawler.fetching.packing import packings_of
from crawler.fetching.refusals import HostResting
from crawler.fetching.request_meta import ASKED_AT, CONDITION, HOSTS, LED_TO, STAYS_PACKED, URGENT, proxy_meta
from crawler.politeness.manners import Manners, retry_after_seconds
from news.errors import StoreError
from news.fetch import UrlKind
from news.revisits.validators import Condition
from store.archive.service import Sent
from store.clock import utc_now
from store.records import FrontierRow

log = logging.getLogger(__name__)
ACCEPT = {
    UrlKind.ARTICLE: "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1",
    UrlKind.SECTION: "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1",
    UrlKind.FEED: "application/rss+xml,application/atom+xml,application/feed+json,application/xml;q=0.9,*/*;q=0.1",
    UrlKind.SITEMAP: "application/xml,text/xml;q=0.9,*/*;q=0.1",
}


class SourceSpider(scrapy.Spider):
    """Requests the rows that its crawl takes from the frontier."""

    name = "source"

    def __init__(self, session: CrawlSession, manners: Manners, settings: CrawlSettings, **kwargs: Any) -> None:
        super().__init__(name=session.source.id, **kwargs)
        self.manners = manners
        self._session = session
        self._max_retry_after_seconds = settings.max_retry_after_seconds
        self._max_redirects = settings.max_redirects
        self._max_body_bytes = settings.max_body_bytes
        self._proxy_meta = proxy_meta(settings)

    async def start(self) -> AsyncIterator[scrapy.Request]:
        """Requests for due rows until the crawl ends."""
        try:
            async for row in self._session.rows():
                yield self._request(row)
        except Exception as error:  # Scrapy would log a traceback and end the crawl as if it were complete
            if not isinstance(error, StoreError):
                log.exception("taking URLs of %s failed", self.name)
            self._session.give_up(error)

    def _request(self, row: FrontierRow) -> scrapy.Request:
        headers = {"Accept": ACCEPT[row.kind]}
        meta: dict[str, Any] = {"row": row, STAYS_PACKED: True, URGENT: row.is_named_document, **self._proxy_meta}
        if row.article_id is not None or not (row.kind is UrlKind.ARTICLE and self._session.source.renders):
            # else: a page that gave no story before rendering was switched on must be sent whole
            meta[CONDITION], sent = self._session.conditions.of(row, utc_now())
            if sent.etag:
                headers["If-None-Match"] = sent.etag
            if sent.last_modified:
                headers["If-Modified-Since"] = sent.last_modified
        if row.kind is UrlKind.ARTICLE:
            meta[HOSTS] = self._session.source.hosts
        return scrapy.Request(
            row.url, headers=headers, meta=meta, callback=self.parse, errback=self.failed, dont_filter=True
        )

    async def parse(self, response: Response, **kwargs: Any) -> AsyncIterator[scrapy.Request]:
        """Pass an answer to the crawl; a page that leads on is followed."""
        row: FrontierRow = response.meta["row"]
        target = await self._session.answered(row, self._answer(response))
        if target is None:
            return
        following = led_on(response, target, most_redirects=self._max_redirects)
        if isinstance(following, Failed):
            await self._session.failed(row, following)
        else:
            yield following

    async def failed(self, failure: Failure) -> None:
        """Pass a failed request to the crawl."""
        request: scrapy.Request = failure.request  # type: ignore[attr-defined]  # Scrapy puts it there
        error = failure.value or RuntimeError("no reason given")
        resting = isinstance(error, HostResting)
        await self._session.failed(request.meta["row"], failed_with(error), host_resting=resting)

    def _answer(self, response: Response) -> Answer:
        packed = PackedBody(
            content=response.body,
            packings=packings_of(response.headers.getlist("Content-Encoding")),
            most_bytes=self._max_body_bytes,
        )
        headers = [
            (name.decode("latin-1"), value.decode("latin-1"))
            for name, values in response.headers.items()
            for value in values
            if name != b"Content-Encoding"
        ]
        headers += [("Content-Encoding", packing) for packing in packed.unknown_packings]
        lower = {name.lower(): value for name, value in headers}
        return Answer(
            url=response.url,
            status=response.status,
            headers=headers,
            packed=packed,
            content_type=lower.get("content-type"),
            etag=lower.get("etag"),
            last_modified=lower.get("last-modified"),
            retry_after_seconds=retry_after_seconds(response, utc_now(), self._max_retry_after_seconds),
            duration_seconds=response.meta.get("download_latency"),
            asked_at=response.meta.get(ASKED_AT),
            condition=response.meta.get(CONDITION, Condition.NONE),
            is_led_to=response.meta.get(LED_TO, False),
            has_no_length="partial" in response.flags,  # Scrapy's flag for it
            sent=_sent(response.request, without=self.manners.secret.name if self.manners.secret else None),
        )


def _sent(request: scrapy.Request | None, *, without: str | None) -> Sent | None:
    """The request that was answered, after redirects, without a header that must not be stored."""
    if request is None:
        return None
    headers = [
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in request.headers.items()
        for value in values
        if without is None or name.decode("latin-1").lower() != without.lower()
    ]
    return Sent(method=request.method, headers=headers)
