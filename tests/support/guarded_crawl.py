"""Scrapy behind the address guard, in a process of its own: what came of each URL, one JSON line each.

Run as a module: arguments are the host that is trusted, or "any" to leave the guard out, then URLs.
"""

from __future__ import annotations

import asyncio
import json
import socket
import sys
from typing import Any

import scrapy
from scrapy.crawler import AsyncCrawlerRunner
from scrapy.utils.reactor import install_reactor

from config.settings import CrawlSettings
from crawler.crawls.scrapy_settings import scrapy_settings
from crawler.fetching.bodies import PackedBody, UnpackingFailed
from crawler.fetching.outcomes import failed_with
from crawler.fetching.packing import packings_of
from crawler.fetching.request_meta import STAYS_PACKED
from crawler.politeness.guard import install_guard

NAMES = {"intranet.example": "127.0.0.1", "mapped.example": "::ffff:127.0.0.1", "six.example": "::1"}


def say(url: str, outcome: str) -> None:
    print(json.dumps([url, outcome]), flush=True)


class Probe(scrapy.Spider):
    name = "probe"
    urls: tuple[str, ...] = ()
    tell = staticmethod(say)

    async def start(self) -> Any:
        for url in self.urls:
            meta = {STAYS_PACKED: True}
            yield scrapy.Request(url, dont_filter=True, errback=self.failed, cb_kwargs={"asked": url}, meta=meta)

    def parse(self, response: Any, asked: str) -> None:
        most = CrawlSettings().max_body_bytes
        try:
            PackedBody(
                content=response.body,
                packings=packings_of(response.headers.getlist("Content-Encoding")),
                most_bytes=most,
            ).unpacked()
        except UnpackingFailed as error:
            self.tell(asked, error.outcome.value)
        else:
            self.tell(asked, str(response.status))

    def failed(self, failure: Any) -> None:
        self.tell(failure.request.cb_kwargs["asked"], failed_with(failure.value).outcome.value)


def answer_names(getaddrinfo: Any) -> Any:
    """The system's look-up, with names of the test's own and no others, so that nothing leaves this machine."""

    def look_up(host: str, *args: Any, **kwargs: Any) -> Any:
        if host.endswith(".example") and host not in NAMES:
            raise socket.gaierror(socket.EAI_NONAME, "no such host")
        return getaddrinfo(NAMES.get(host, host), *args, **kwargs)

    return look_up


def main(trusted_host: str, urls: list[str]) -> None:
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")
    from twisted.internet import reactor
    from twisted.internet._resolver import GAIResolver

    machine: Any = reactor
    machine.installNameResolver(GAIResolver(machine, getaddrinfo=answer_names(socket.getaddrinfo)))
    if trusted_host != "any":
        install_guard(machine, trusted_hosts={trusted_host})
    settings = scrapy_settings(CrawlSettings(timeout_seconds=120))
    settings["DOWNLOADER_MIDDLEWARES"] = {
        name: order for name, order in settings["DOWNLOADER_MIDDLEWARES"].items() if "Politeness" not in name
    }  # the guard alone, without the check before each request
    machine.startRunning(installSignalHandlers=False)
    Probe.urls = tuple(urls)
    loop.run_until_complete(AsyncCrawlerRunner(settings).crawl(Probe))
    machine.stop()
    loop.run_forever()
    loop.close()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
