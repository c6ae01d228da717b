"""Fetching a robots.txt through the running crawl; of a long one, the beginning is used instead of refusing it all."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Mapping

import scrapy
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import StopDownload
from scrapy.http import Response

from crawler.fetching.outcomes import failed_with
from crawler.fetching.packing import ACCEPTED, PACKINGS, packings_of, zlib_unpacker
from crawler.fetching.refusals import HostResting, Refused
from crawler.fetching.request_meta import IS_ROBOTS, MAX_SIZE, REDIRECTS_LEFT
from crawler.politeness.rules import MAX_ROBOTS_BYTES, MAX_ROBOTS_REDIRECTS
from news.fetch import Outcome

HEADERS = {"Accept": "text/plain,*/*;q=0.1", "Accept-Encoding": ACCEPTED}


async def fetch_robots(crawler: Crawler, url: str, proxy: Mapping[str, str]) -> tuple[int | None, bytes]:
    """The status and body, at least the part that counts; None and the reason if there is no answer.

    `proxy` is what `proxy_meta` returns. A robots.txt behind more redirects than are followed counts as missing.
    Raises Refused or HostResting if no request was made.
    """
    assert crawler.engine is not None
    received: Counter[scrapy.Request] = Counter()

    def stop_at_limit(data: bytes, request: scrapy.Request) -> None:
        if not request.meta.get(IS_ROBOTS):
            return
        received[request] += len(data)
        if received[request] > MAX_ROBOTS_BYTES:  # one byte more than counts, so that a cut is noticed
            raise StopDownload(fail=False)

    meta = {IS_ROBOTS: True, REDIRECTS_LEFT: MAX_ROBOTS_REDIRECTS, **proxy}
    request = scrapy.Request(url, meta=meta, headers=HEADERS)
    crawler.signals.connect(stop_at_limit, signals.bytes_received)
    try:
        response = await crawler.engine.download_async(request)
    except (Refused, HostResting):  # no request was made, so nothing is known of its answer
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
    """Have a robots.txt downloaded whatever length it states; each redirect is a request of its own."""
    request.meta[MAX_SIZE] = 0


def unpacked_beginning(request: scrapy.Request, response: Response) -> Response:
    """The answer with the part of its body that counts unpacked; Scrapy would refuse a long packed body altogether."""
    request.meta.pop(MAX_SIZE, None)  # bodies in unrequested packings, which Scrapy unpacks itself, are bounded again
    packings = packings_of(response.headers.getlist("Content-Encoding"))
    if len(packings) != 1 or packings[0] not in PACKINGS:
        return response
    try:
        body = zlib_unpacker().decompress(response.body, MAX_ROBOTS_BYTES + 1)
    except zlib.error:
        return response
    unpacked = response.replace(body=body)
    del unpacked.headers["Content-Encoding"]
    return unpacked
