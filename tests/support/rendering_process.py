"""A process that renders a page, says so, and then lives on; run as a module with Chromium's path."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from config.settings import BrowserSettings
from crawler.browser.browser import PageBrowser
from crawler.browser.page_parts import Part, PartRequest


async def main(path: str) -> None:
    settings = BrowserSettings(path=Path(path), sandbox=False, timeout_seconds=300)
    browser = PageBrowser(settings, user_agent="test", max_page_bytes=1 << 20, environment=os.environ)

    async def serve(request: PartRequest) -> None:
        return None

    page = Part(status=200, headers={"content-type": "text/html"}, body=b"<script>document.write('made')</script>")
    body = await browser.render("https://paper.example/", page, serve)
    print("rendered" if b"made" in body else body, flush=True)
    await asyncio.sleep(600)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
