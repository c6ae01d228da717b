"""The last thing before the downloader: guard, scope, robots and the host's gate, redirects included."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy import Request
from scrapy.http import Response

from crawler.outcomes import NOT_PUBLIC, Refused
from crawler.spider import HOSTS, SourceSpider
from news.addresses import blocked_reason
from news.fetch import Outcome
from news.urls import in_scope, origin_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.manners import Manners

ENTERED = "newsdex_entered_origin"
IS_ROBOTS = "newsdex_is_robots"


class PolitenessMiddleware:
    """Refuses what may not be asked and lets the rest through at the host's pace.

    It stands nearest to the downloader, so that redirects pass it like first requests.
    """

    def __init__(self, manners: Manners) -> None:
        self._manners = manners

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> PolitenessMiddleware:
        """Take the manners of the spider's crawl."""
        assert isinstance(crawler.spider, SourceSpider)  # the middleware is of no use to another
        return cls(crawler.spider.manners)

    async def process_request(self, request: Request) -> None:
        """Wait for the request's turn. Raises Refused or HostResting."""
        blocked = blocked_reason(request.url, allow_private_networks=self._manners.allow_private_networks)
        if blocked is not None:
            what = NOT_PUBLIC if blocked is Outcome.BLOCKED_PRIVATE else "only http and https are asked"
            raise Refused(blocked, f"{request.url}: {what}")
        hosts = request.meta.get(HOSTS)
        if hosts is not None and not in_scope(request.url, hosts):
            raise Refused(Outcome.OUT_OF_SCOPE, f"redirected to {request.url}, outside the source's hosts")
        if not request.meta.get(IS_ROBOTS):
            await self._ask_robots(request)
        origin = origin_of(request.url)
        await (await self._manners.gate(origin)).enter()
        request.meta[ENTERED] = origin

    async def _ask_robots(self, request: Request) -> None:
        rules = await self._manners.robots.rules(origin_of(request.url))
        if rules.deferred:
            raise Refused(Outcome.ROBOTS_DEFERRED, "robots.txt does not answer, so nothing may be asked")
        if not rules.allows(request.url, self._manners.user_agent):
            raise Refused(Outcome.ROBOTS_REFUSED, f"robots.txt forbids {request.url}")
        await self._manners.obey_delay(origin_of(request.url))

    async def process_response(self, request: Request, response: Response) -> Response:
        """Let the next request of the host in, after a rest where the answer asked for one."""
        await self._leave(request, response)
        return response

    async def process_exception(self, request: Request, exception: Exception) -> None:
        """Let the next request of the host in."""
        await self._leave(request, None)

    async def _leave(self, request: Request, response: Response | None) -> None:
        origin = request.meta.pop(ENTERED, None)
        if origin is None:
            return
        gate = await self._manners.gate(origin)
        rest_seconds = self._manners.rest_seconds(response) if response is not None else None
        if rest_seconds is not None:
            gate.rest(rest_seconds)
        gate.leave()
