"""The worker's loop over a real store: what it begins, in which order, and what it leaves alone."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from config.settings import CrawlSettings, DaemonSettings, Settings
from config.sources import SourceSet
from crawler.crawls.crawl_report import CrawlReport
from crawler.crawls.follower import Ending, Follower
from news.crawl_ends import FinishReason
from news.errors import StoreError
from news.fetch import Outcome, UrlKind
from news.requests import RequestKind, RequestScope, RequestState
from news.source import Source
from store.clock import utc_now
from store.crawls.pauses import EVERYTHING
from store.records import NewUrl
from store.service import Store
from tests.support.stores import Place, make_result, row_of

IDS = ("alpha", "beta", "gamma")


class ScriptedWorker:
    """Stands where the worker stands: crawls end as the test says, and what was begun is kept."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.recorder = self
        self.begun: list[tuple[str, str]] = []
        self.finish_reason = FinishReason.FINISHED
        self.trouble: Exception | None = None  # raised by each crawl
        self.busy: set[str] = set()  # sources whose server another asks
        self.stopped: list[tuple[str | None, str]] = []
        self.closed_count = 0  # times that lost runs were closed
        self.pool: Any = None  # a replay that needs it fails
        self.goes_on: asyncio.Event | None = None  # what crawls wait for

    async def call(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return function(*args, **kwargs)

    async def crawl(self, source: Source, *, trigger: str) -> CrawlReport:
        self.begun.append((source.id, trigger))
        if self.trouble is not None:
            raise self.trouble
        if source.id in self.busy:
            detail = "its server is being asked"
            return CrawlReport.busy(source.id, detail)
        self.store.slots.claim(source.id, 1)
        if self.goes_on is not None:
            await self.goes_on.wait()
        counts = Counter({"discovered": 1})
        return CrawlReport(source_id=source.id, run_id=1, finish_reason=self.finish_reason, counts=counts)

    async def close_lost_runs(self) -> None:
        self.closed_count += 1

    def stop_crawls(self, source_id: str | None, reason: str) -> None:
        self.stopped.append((source_id, reason))

    def stop(self) -> None:
        self.stopped.append((None, "stopped"))


Followed = Callable[..., tuple[Follower, ScriptedWorker, Store]]


@pytest.fixture
def followed(tmp_path: Path) -> Iterator[Followed]:
    """Makes a loop under these settings, over a store of its own."""
    places: list[Place] = []

    def make(**settings: Any) -> tuple[Follower, ScriptedWorker, Store]:
        places.append(Place(tmp_path / str(len(places)), None))
        store = places[-1].open(now=utc_now())
        sources = {each: Source(id=each, name=each, home_url=f"https://{each}.example/") for each in IDS}
        worker = ScriptedWorker(store)
        follower = Follower(
            worker=worker,  # type: ignore[arg-type]  # as far as the loop uses it
            store=store,
            settings=Settings(**settings),
            sources=SourceSet(by_id=sources, files=dict.fromkeys(sources, "")),
        )
        return follower, worker, store

    yield make
    for place in places:
        place.close()


def fire(store: Store, *source_ids: str) -> None:
    for source_id in source_ids:
        assert store.slots.fire(source_id, utc_now(), missed_count=0, now=utc_now()) is not None


def looks(follower: Follower, count: int = 1) -> None:
    """Look for work so many times, letting what was begun end in between."""

    async def look() -> None:
        for _ in range(count):
            await follower.look()
            for _ in range(10):  # tasks of a scripted worker end within a few turns of the loop
                await asyncio.sleep(0)

    asyncio.run(look())


def test_slots_lead_to_one_crawl_each(followed: Followed) -> None:
    follower, worker, store = followed()
    fire(store, "alpha", "beta")
    looks(follower, 3)
    assert sorted(worker.begun) == [("alpha", "schedule"), ("beta", "schedule")]
    assert follower.crawl_count == 2


def test_what_was_asked_for_goes_first_when_there_is_room_for_one(followed: Followed) -> None:
    follower, worker, store = followed(crawl=CrawlSettings(crawls=1))
    fire(store, "alpha", "beta")
    url = "https://gamma.example/a"
    scope = RequestScope(urls=(url,))
    store.requests.create(RequestKind.FETCH, scope, url_sources={url: "gamma"}, now=utc_now())
    looks(follower)
    assert worker.begun == [("gamma", "request")]


def test_revisits_gather_and_slots_do_not_wait_for_them(followed: Followed) -> None:
    follower, worker, store = followed()
    story = NewUrl(url="https://alpha.example/a", kind=UrlKind.ARTICLE)
    store.frontier.add([story], source_id="alpha", found_on=None, now=utc_now())
    looks(follower, 3)
    assert worker.begun == [("alpha", "revisit")]
    fire(store, "alpha")
    looks(follower)
    assert worker.begun[1:] == [("alpha", "schedule")]


def test_revisits_that_all_wait_for_the_budget_begin_no_crawl(followed: Followed) -> None:
    follower, worker, store = followed()
    by_id = {each.id: replace(each, revisits_per_day=1) for each in follower.sources}
    follower.sources = replace(follower.sources, by_id=by_id)
    url, at = "https://alpha.example/a", utc_now() - timedelta(minutes=1)
    fields: dict[str, Any] = {"outcome": Outcome.NOT_MODIFIED, "fetched_at": at, "next_due_at": at}
    for _ in range(4):  # the first fetch, then more looks than a day allows
        store.saver.save([make_result(row_of(store, url, at=at, source_id="alpha"), **fields)])
    looks(follower, 3)
    assert worker.begun == []
    store.frontier.request(url, source_id="alpha", now=utc_now())
    looks(follower)
    assert worker.begun == [("alpha", "request")]


def test_a_paused_source_and_a_disabled_one_wait(followed: Followed) -> None:
    follower, worker, store = followed()
    disabled = replace(follower.sources.by_id["gamma"], enabled=False)
    follower.sources = replace(follower.sources, by_id={**follower.sources.by_id, "gamma": disabled})
    fire(store, *IDS)
    store.pauses.pause("alpha", now=utc_now())
    looks(follower)
    assert worker.begun == [("beta", "schedule")]
    assert ("alpha", "paused") in worker.stopped

    store.pauses.pause(EVERYTHING, now=utc_now())
    looks(follower)
    assert len(worker.begun) == 1
    assert worker.stopped[-1] == (None, "paused")


def test_a_source_whose_server_another_asks_waits_and_says_so_once(
    followed: Followed, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    follower, worker, store = followed(daemon=DaemonSettings(worker_crawls=2))
    worker.busy = {"beta"}
    fire(store, "beta")
    looks(follower, 3)  # within a moment
    assert worker.begun == [("beta", "schedule")]
    for _ in range(3):
        follower._let_waiting_try()
        looks(follower)
    assert len(worker.begun) == 4
    assert follower.crawl_count == 0
    worker.busy = set()
    follower._let_waiting_try()
    looks(follower)
    told = [text for text in caplog.messages if "beta" in text]
    assert told == ["crawl of beta waits: its server is being asked", "crawl of beta ended: finished 1 discovered"]


def test_the_end_of_a_crawl_lets_those_that_wait_try_at_once_and_first(followed: Followed) -> None:
    follower, worker, store = followed(crawl=CrawlSettings(crawls=1))
    worker.busy = {"beta"}
    fire(store, "beta")
    looks(follower)
    worker.busy = set()
    fire(store, "alpha")
    looks(follower)
    fire(store, "alpha")
    looks(follower, 2)
    assert worker.begun == [("beta", "schedule"), ("alpha", "schedule"), ("beta", "schedule"), ("alpha", "schedule")]


@pytest.mark.parametrize("reason", [FinishReason.FAILED, FinishReason.HOST_RESTING])
def test_a_source_rests_after_a_crawl_that_asking_again_would_not_help(
    followed: Followed, reason: FinishReason
) -> None:
    follower, worker, store = followed()
    worker.finish_reason = reason
    for _ in range(3):
        fire(store, "alpha")
        looks(follower)
    assert worker.begun == [("alpha", "schedule")]


def test_a_full_disk_is_one_line_of_the_log_and_the_source_rests(
    followed: Followed, caplog: pytest.LogCaptureFixture
) -> None:
    follower, worker, store = followed()
    worker.trouble = StoreError("no space left for newsdex.sqlite; free some and start again")
    fire(store, "alpha")
    looks(follower, 2)
    assert worker.begun == [("alpha", "schedule")]
    assert [(record.levelname, record.exc_info) for record in caplog.records] == [("ERROR", None)]
    assert "no space left" in caplog.text


def test_an_outage_of_the_store_is_told_once_and_crawls_go_on_after_it(
    followed: Followed, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crawler.crawls.follower.OUTAGE_PAUSE_SECONDS", 0)
    caplog.set_level("INFO")
    follower, worker, store = followed(daemon=DaemonSettings(worker_crawls=1))
    fire(store, "alpha")
    troubles = [StoreError("the database does not answer")] * 3
    pauses = store.pauses.all

    def failing() -> Any:
        if troubles:
            raise troubles.pop()
        return pauses()

    monkeypatch.setattr(store.pauses, "all", failing)
    assert asyncio.run(follower.follow()) is Ending.SPENT
    assert worker.begun == [("alpha", "schedule")]
    assert worker.closed_count
    told = [(record.levelname, record.getMessage()) for record in caplog.records if "crawls" in record.getMessage()]
    assert told == [
        ("ERROR", "crawls wait: the database does not answer"),
        ("INFO", "the store answers again, crawls go on"),
    ]


def test_a_source_whose_crawls_the_store_fails_is_told_once_and_is_soon_asked_again(
    followed: Followed, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    follower, _, _ = followed()
    full = StoreError("no space left for newsdex.sqlite; free some and start again")

    async def fail() -> list[float]:
        rests = []
        for _ in range(9):
            follower._note(CrawlReport.failed("alpha", outage=full))
            rests.append(follower._states["alpha"].rests_until - asyncio.get_running_loop().time())
        follower._note(CrawlReport(source_id="alpha", run_id=1, finish_reason=FinishReason.FINISHED, counts=Counter()))
        return rests

    rests = asyncio.run(fail())
    assert 9 < min(rests) <= max(rests) <= 60
    told = [text for text in caplog.messages if "crawls" in text]
    assert told == [f"the store fails crawls: {full}", "crawls can be written down again"]


def test_what_a_crawl_left_open_as_the_store_failed_it_is_closed_before_the_next(followed: Followed) -> None:
    follower, worker, store = followed()
    worker.trouble = StoreError("the server closed the connection unexpectedly")
    fire(store, "alpha")
    looks(follower)
    assert worker.closed_count == 0
    looks(follower, 2)
    assert worker.closed_count == 1


def test_it_ends_when_it_is_spent_or_stopped(followed: Followed) -> None:
    spent, _, store = followed(daemon=DaemonSettings(worker_crawls=1))
    fire(store, "alpha")
    assert asyncio.run(spent.follow()) is Ending.SPENT

    stopped, worker, _ = followed()

    async def stop_soon() -> Ending:
        following = asyncio.create_task(stopped.follow())
        await asyncio.sleep(0)
        stopped.stop()
        return await following

    assert asyncio.run(stop_soon()) is Ending.STOPPED
    assert (None, "stopped") in worker.stopped


def test_a_replay_that_breaks_is_said_to_have_failed_and_not_tried_for_ever(followed: Followed) -> None:
    follower, worker, store = followed()
    request, _ = store.requests.create(RequestKind.REPLAY, RequestScope(), now=utc_now())
    store.requests.article_ids = _broken  # type: ignore[method-assign]  # the defect
    looks(follower, 2)
    view = store.requests.get(request.id)
    assert view is not None
    assert (view.state, view.detail) == (RequestState.FAILED, "RuntimeError: a defect")
    assert worker.begun == []


def _broken(scope: RequestScope) -> list[str]:
    raise RuntimeError("a defect")


def test_a_long_crawl_gives_its_place_to_news_of_others_and_goes_on_after_them(
    followed: Followed, monkeypatch: pytest.MonkeyPatch
) -> None:
    follower, worker, store = followed(crawl=CrawlSettings(crawls=1))
    page = NewUrl(url="https://alpha.example/a", kind=UrlKind.ARTICLE)
    store.frontier.add([page], source_id="alpha", found_on=None, now=utc_now())

    async def follow() -> None:
        worker.goes_on = asyncio.Event()
        await follower.look()
        await asyncio.sleep(0)
        fire(store, "beta")
        await follower.look()
        assert worker.stopped == []  # it has just begun
        monkeypatch.setattr("crawler.crawls.places.SHARE_SECONDS", 0)
        await follower.look()
        assert worker.stopped == [("alpha", "yielded")]
        worker.finish_reason = FinishReason.YIELDED
        worker.goes_on.set()
        for _ in range(30):
            await asyncio.sleep(0)
            await follower.look()

    asyncio.run(follow())
    assert worker.begun[:3] == [("alpha", "revisit"), ("beta", "schedule"), ("alpha", "revisit")]
