"""A record that is made anew from the archive says what the lost one said."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, cast

import pytest

from cli.demo.publisher import demo_source
from config.settings import CrawlSettings
from crawler.pool import ReadingPool
from crawler.reader import Answer, AnswerReader
from crawler.rebuilding import Rebuilder, RebuildReport
from crawler.recorder import write_batch
from crawler.rereading import Rereader
from news.fetch import UrlKind
from store.archive import Sent
from store.archive_answers import archived_answers
from store.records import NewUrl, SavedFetch
from store.service import Store
from tests.support.documents import article_html
from tests.support.stores import after, saved_one

SOURCE = demo_source("https://paper.example")
A, B, SHORT = (
    "https://paper.example/world/harbour-1",
    "https://paper.example/world/bridge-2",
    "https://paper.example/s/1",
)
HARBOUR = ["The harbour is closed until the storm has passed.", "Ships wait outside for the second day now."]
BRIDGE = ["The bridge is open again after the winter.", "Carts and carriages pay a toll of one coin each."]


class InThisProcess:
    """A pool that reads at once."""

    async def run(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """The function's result."""
        return function(*args, **kwargs)


POOL = cast("ReadingPool", InThisProcess())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "first"


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    opened = Store.open(folder, max_archive_file_bytes=1 << 20)
    yield opened
    opened.close()


def fetch(store: Store, url: str, body: str, *, at: datetime, answered_by: str | None = None) -> SavedFetch:
    """Fetch a URL as a crawl does it; redirected where another one answers."""
    new = NewUrl(url=url, kind=UrlKind.ARTICLE)
    store.frontier.add([new], source_id=SOURCE.id, found_on=None, now=at)
    row = store.frontier.row_at(url)
    assert row is not None
    reader = AnswerReader(SOURCE, CrawlSettings(), POOL, run_id=1, rereader=Rereader(store, POOL, asyncio.to_thread))
    answer = Answer(
        url=answered_by or url,
        status=200,
        headers=(("Content-Type", "text/html; charset=utf-8"),),
        body=body.encode(),
        content_type="text/html; charset=utf-8",
        etag=None,
        last_modified=None,
        retry_after_seconds=None,
        duration_seconds=None,
        sent=Sent(method="GET", headers=()),
    )
    fetched = asyncio.run(reader.read(row, answer, now=at))
    with store._database.write() as connection:  # the row is leased to the run that asks
        connection.exec_driver_sql("UPDATE url SET lease_run_id = 1")
    return saved_one(write_batch(store, [fetched]))


def rebuilt(folder: Path, into: Path, sources: dict[str, Any]) -> tuple[Store, RebuildReport]:
    """A new record of the archive of another one."""
    shutil.copytree(folder / "archive", into / "archive")
    store = Store.open(into, max_archive_file_bytes=1 << 20)
    rebuilder = Rebuilder(store, sources=sources, settings=CrawlSettings(), pool=POOL)
    return store, asyncio.run(rebuilder.rebuild(archived_answers(into / "archive")))


def facts(store: Store) -> dict[str, Any]:
    """What a record says of its articles."""
    told = {}
    for each in store.articles.iterate_live(limit=99):
        view = store.articles.get(each.id)
        assert view is not None
        versions = [
            (v.version, v.fetched_at, v.article, v.warc_file, v.warc_offset) for v in store.articles.versions(each.id)
        ]
        told[each.id] = (each.url, each.source_id, each.first_seen_at, view.aliases, versions)
    return told


def test_articles_versions_aliases_and_times_are_those_of_the_lost_record(
    store: Store, folder: Path, tmp_path: Path
) -> None:
    first = article_html("The harbour is closed", HARBOUR)
    edited = article_html("The harbour is closed", [*HARBOUR, "A third day is expected by the harbour master."])
    fetch(store, A, first, at=after(hours=0))
    fetch(store, A, edited, at=after(hours=1))
    fetch(store, B, article_html("The bridge is open", BRIDGE), at=after(hours=2))
    fetch(store, SHORT, edited, at=after(hours=3), answered_by=A)
    fetch(store, A, first, at=after(days=2))  # as it was at first: a third version, its page archived once
    fetch(store, "https://paper.example/about", "<p>Nothing.</p>", at=after(days=2, hours=1))
    store.archive.close()
    before = facts(store)
    assert sorted(len(told[4]) for told in before.values()) == [1, 3]
    assert {told[3] for told in before.values()} == {(), (SHORT,)}

    again, report = rebuilt(folder, tmp_path / "second", {SOURCE.id: SOURCE})

    after_it = facts(again)
    again.close()
    assert after_it.keys() == before.keys()
    for article_id, told in before.items():
        for mine, theirs in zip(after_it[article_id], told, strict=True):
            assert mine == theirs
    assert report.answer_count == 5
    assert (report.unreadable_count, report.unknown_sources) == (0, {})


def test_what_no_source_describes_is_counted_and_what_was_forgotten_stays_so(
    store: Store, folder: Path, tmp_path: Path
) -> None:
    fetch(store, A, article_html("The harbour is closed", HARBOUR), at=after(hours=0))
    saved = fetch(store, B, article_html("The bridge is open", BRIDGE), at=after(hours=1))
    store.archive.close()
    shutil.copytree(folder / "archive", tmp_path / "older" / "archive")
    store.forgetting.forget(store.forgetting.held(saved.article_id, []), reason="", now=after(days=1))

    none, report = rebuilt(folder, tmp_path / "second", {})
    assert (none.counts().articles, report.unknown_sources) == (0, {SOURCE.id: 1})
    none.close()

    shutil.copyfile(folder / "forgotten.txt", tmp_path / "third.txt")
    (tmp_path / "third").mkdir()
    shutil.copyfile(folder / "forgotten.txt", tmp_path / "third" / "forgotten.txt")
    again, _ = rebuilt(tmp_path / "older", tmp_path / "third", {SOURCE.id: SOURCE})
    assert [told[0] for told in facts(again).values()] == [A]
    again.close()
