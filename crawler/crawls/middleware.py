"""Downloader middleware: guard, scope, robots and the host's gate, for redirects too, and unpacking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy import Request
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.http import Response

from crawler.crawls.redirects import mind_redirect, show_cookies
from crawler.crawls.spider import SourceSpider
from crawler.fetching.outcomes import NOT_PUBLIC, says_nothing_of_pace
from crawler.fetching.refusals import Refused
from crawler.fetching.request_meta import ASKED_AT, HOSTS, IS_ROBOTS, STAYS_PACKED, URGENT
from crawler.politeness.robots_requests import any_length, unpacked_beginning
from news.addresses import blocked_reason
from news.fetch import Outcome
from news.urls import in_scope

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.politeness.manners import Entered, Manners

ENTERED = "newsdex_entered"


class PolitenessMiddleware:
    """Refuses requests that are not allowed and lets the rest through at the host's pace.

    It is nearest to the downloader, so that redirects pass it like first requests.
    """

    def __init__(self, manners: Manners) -> None:
        self._manners = manners

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> PolitenessMiddleware:
        """Make it with the manners of the spider's crawl."""
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
        self._show_secret(request)
        show_cookies(request)
        if request.meta.get(IS_ROBOTS):
            any_length(request)
            entered = await self._manners.enter_for_robots(request.url)
        else:
            entered = await self._manners.enter(request.url, is_urgent=bool(request.meta.get(URGENT)))
        request.meta[ENTERED] = entered
        request.meta.setdefault(ASKED_AT, entered.asked_at)

    def _show_secret(self, request: Request) -> None:
        """Add credentials to requests to the source's own servers; redirects elsewhere carry none."""
        secret = self._manners.secret
        if secret is None:
            return
        request.headers.pop(secret.name, None)
        value = secret.for_url(request.url)
        if value is not None:
            request.headers[secret.name] = value

    async def process_response(self, request: Request, response: Response) -> Response:
        """Let the host's next request in, after a rest if the answer asked for one."""
        entered: Entered | None = request.meta.pop(ENTERED, None)
        if entered is not None:
            await self._manners.leave(
                entered,
                request.url,
                status=response.status,
                latency_seconds=request.meta.get("download_latency"),
                rest_seconds=self._manners.rest_seconds(response),
            )
        mind_redirect(request, response)
        if request.meta.get(IS_ROBOTS):
            return unpacked_beginning(request, response)
        return response

    async def process_exception(self, request: Request, exception: Exception) -> None:
        """Let the host's next request in."""
        entered: Entered | None = request.meta.pop(ENTERED, None)
        if entered is None:
            return
        if says_nothing_of_pace(exception):
            entered.gate.leave()
        else:
            await self._manners.leave(entered, request.url, status=None)


class UnpackingMiddleware(HttpCompressionMiddleware):
    """Unpacks bodies that are used at once; pages and documents of the frontier are unpacked where they are read."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """The answer, unpacked or as it is."""
        if request.meta.get(STAYS_PACKED):
            return response
        return super().process_response(request, response)
