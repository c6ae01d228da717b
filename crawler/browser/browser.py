"""A real browser for pages whose story is loaded by scripts; it has no network of its own and is given every byte."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from config.settings import BrowserSettings
from crawler.browser.choice import browser_path
from crawler.browser.closed_door import ClosedDoor
from crawler.browser.page_parts import Part
from crawler.browser.visit import PageVisit, RenderingFailed, Serve
from news.errors import one_line

if TYPE_CHECKING:
    from playwright.async_api import Browser, Playwright
    from playwright.async_api._context_manager import PlaywrightContextManager

log = logging.getLogger(__name__)
PAGES_AT_A_TIME = 4
PAGES_PER_BROWSER = 200  # after which it is replaced: pages leak
START_SECONDS = 60.0
PATIENCE_SHARE = 0.5  # of the deadline, after which a text at rest is taken although the page requests more data
CLOSE_SECONDS = 10.0
HEAP_MIB = 512  # for a page's scripts
ENVIRONMENT = ("HOME", "LANG", "PATH", "TMPDIR")  # the only variables that the browser gets: others may hold secrets
FLAGS = (
    "--proxy-bypass-list=<-loopback>",  # addresses of this machine go to the proxy like all others
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",  # no name is looked up
    "--disable-quic",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",  # its name in older versions
    "--no-pings",
    "--disable-domain-reliability",
    "--disable-gpu",
    f"--js-flags=--max-old-space-size={HEAP_MIB}",
)


@dataclass(kw_only=True, slots=True)
class _Process:
    """A running browser and its driver."""

    playwright: Playwright
    browser: Browser
    begun_count: int = 0
    active_count: int = 0
    is_spent: bool = False  # no further page may be opened in it

    async def close(self) -> None:
        with suppress(Exception):  # the driver may be gone already; if not, it ends its browser when it ends
            async with asyncio.timeout(CLOSE_SECONDS):
                await self.playwright.stop()


class PageBrowser:
    """A worker's browser: started with the first page, replaced after many, ended with the worker."""

    def __init__(
        self, settings: BrowserSettings, *, user_agent: str, max_page_bytes: int, environment: Mapping[str, str]
    ) -> None:
        self._settings = settings
        self._user_agent = user_agent
        self._max_page_bytes = max_page_bytes
        self._environment = {name: environment[name] for name in ENVIRONMENT if name in environment}
        self._room = asyncio.Semaphore(PAGES_AT_A_TIME)
        self._starting = asyncio.Lock()
        self._process: _Process | None = None
        self.door = ClosedDoor()

    def find(self) -> str:
        """The executable that renders. Raises BrowserMissing."""
        return browser_path(self._settings)

    async def render(self, url: str, main: Part, serve: Serve) -> bytes:
        """The document that a page's scripts produce, in UTF-8. Raises RenderingFailed or BrowserMissing.

        `main` is the page as its server answered; `serve` is called for everything else that it requests.
        """
        async with self._room:
            process = await self._taken()
            patience_seconds = self._settings.timeout_seconds * PATIENCE_SHARE
            visit = PageVisit(url, main, serve, max_characters=self._max_page_bytes, patience_seconds=patience_seconds)
            try:
                async with asyncio.timeout(self._settings.timeout_seconds):
                    markup = await self._visited(process, visit)
            except TimeoutError as error:
                text = f"rendering took longer than browser.timeout_seconds ({self._settings.timeout_seconds:g})"
                raise RenderingFailed(text, timed_out=True) from error
            except RenderingFailed:
                raise
            except Exception as error:
                process.is_spent = True  # it or its driver may have died, which does not always show
                raise RenderingFailed(f"the browser failed: {one_line(error)}") from error
            finally:
                await self._left(process)
                await visit.ended()
        body = markup.encode("utf-8", "replace")
        if len(body) > self._max_page_bytes:
            raise RenderingFailed(f"the rendered page is larger than {self._max_page_bytes} bytes")
        return body

    async def _visited(self, process: _Process, visit: PageVisit) -> str:
        context = await process.browser.new_context(
            user_agent=self._user_agent, service_workers="block", accept_downloads=False
        )
        try:
            return await visit.markup(context)
        finally:
            try:
                async with asyncio.timeout(CLOSE_SECONDS):
                    await context.close()
            except Exception as error:
                log.info(
                    "a page does not let go, its browser ends when the others' pages are done: %s", one_line(error)
                )
                process.is_spent = True

    async def _taken(self) -> _Process:
        async with self._starting:
            process = self._process
            if process is None or process.is_spent or not process.browser.is_connected():
                if process is not None:
                    process.is_spent = True
                    await self._end_if_idle(process)
                process = self._process = await self._started()
            process.begun_count += 1
            process.active_count += 1
            process.is_spent = process.begun_count >= PAGES_PER_BROWSER
            return process

    async def _left(self, process: _Process) -> None:
        process.active_count -= 1
        if process.is_spent:
            await self._end_if_idle(process)

    async def _end_if_idle(self, process: _Process) -> None:
        if process.active_count == 0:
            if self._process is process:
                self._process = None
            await process.close()

    async def _started(self) -> _Process:
        path = self.find()
        from playwright.async_api import async_playwright  # noqa: PLC0415  an extra that may not be there

        try:
            if not self.door.port:
                await self.door.open()
            manager = async_playwright()
            playwright = await manager.start()
            _hear_of_its_end(manager)
        except Exception as error:
            raise RenderingFailed(f"what drives the browser does not start: {one_line(error)}") from error
        try:
            browser = await playwright.chromium.launch(
                executable_path=path,
                args=[f"--proxy-server=127.0.0.1:{self.door.port}", *FLAGS],
                chromium_sandbox=self._settings.sandbox,
                env={**self._environment},
                timeout=START_SECONDS * 1000,
                handle_sigint=False,  # signals are the worker's to handle
                handle_sigterm=False,
                handle_sighup=False,
            )
        except Exception as error:
            await playwright.stop()
            hint = "; as root and in some containers it needs browser.sandbox: false" if self._settings.sandbox else ""
            raise RenderingFailed(f"{path} does not start: {_reason(error)}{hint}") from error
        log.info("started %s %s to render pages", path, browser.version)
        return _Process(playwright=playwright, browser=browser)

    async def close(self) -> None:
        """End the browser at once."""
        process, self._process = self._process, None
        if process is not None:
            await process.close()
        await self.door.close()


def _hear_of_its_end(manager: PlaywrightContextManager) -> None:
    """Retrieve the error that Playwright stores when its driver dies, since asyncio prints errors never retrieved.

    The death itself shows in the calls that it makes fail.
    """
    with suppress(AttributeError):  # not part of Playwright's public interface
        end: asyncio.Future[None] = manager._client._transport.on_error_future  # type: ignore[union-attr]
        end.add_done_callback(lambda ended: None if ended.cancelled() else ended.exception())


def _reason(error: Exception) -> str:
    """The browser's last words, which follow the long command that started it."""
    said = [line.partition("[err]")[2] for line in str(error).splitlines() if "[err]" in line]
    return " ".join(said[-1].split())[:200] if said else one_line(error)
