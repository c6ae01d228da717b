"""A real browser on a real server, for tests of the page."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from queue import Queue
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from starlette.types import ASGIApp

from search.web.server import WebServer
from tests.support.needs import miss

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

START_SECONDS = 300


@contextmanager
def serving(app: ASGIApp) -> Iterator[str]:
    """The URL of the application on a free port of this machine, while the block runs."""
    server = WebServer(app, host="127.0.0.1", port=0)
    ready: Queue[str] = Queue()
    thread = threading.Thread(target=server.run, args=(ready.put,), daemon=True)
    thread.start()
    try:
        yield ready.get(timeout=START_SECONDS)
    finally:
        server.stop()
        thread.join(timeout=START_SECONDS)


def new_context(chromium: Browser, **options: Any) -> BrowserContext:
    """A context whose pages wait for a busy machine; by themselves they wait for half a minute."""
    context = chromium.new_context(**options)
    context.set_default_timeout(START_SECONDS * 1000)
    return context


@contextmanager
def fresh_page(chromium: Browser, site: str, *, has_javascript: bool) -> Iterator[Page]:
    """A page without a past; at its end it must have asked no host but the site's, and complained of nothing."""
    context = new_context(chromium, base_url=site, java_script_enabled=has_javascript, locale="en-GB")
    page = context.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda each: asked.append(each.url))
    page.on("console", lambda each: complaints.append(each.text) if each.type in ("error", "warning") else None)
    yield page
    context.close()
    assert {urlsplit(url).netloc for url in asked} == {urlsplit(site).netloc}
    assert complaints == []


def chromium_path() -> str:
    """Chromium's executable, without which the test ends."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        miss("needs Chromium: apt-get install -y chromium")
    return path


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Chromium of this machine; while it runs, no test of the module can start an event loop of its own."""
    path = chromium_path()
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=START_SECONDS * 1000)  # else five seconds
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu"], timeout=START_SECONDS * 1000
        )
        yield browser
        browser.close()
