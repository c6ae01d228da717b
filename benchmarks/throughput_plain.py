"""What benchmarks/throughput.py compares newsdex with: plain Scrapy."""

from __future__ import annotations

import time
import urllib.request
from collections.abc import AsyncIterator, Callable
from typing import Any

import scrapy
import scrapy.core.downloader.handlers.http11  # no page pays for it here either
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response

from benchmarks.throughput_spent import UNDER_WAY, Spent


class PlainSpider(scrapy.Spider):
    """Asks for every article of the site; what it does with a page is given."""

    name = "plain"

    def __init__(self, urls: list[str], use: Callable[[Response], None], **options: Any) -> None:
        super().__init__(**options)
        self.urls, self.use = urls, use
        self.page_count = 0

    async def start(self) -> AsyncIterator[scrapy.Request]:
        """One request for each article."""
        for url in self.urls:
            yield scrapy.Request(url, dont_filter=True)

    def parse(self, response: Response, **_: Any) -> None:
        """A page has come."""
        self.use(response)
        self.page_count += 1


def crawl_plainly(options: dict[str, Any], side: str) -> dict[str, Any]:
    """What a crawl by plain Scrapy takes: with trafilatura in the callback, or ("fetch") with nothing in it."""
    use = (lambda response: None) if side == "fetch" else with_trafilatura(metadata=side == "scrapy")
    with urllib.request.urlopen(options["site"] + "/urls.txt", timeout=30) as answer:
        urls = answer.read().decode().split()
    process = AsyncCrawlerProcess(
        {
            "LOG_ENABLED": False,
            "TELNETCONSOLE_ENABLED": False,
            "CONCURRENT_REQUESTS": UNDER_WAY,
            "CONCURRENT_REQUESTS_PER_DOMAIN": UNDER_WAY,
            "DOWNLOAD_DELAY": 0,
        }
    )
    crawler = process.create_crawler(PlainSpider)
    before, start = Spent.now(options["site_pid"]), time.monotonic()
    process.crawl(crawler, urls=urls, use=use)
    process.start()
    seconds, spent = time.monotonic() - start, before.since(options["site_pid"])
    assert isinstance(crawler.spider, PlainSpider)
    page_count = crawler.spider.page_count
    figures = {"seconds": seconds, "parent_cpu_seconds": spent.parent, "site_cpu_seconds": spent.site}
    return {"full": {"pages": page_count} | figures}


def with_trafilatura(*, metadata: bool) -> Callable[[Response], None]:
    """A callback that extracts text, and the metadata that a news index needs too."""
    import trafilatura  # noqa: PLC0415  each side loads its own

    def use(response: Response) -> None:
        trafilatura.bare_extraction(response.body, url=response.url, with_metadata=metadata)

    warm = (
        "<html><head><title>Warm</title></head><body><article><p>"
        + "Some words. " * 90
        + "</p></article></body></html>"
    )
    trafilatura.bare_extraction(warm, with_metadata=metadata)
    return use
