"""One page in the browser: loaded, given its parts, and read back once its scripts are at rest."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from crawler.browser.page_looks import LOOK, look_from, markup_within
from crawler.browser.page_parts import Part, PartRequest

if TYPE_CHECKING:
    from playwright.async_api import BrowserContext, CDPSession, Page, Route

QUIET_SECONDS = 0.3  # without a request under way before the page is looked at
REST_SECONDS = 5.0  # without a new part, after which a late page is taken although it still requests data; and the
# time that a page gets which shows no story yet
DATA_KINDS = frozenset({"xhr", "fetch"})
MAX_LOOKS = 40  # after which a page that keeps writing is taken as it is
WIDTH_PIXELS, TALL_PIXELS = 1280, 10_000  # shows at once what others see as they scroll down; a choice

Serve = Callable[[PartRequest], Awaitable[Part | None]]  # None = the page does not get it


class RenderingFailed(Exception):
    """A page could not be rendered, for a reason that may pass."""

    def __init__(self, detail: str, *, timed_out: bool = False) -> None:
        super().__init__(detail)
        self.timed_out = timed_out


@dataclass  # without slots: Playwright attaches an attribute to objects whose methods it calls
class PageVisit:
    """One page in the browser."""

    url: str
    main: Part
    serve: Serve
    max_characters: int = field(kw_only=True)
    patience_seconds: float = field(kw_only=True)  # after which the page is late
    _main_given: bool = False
    _is_over: bool = False
    _served_at: float = field(default_factory=time.monotonic)  # when the last part was given, monotonic
    _serving: dict[asyncio.Task[Part | None], str] = field(default_factory=dict)  # the kind of each

    def __post_init__(self) -> None:
        self._late_at = time.monotonic() + self.patience_seconds

    async def markup(self, context: BrowserContext) -> str:
        """The page's document once its scripts are at rest."""
        await context.route("**/*", self._answer)
        page = await context.new_page()
        # no later event: a script that tries, in vain, to navigate away would prevent it
        await page.goto(self.url, wait_until="commit", timeout=0)
        session = await context.new_cdp_session(page)
        world = await _own_world(page, session)
        await self._settled(page, session, world)
        markup = await _evaluated(session, world, markup_within(self.max_characters))
        if not isinstance(markup, str):
            raise RenderingFailed(f"the rendered page is larger than {self.max_characters} bytes")
        self._is_over = True
        await context.unroute_all(behavior="ignoreErrors")
        return markup

    async def _settled(self, page: Page, session: CDPSession, world: int) -> None:
        """Wait until the page changes no more; one that shows no story is scrolled down and given a few seconds."""
        before, bides_until = None, None
        for _ in range(MAX_LOOKS):
            await self._quiet()
            look = look_from(await _evaluated(session, world, LOOK))
            rests = look is not None and look == before and self._rests()
            before = look
            if look is None or not rests:
                continue
            if not look.may_wait or (bides_until is not None and time.monotonic() >= bides_until):
                break
            if bides_until is None:
                bides_until = min(time.monotonic() + REST_SECONDS, self._late_at)
                await page.set_viewport_size({"width": WIDTH_PIXELS, "height": TALL_PIXELS})
            await asyncio.sleep(QUIET_SECONDS)

    async def _quiet(self) -> None:
        while not self._rests():
            await asyncio.sleep(QUIET_SECONDS / 3)

    def _rests(self) -> bool:
        """Whether nothing more is to come, or only what a page keeps requesting as long as it is open."""
        now = time.monotonic()
        if not self._serving:
            return now - self._served_at >= QUIET_SECONDS
        is_late = now >= self._late_at and now - self._served_at >= REST_SECONDS
        return is_late and DATA_KINDS.issuperset(self._serving.values())

    async def _answer(self, route: Route) -> None:
        asked = route.request
        if not self._main_given and asked.resource_type == "document":
            self._main_given = True
            part: Part | None = self.main
        else:
            request = PartRequest(
                url=asked.url, method=asked.method, kind=asked.resource_type, headers=dict(asked.headers)
            )
            part = await self._served(request)
        with suppress(Exception):  # the page may be gone by now
            if part is None:  # "aborted" leaves the page in place; other errors would replace it
                await route.abort("aborted" if asked.resource_type == "document" else "blockedbyclient")
            else:
                await route.fulfill(status=part.status, headers=dict(part.headers), body=part.body)

    async def _served(self, request: PartRequest) -> Part | None:
        if self._is_over:
            return None
        task = asyncio.ensure_future(self.serve(request))
        self._serving[task] = request.kind
        part = None
        try:
            part = await asyncio.shield(task)
        finally:
            self._serving.pop(task, None)
            now = time.monotonic()
            if part is not None or now < self._late_at:  # a page may repeat a refused request for ever
                self._served_at = now
        return part

    async def ended(self) -> None:
        """Wait for the requests under way, since they belong to the crawl's row and leases."""
        self._is_over = True
        await asyncio.gather(*self._serving, return_exceptions=True)


async def _own_world(page: Page, session: CDPSession) -> int:
    tree = await session.send("Page.getFrameTree")
    frame_id = tree["frameTree"]["frame"]["id"]
    world = await session.send("Page.createIsolatedWorld", {"frameId": frame_id, "worldName": "newsdex"})
    return int(world["executionContextId"])


async def _evaluated(session: CDPSession, world: int, expression: str) -> Any:
    asked = {"expression": expression, "contextId": world, "returnByValue": True, "awaitPromise": True}
    answer = await session.send("Runtime.evaluate", asked)
    return answer["result"].get("value")
