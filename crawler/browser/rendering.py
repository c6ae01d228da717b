"""Rendering the pages of one crawl; the crawl itself fetches every part that a page requests, with all its manners."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace

from crawler.browser.browser import PageBrowser
from crawler.browser.choice import BrowserMissing
from crawler.browser.page_parts import (
    MAX_PAGE_BYTES,
    Part,
    PartRequest,
    asked_headers,
    given_headers,
    refusal,
    stand_in,
)
from crawler.browser.visit import RenderingFailed
from crawler.fetching.answers import Answer
from crawler.fetching.bodies import PackedBody
from crawler.fetching.outcomes import Failed
from news.fetch import Outcome
from news.source import Source
from news.urls import host_of
from store.archive.records import RENDERED_TYPE

log = logging.getLogger(__name__)
KEPT_SCRIPT_BYTES = 64 << 20  # per crawl, since a site's pages run the same scripts
PAGE_HEADERS = frozenset({"content-security-policy", "content-type"})  # those of a page that matter to its browser


class PartFailed(Exception):
    """A part of a page could not be fetched."""

    def __init__(self, detail: str, *, may_pass: bool) -> None:
        super().__init__(detail)
        self.may_pass = may_pass  # trying again is worthwhile


FetchPart = Callable[[str, Mapping[str, str], frozenset[str]], Awaitable[Part]]  # URL, headers, hosts; or PartFailed


@dataclass(frozen=True, kw_only=True, slots=True)
class Rendering:
    """The outcome of rendering a page."""

    answer: Answer  # with the rendered document as its body; unchanged if there is no browser
    missing: str = ""  # the parts that the page did not get
    may_pass: bool = False  # it may get them another time


class Renderer:
    """Renders the pages of one crawl."""

    def __init__(self, source: Source, browser: PageBrowser, fetch: FetchPart, *, max_requests: int) -> None:
        self.problem = ""  # why nothing is rendered, in one line
        self._source = source
        self._browser = browser
        self._fetch = fetch
        self._max_requests = max_requests
        self._scripts: dict[str, asyncio.Future[Part]] = {}
        self._script_bytes = 0

    async def render(self, answer: Answer) -> Rendering | Failed:
        """Render a page with its scripts."""
        page = _PageParts(self, answer.url, max_requests=self._max_requests)
        headers = {name.lower(): value for name, value in answer.headers if name.lower() in PAGE_HEADERS}
        main = Part(status=200, headers=headers, body=answer.body)
        try:
            body = await self._browser.render(answer.url, main, page.serve)
        except BrowserMissing as error:
            if not self.problem:
                self.problem = f"pages of {self._source.id} are not rendered: {error}"
                log.warning("%s", self.problem, extra={"source_id": self._source.id})
            return Rendering(answer=answer, missing=f"not rendered: {error}")
        except RenderingFailed as error:
            outcome = Outcome.TIMEOUT if error.timed_out else Outcome.INCOMPLETE
            detail = f"{error}; {page.missing}" if page.missing else str(error)
            return Failed(outcome=outcome, detail=detail)
        # The validators are those of the frame, which stays the same while its story changes
        packed = PackedBody(content=body)
        made = replace(
            answer, packed=packed, content_type=RENDERED_TYPE, etag=None, last_modified=None, is_rendered=True
        )
        return Rendering(answer=made, missing=page.missing, may_pass=page.may_pass)

    def refusal(self, request: PartRequest, page_url: str) -> str | None:
        """Why a part is not fetched; None if it is."""
        return refusal(request, page_url=page_url, hosts=self._hosts)

    async def part(self, request: PartRequest) -> Part:
        """A part's answer; each script is fetched once per crawl. Raises PartFailed."""
        if request.kind != "script":
            return await self._asked(request)
        if request.url not in self._scripts:
            self._scripts[request.url] = asyncio.ensure_future(self._asked(request))
        future = self._scripts[request.url]
        try:
            script = await asyncio.shield(future)
        except PartFailed:
            self._scripts.pop(request.url, None)
            raise
        self._bound_scripts(request.url, script)
        return script

    def is_kept(self, request: PartRequest) -> bool:
        """Whether a part is kept and costs no request."""
        return request.kind == "script" and request.url in self._scripts

    async def _asked(self, request: PartRequest) -> Part:
        hosts = self._hosts | {host_of(request.url)}
        part = await self._fetch(request.url, asked_headers(request), hosts)
        return replace(part, headers=given_headers(part.headers))

    def _bound_scripts(self, url: str, script: Part) -> None:
        self._script_bytes = sum(
            len(each.result().body) for each in self._scripts.values() if each.done() and not each.exception()
        )
        if self._script_bytes > KEPT_SCRIPT_BYTES:
            self._scripts.pop(url, None)

    @property
    def _hosts(self) -> frozenset[str]:
        return frozenset((*self._source.hosts, *self._source.render_hosts))


class _PageParts:
    """Serves the parts of one page, and notes those it did not get."""

    def __init__(self, renderer: Renderer, page_url: str, *, max_requests: int) -> None:
        self.may_pass = False
        self._renderer = renderer
        self._page_url = page_url
        self._room = max_requests
        self._bytes_left = MAX_PAGE_BYTES
        self._missed: list[str] = []

    @property
    def missing(self) -> str:
        """What the page did not get, in one line; "" if it lacks nothing that its text needs."""
        if not self._missed:
            return ""
        others = f" and {len(self._missed) - 1} more" if len(self._missed) > 1 else ""
        return f"rendered without {self._missed[0]}{others}"

    async def serve(self, request: PartRequest) -> Part | None:
        """The part given to the browser; None = nothing."""
        look = stand_in(request.kind)
        if look is not None:
            return look
        why = self._renderer.refusal(request, self._page_url)
        if why is not None:
            log.debug("not asked for %s: %s", request.url[:200], why)
            if request.kind in {"script", "xhr", "fetch"}:
                self._miss(request, why)
            return None
        if not self._renderer.is_kept(request):
            if self._room <= 0:
                self._miss(request, "more than browser.max_requests")
                return None
            self._room -= 1
        try:
            part = await self._renderer.part(request)
        except PartFailed as error:
            self.may_pass = self.may_pass or error.may_pass
            self._miss(request, str(error))
            return None
        self._bytes_left -= len(part.body)
        if self._bytes_left < 0:
            self._miss(request, f"more than {MAX_PAGE_BYTES} bytes")
            return None
        if part.status == 429 or part.status >= 500:
            self.may_pass = True
            self._miss(request, f"status {part.status}")
        return part

    def _miss(self, request: PartRequest, why: str) -> None:
        self._missed.append(f"{request.url[:120]} ({why})")
