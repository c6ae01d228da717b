"""Runs tests/replay_site/site.py, the fast local news site, in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pytest

from tests.support.corpora import need_corpora
from tests.support.documents import article_html

SCRIPT = Path(__file__).parents[1] / "replay_site" / "site.py"
ARTICLE_PATH = r"^/[a-z]+/\d{4}/\d{2}/\d{2}/"  # of its articles
START_LIMIT_SECONDS = 600  # compressing a few hundred pages takes some seconds
LIFETIME_SECONDS = 3600  # it stops by itself, should the test process die

# The site puts its token behind the first 100 characters of a paragraph.
_PARAGRAPH = (
    "Water finds its level in every vessel that is joined to another, however wide or narrow the two of them "
    "were made. It does so in a pipe as well as in a canal."
)


def write_pages(folder: Path, count: int = 2) -> Path:
    """Put small pages into a folder, for a site that needs no corpus."""
    for number in range(count):
        page = article_html(f"Page {number}", [_PARAGRAPH, _PARAGRAPH])
        (folder / f"{number}.html").write_text(page, encoding="utf-8")
    return folder


class ReplaySite:
    """A site of `articles` articles cycling the pages of a folder; runs while the `with` block does."""

    def __init__(self, corpus: Path, *, articles: int = 200, options: tuple[str, ...] = ()) -> None:
        self._command = [
            *(sys.executable, str(SCRIPT), "--corpus", str(corpus), "--port", "0"),
            *("--articles", str(articles), "--max-seconds", str(LIFETIME_SECONDS), *options),
        ]
        self._process: subprocess.Popen[str] | None = None
        self.url = ""  # without a final slash; set once it accepts connections

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(self._command, stdout=subprocess.PIPE, text=True)
        killer = threading.Timer(START_LIMIT_SECONDS, self._process.kill)
        killer.start()
        try:
            assert self._process.stdout
            line = self._process.stdout.readline()
        finally:
            killer.cancel()
        if not line.startswith("READY "):
            self._stop()
            pytest.fail(f"the replay site did not start: {line!r}")
        self.url = line.split()[1].rstrip("/")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._stop()

    @property
    def pid(self) -> int:
        """Process id of the site."""
        assert self._process
        return self._process.pid

    @property
    def source(self) -> dict[str, Any]:
        """The site as the keys of a source file; its feed and the sitemaps of its robots.txt are followed."""
        return {
            "name": "Replay Site",
            "home_url": f"{self.url}/",
            "feeds": [f"{self.url}/feed.xml"],
            "hosts": ["127.0.0.1"],
            "articles": [ARTICLE_PATH],
        }

    def publish(self, count: int = 1) -> list[tuple[str, str]]:
        """Add new articles now; each as its URL and the token its text can be found by."""
        answer = self._control(f"/_control/publish?n={count}")
        return list(zip(answer["published"], answer["tokens"], strict=True))

    def revise(self, article: int, count: int = 1) -> None:
        """Give `count` articles from number `article` on a new token, ETag and modification time."""
        self._control(f"/_control/revise?id={article}&n={count}")

    def stats(self) -> dict[str, Any]:
        """Counters since the start: requests, not_modified, articles, open_max and others."""
        return self._control("/_stats")

    def article_urls(self) -> list[str]:
        """Every article, by number."""
        with urllib.request.urlopen(f"{self.url}/urls.txt", timeout=600) as response:
            return str(response.read(), "utf-8").split()

    def _control(self, path: str) -> dict[str, Any]:
        with urllib.request.urlopen(f"{self.url}{path}", timeout=600) as response:
            found: dict[str, Any] = json.load(response)
        return found

    def _stop(self) -> None:
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdout:
            self._process.stdout.close()


@pytest.fixture
def replay_site() -> Iterator[ReplaySite]:
    """A site of 200 articles from 20 real pages; needs the corpora."""
    pages = need_corpora() / "extraction" / "wcxb" / "pages"
    with ReplaySite(pages, options=("--limit-pages", "20")) as started:
        yield started
