"""Asking for a robots.txt through the running crawl; of a long one its beginning is taken, not all of it refused."""

from __future__ import annotations

import zlib
from collections import Counter

import scrapy
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import StopDownload
from scrapy.http import Response

from crawler.outcomes import Refused, failed_with
from crawler.packing import ACCEPTED, PACKINGS, zlib_unpacker
from crawler.politeness.gate import HostResting
from crawler.politeness.rules import MAX_ROBOTS_BYTES, MAX_ROBOTS_REDIRECTS
from crawler.spider import SourceSpider, packings_of
from news.fetch import Outcome

IS_ROBOTS = "newsdex_is_robots"
MAX_SIZE = "download_maxsize"  # Scrapy's word; 0 = any, absent = crawl.max_body_bytes
REDIRECTS_LEFT = "redirect_ttl"  # Scrapy's word
HEADERS = {"Accept": "text/plain,*/*;q=0.1", "Accept-Encoding": ACCEPTED}


async def fetch_robots(crawler: Crawler, url: str) -> tuple[int | None, bytes]:
    """Status and body, at least the beginning that counts; None and why = no answer.

    One behind more redirects than are followed counts as not there.

    Raises Refused or HostResting when it was not asked.
    """
    assert isinstance(crawler.spider, SourceSpider)  # the crawls of a worker have no other
    assert crawler.engine is not None
    received: Counter[scrapy.Request] = Counter()

    def stop_at_limit(data: bytes, request: scrapy.Request) -> None:
        if not request.meta.get(IS_ROBOTS):
            return
        received[request] += len(data)
        if received[request] > MAX_ROBOTS_BYTES:  # one more byte than counts, so that a cut is seen
            raise StopDownload(fail=False)

    meta = {IS_ROBOTS: True, REDIRECTS_LEFT: MAX_ROBOTS_REDIRECTS, **crawler.spider.proxy_meta}
    request = scrapy.Request(url, meta=meta, headers=HEADERS)
    crawler.signals.connect(stop_at_limit, signals.bytes_received)
    try:
        response = await crawler.engine.download_async(request)
    except (Refused, HostResting):  # it was not asked, so nothing is known of its answer
        raise
    except Exception as error:  # any lack of an answer defers the host (RFC 9309, section 2.3.1.4)
        failed = failed_with(error)
        if failed.outcome is Outcome.BLOCKED_PRIVATE:  # the host is refused for good, not until it answers
            raise Refused(failed.outcome, failed.detail) from error
        if failed.outcome is Outcome.REDIRECT_LOOP:
            return 404, b""
        return None, failed.detail.encode()
    finally:
        crawler.signals.disconnect(stop_at_limit, signals.bytes_received)
    return response.status, response.body


def any_length(request: scrapy.Request) -> None:
    """Have a robots.txt begun however long it says it is; each redirect is a request of its own."""
    request.meta[MAX_SIZE] = 0


def unpacked_beginning(request: scrapy.Request, response: Response) -> Response:
    """The answer with what counts of its body unpacked; Scrapy refuses a packed one whole where it grows too long."""
    request.meta.pop(MAX_SIZE, None)  # what Scrapy unpacks itself, in packings not asked for, is bounded again
    packings = packings_of(response)
    if len(packings) != 1 or packings[0] not in PACKINGS:
        return response
    try:
        body = zlib_unpacker().decompress(response.body, MAX_ROBOTS_BYTES + 1)
    except zlib.error:
        return response
    unpacked = response.replace(body=body)
    del unpacked.headers["Content-Encoding"]
    return unpacked
