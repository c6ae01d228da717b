"""An installation that is operated: sources with a past, a page and an API over them, and keys of each scope."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from config.settings import AlertSettings, EngineSettings
from config.sources import SourceSet
from indexer.engine import EngineHealth
from indexer.engines.factory import make_engine
from news.crawl_ends import FinishReason
from news.fetch import Outcome, UrlKind, UrlState
from news.keys import Scope
from news.source import Source
from news.triggers import Trigger
from search.app import create_app
from search.operations.service import Operations
from search.service import SearchService
from search.standing.service import StandingService
from search.web.access import Access
from search.web.limits import Limits
from store.records import NewUrl
from store.service import Store
from tests.support.browser import serving
from tests.support.stores import make_result, make_story, with_tables

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
GAZETTE, KURYE = (
    Source(
        id=source_id,
        name=name,
        home_url=f"https://{source_id}.example/",
        feeds=(f"https://{source_id}.example/feed",),
        hosts=(f"{source_id}.example",),
        strip_parameters=("ref",),
    )
    for source_id, name in (("gazette", "The Sample Gazette"), ("kurye", "Örnek Kurye"))
)
STORY = "https://gazette.example/world/storm-hits-the-coast"


class Operated:
    """The installation; its clock is `now`, which tests move."""

    def __init__(self, folder: Path) -> None:
        self.now = NOW
        self.folder = folder
        self.store = Store.open(with_tables(folder), max_archive_file_bytes=1 << 20, clock=lambda: self.now)
        self.engine = make_engine(EngineSettings(), folder=folder / "index")
        self.engine.open()
        self.sources = [GAZETTE, KURYE]
        self.health: EngineHealth | None = None  # in place of the engine's own
        self.woken = 0
        self.operations = Operations(
            self.store,
            lambda: SourceSet(by_id={each.id: each for each in self.sources}, files={}),
            engine_health=lambda: self.health or self.engine.health(),
            clock=lambda: self.now,
            next_slot_at=lambda source, now: now + timedelta(minutes=7),
            wake=self._wake,
        )
        self.service = SearchService(self.engine, self.store, {each.id: each.name for each in self.sources})
        self.alerts = AlertSettings()
        self.standing = StandingService(
            self.store,
            lambda: self.alerts,
            {each.id: each.name for each in self.sources},
            time_zone="UTC",
            clock=lambda: self.now,
        )

    def _wake(self) -> None:
        self.woken += 1

    def key(self, scope: Scope) -> str:
        """A new key of this scope."""
        return self.store.keys.create(f"test {scope}", scope, now=self.now)[1]

    def run_daemon(self) -> None:
        """Hold the daemon's lease, as a daemon would."""
        assert self.store.leases.acquire(["daemon"], now=self.now).granted

    def crawl(
        self, source: Source, *, stories: int = 0, failing: int = 0, reason: FinishReason = FinishReason.FINISHED
    ) -> int:
        """A crawl that brought new stories and met failing pages; its run's id."""
        run_id = self.store.runs.start(source.id, Trigger.SCHEDULE, now=self.now)
        urls = [f"https://{source.id}.example/world/story-of-run-{run_id}-{n}" for n in range(stories + failing)]
        new = [NewUrl(url=url, kind=UrlKind.ARTICLE) for url in urls]
        self.store.frontier.add(new, source_id=source.id, found_on=source.feeds[0], now=self.now)
        later = self.now + timedelta(days=1)
        rows = self.store.frontier.take(source.id, run_id, limit=len(urls), now=self.now)
        for number, row in enumerate(rows):
            if number < stories:
                story = make_story(f"Story {run_id} {number}", url=row.url)
                result = make_result(row, story, fetched_at=self.now, next_due_at=later)
            else:
                failed = {"outcome": Outcome.TIMEOUT, "state": UrlState.FAILING, "detail": "no answer in 30 s"}
                result = make_result(row, fetched_at=self.now, next_due_at=later, **failed)
            self.store.saver.save([result])
        counts = {"new_article": stories, "timeout": failing, "new_urls": stories + failing}
        self.store.runs.finish(run_id, reason=reason, counts=counts, now=self.now)
        return run_id

    def description(self) -> dict[str, Any]:
        """The API as OpenAPI has it."""
        return self._app().openapi()

    def _app(self, *, open_reads: bool = True, display_zone: tzinfo = UTC, limits: Limits | None = None) -> FastAPI:
        return create_app(
            self.service,
            operations=self.operations,
            access=Access(self.store.keys, open_reads=open_reads, clock=lambda: self.now),
            limits=limits,
            standing=self.standing,
            display_zone=display_zone,
            now=lambda: self.now,
        )

    @contextmanager
    def served(
        self, *, open_reads: bool = True, display_zone: tzinfo = UTC, limits: Limits | None = None
    ) -> Iterator[str]:
        """The URL of page and API."""
        with serving(self._app(open_reads=open_reads, display_zone=display_zone, limits=limits)) as url:
            try:
                yield url
            finally:
                self.operations.stopping.set()

    @contextmanager
    def client(
        self, key: str | None = None, *, open_reads: bool = True, limits: Limits | None = None
    ) -> Iterator[httpx.Client]:
        """A program that asks the API, with this key."""
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        with (
            self.served(open_reads=open_reads, limits=limits) as url,
            httpx.Client(base_url=url, headers=headers, trust_env=False, timeout=60) as client,
        ):
            yield client

    def close(self) -> None:
        """Close engine and store."""
        self.engine.close()
        self.store.close()


@pytest.fixture
def operated(tmp_path: Path) -> Iterator[Operated]:
    """An installation before its first crawl."""
    installation = Operated(tmp_path / "operated")
    yield installation
    installation.close()
