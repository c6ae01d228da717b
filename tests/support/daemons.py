"""A daemon in a process of its own, and a publisher it follows."""

from __future__ import annotations

import json
import os
import queue
import signal
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from news.requests import RequestKind, RequestScope
from store.clock import utc_now
from tests.support.commands import Commands
from tests.support.documents import Item
from tests.support.publisher import Publisher

LIMIT_SECONDS = 600.0  # how long a test waits for what must come
PROSE = ["The ferry left the harbour at dawn with forty passengers, the operator said, and reached the island."] * 6


def wait_for(what: Callable[[], Any], *, saying: Callable[[], str] = lambda: "") -> Any:
    """Ask again and again until the answer is true, and return it; fails after LIMIT_SECONDS."""
    limit = time.monotonic() + LIMIT_SECONDS
    while not (found := what()):
        assert time.monotonic() < limit, f"did not come true: {saying()}"
        time.sleep(0.1)
    return found


class DaemonProcess:
    """`newsdex daemon` of an installation; ended with the test."""

    def __init__(self, commands: Commands, *words: str, program: Sequence[str] = ("-m", "cli")) -> None:
        self._process = commands.start("daemon", "--port", "0", *words, program=program)
        self._lines: queue.Queue[str] = queue.Queue()
        self.log: list[str] = []
        for stream, keep in ((self._process.stdout, self._lines.put), (self._process.stderr, self.log.append)):
            threading.Thread(target=_read, args=[stream, keep], daemon=True).start()
        self.url = ""

    @property
    def pid(self) -> int:
        return self._process.pid

    def ready(self) -> DaemonProcess:
        """Wait until it says so."""
        try:
            line = self._lines.get(timeout=LIMIT_SECONDS)
        except queue.Empty:
            raise AssertionError("\n".join(self.log)) from None
        assert line.startswith("newsdex is ready"), line
        self.url = line.partition(" at ")[2].strip()
        return self

    def signal(self, number: int) -> None:
        self._process.send_signal(number)

    def wait(self, seconds: float = LIMIT_SECONDS) -> int:
        """Its exit code, once it has ended. Raises subprocess.TimeoutExpired."""
        return self._process.wait(timeout=seconds)

    def stop(self) -> int:
        """SIGTERM, and the exit code."""
        self.signal(signal.SIGTERM)
        return self.wait()

    def get(self, path: str) -> Any:
        """The JSON of an address."""
        with urllib.request.urlopen(self.url.rstrip("/") + path, timeout=LIMIT_SECONDS) as answer:
            return json.load(answer)

    def finds(self, query: str) -> bool:
        """Whether a search has hits; False also while the engine cannot answer."""
        try:
            return bool(self.get(f"/api/v1/search?q={query}")["total"])
        except urllib.error.HTTPError as error:
            error.close()  # it holds the connection
            if error.code < 500:
                raise
            return False

    def said(self, text: str) -> Callable[[], bool]:
        """Whether its log holds a text by now."""
        return lambda: any(text in line for line in self.log)

    def worker_pids(self) -> list[int]:
        """The processes it started itself."""
        found: list[int] = []
        for task in Path(f"/proc/{self.pid}/task").iterdir():
            with suppress(FileNotFoundError, ProcessLookupError):  # a thread that ended meanwhile
                found += map(int, (task / "children").read_text(encoding="ascii").split())
        return found

    def kill_workers(self) -> None:
        """SIGKILL for the processes it started itself."""
        for pid in self.worker_pids():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def close(self) -> None:
        """End it and its worker, whatever state they are in."""
        if self._process.poll() is None:
            self.kill_workers()
            self._process.kill()
        self._process.wait()


def _read(stream: Any, keep: Callable[[str], None]) -> None:
    with stream:
        for line in stream:
            keep(line)


class Newsroom:
    """A publisher with a feed, an installation that follows it every ten seconds, and its daemon."""

    def __init__(self, publisher: Publisher, commands: Commands) -> None:
        self.publisher = publisher
        self.commands = commands
        commands.configure(shipped_sources=False)
        self._items: list[Item] = []
        self._daemons: list[DaemonProcess] = []
        self.follow("gazette")
        self.publish("harbour", "Ferry leaves the harbour at dawn")

    def follow(self, source_id: str, **source: Any) -> None:
        """Write a source file for the publisher."""
        values = {"name": "Gazette", "home_url": f"{self.publisher.url}/", "feeds": [f"{self.publisher.url}/feed.xml"]}
        values |= {"hosts": [self.publisher.host], "schedule": "every 10 seconds"}
        self.commands.follow(source_id, **values | source)

    def publish(self, slug: str, title: str) -> str:
        """Put an article on top of the feed; returns its URL."""
        path = f"/world/{slug}-of-the-day-1"
        self.publisher.article(path, title, [f"{title}.", *PROSE])
        self._items.insert(0, Item(link=path, title=title))
        self.publisher.feed("/feed.xml", self._items)
        return f"{self.publisher.url}{path}"

    def ask(self) -> None:
        """Have the publisher asked for news now; its schedule may take ten seconds, which few tests are about."""
        with self.commands.opened() as opened:
            scope = RequestScope(source_id="gazette")
            opened.store.requests.create(RequestKind.CRAWL, scope, among=["gazette"], now=utc_now())

    def daemon(self, *words: str, program: Sequence[str] = ("-m", "cli")) -> DaemonProcess:
        """Start a daemon."""
        started = DaemonProcess(self.commands, *words, program=program)
        self._daemons.append(started)
        return started

    def close(self) -> None:
        for daemon in self._daemons:
            daemon.close()


@pytest.fixture
def followed(publisher: Publisher, commands: Commands) -> Iterator[Newsroom]:
    """A publisher and an installation that follows it; no daemon runs yet."""
    newsroom = Newsroom(publisher, commands)
    yield newsroom
    newsroom.close()
