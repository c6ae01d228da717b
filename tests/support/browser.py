"""A real browser on a real server, for tests of the page."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from queue import Queue
from typing import TYPE_CHECKING

import pytest
from starlette.types import ASGIApp

from search.server import WebServer

if TYPE_CHECKING:
    from playwright.sync_api import Browser

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


def chromium_path() -> str:
    """Chromium's executable; without one the test is skipped, or fails where everything has to be there."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        reason = "needs Chromium: apt-get install -y chromium"
        if os.environ.get("NEWSDEX_REQUIRE") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    return path


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Chromium of this machine; while it runs, no test of the module can start an event loop of its own."""
    path = chromium_path()
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=START_SECONDS * 1000)  # else five seconds
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()
