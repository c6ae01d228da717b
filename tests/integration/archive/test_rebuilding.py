"""A record that is made anew from the archive says what the lost one said."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from cli.demo.publisher import demo_source
from config.settings import CrawlSettings
from crawler.answered.other_texts import OtherTexts
from crawler.answered.reader import AnswerReader
from crawler.answered.rereading import Rereader
from crawler.archived.rebuilding import Rebuilder, RebuildReport
from crawler.archived.taken_pages import Wanted
from crawler.archived.taking import take_files
from crawler.fetching.answers import Answer
from crawler.fetching.bodies import PackedBody
from crawler.recording.batch import write_batch
from news.fetch import Outcome, UrlKind
from news.revisits.due import GONE_CONFIRMATIONS, GONE_INTERVAL
from news.versions.digest import payload_digest
from store.archive.answers import archived_answers
from store.archive.check import Checked, check_archive
from store.archive.names import archive_files
from store.archive.scan import records_of
from store.archive.service import Sent
from store.records import NewUrl, SavedFetch
from store.service import Store
from tests.support.documents import article_html
from tests.support.in_this_process import InThisProcess, at_once
from tests.support.sites import TEXT
from tests.support.stores import after, saved_one
from tests.support.warcs import write_warc

SOURCE = demo_source("https://paper.example")
A, B, SHORT = (
    "https://paper.example/world/harbour-10001",
    "https://paper.example/world/bridge-10002",
    "https://paper.example/s/1",
)
HARBOUR = ["The harbour is closed until the storm has passed.", "Ships wait outside for the second day now."]
BRIDGE = ["The bridge is open again after the winter.", "Carts and carriages pay a toll of one coin each."]


POOL = InThisProcess()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "first"


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    opened = Store.open(folder, max_archive_file_bytes=1 << 20)
    yield opened
    opened.close()


def fetch(
    store: Store, url: str, body: str, *, at: datetime, answered_by: str | None = None, status: int = 200
) -> SavedFetch:
    """Fetch a URL as a crawl does it; redirected where another one answers."""
    new = NewUrl(url=url, kind=UrlKind.ARTICLE)
    store.frontier.add([new], source_id=SOURCE.id, found_on=None, now=at)
    row = store.frontier.row_at(url)
    assert row is not None
    call = asyncio.to_thread
    rereader, others = Rereader(store, POOL, call), OtherTexts(store, call)
    reader = AnswerReader(SOURCE, CrawlSettings(), POOL, run_id=1, rereader=rereader, other_texts=others)
    answer = Answer(
        url=answered_by or url,
        status=status,
        headers=(("Content-Type", "text/html; charset=utf-8"),),
        packed=PackedBody(content=body.encode()),
        content_type="text/html; charset=utf-8",
        etag='"1"',
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
    return store, asyncio.run(rebuilder.rebuild(archived_answers(into / "archive", rebuilder.note_damage)))


def remove(store: Store, url: str, *, first: datetime) -> datetime:
    """The page is gone until that is confirmed; when it was."""
    times = [first + GONE_INTERVAL * number for number in range(GONE_CONFIRMATIONS)]
    for at in times:
        fetch(store, url, "<p>No such page.</p>", at=at, status=404)
    return times[-1]


def states(store: Store) -> dict[str, tuple[str, datetime | None]]:
    """What a record says of articles that are gone."""
    views = [store.articles.get(each.id) for each in store.articles.iterate_live(limit=99)]
    return {view.stored.url: (view.state, view.removed_at) for view in views if view is not None}


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


def test_a_text_that_was_taken_at_its_second_look_is_taken_at_once(store: Store, folder: Path, tmp_path: Path) -> None:
    fetch(store, A, article_html("The lock keepers", TEXT, published=""), at=after(hours=0))
    other = article_html("The bridge is open", BRIDGE, published="")
    looks = [fetch(store, A, other, at=after(hours=hours)).outcome for hours in (2, 4)]
    assert looks == [Outcome.NOT_ARTICLE, Outcome.NEW_VERSION]
    again, _ = rebuilt(folder, tmp_path / "second", {SOURCE.id: SOURCE})
    assert facts(again) == facts(store)
    again.close()


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


def test_a_damaged_record_is_counted_and_the_rest_is_rebuilt(store: Store, folder: Path, tmp_path: Path) -> None:
    fetch(store, A, article_html("The harbour is closed", HARBOUR), at=after(hours=0))
    fetch(store, B, article_html("A bridge is built", BRIDGE), at=after(hours=1))
    store.archive.close()
    (file,) = archive_files(folder / "archive")
    response = next(record for record in records_of(file) if record.type == "response")
    content = bytearray(file.read_bytes())
    content[response.offset + response.length // 2] ^= 0xFF
    file.write_bytes(content)

    again, report = rebuilt(folder, tmp_path / "second", {SOURCE.id: SOURCE})
    assert [each.url for each in again.articles.iterate_live(limit=9)] == [B]
    assert report.unreadable_count == 1
    again.close()


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


def test_removals_are_in_the_archive_and_so_are_pages_that_came_back(
    store: Store, folder: Path, tmp_path: Path
) -> None:
    harbour, bridge = article_html("The harbour is closed", HARBOUR), article_html("The bridge is open", BRIDGE)
    fetch(store, A, harbour, at=after(hours=0))
    fetch(store, B, bridge, at=after(hours=1))
    removed_at = remove(store, A, first=after(days=1))
    remove(store, B, first=after(days=4))
    gone = store.frontier.row_at(B)
    assert gone is not None
    assert (gone.etag, gone.last_modified) == (None, None), "its page is asked for whole"
    fetch(store, B, bridge, at=after(days=40))
    store.archive.close()
    assert states(store) == {A: ("removed", removed_at), B: ("live", None)}
    assert list(check_archive(store.archive.folder, archive_files(store.archive.folder), [], Checked())) == []
    statuses = [answer.status for answer in archived_answers(folder / "archive")]
    assert statuses == [200, 200, 404, 404, 200], "of three answers that a page is gone, the last is kept"

    again, _ = rebuilt(folder, tmp_path / "second", {SOURCE.id: SOURCE})
    assert states(again) == states(store)
    again.close()

    saved = store.articles.iterate_live(limit=99)
    held = store.forgetting.held(next(each.id for each in saved if each.url == A), [])
    forgotten = store.forgetting.forget(held, reason="", now=after(days=50))
    assert forgotten.record_count == 6, "two answers, each with its request and its metadata"
    assert {answer.url for answer in archived_answers(folder / "archive")} == {B}


def test_a_story_that_moved_without_a_redirect_is_one_article_again(store: Store, folder: Path, tmp_path: Path) -> None:
    title, moved = "The lock keepers of the town", "https://paper.example/stories/lock-keepers.html"
    old = fetch(store, A, article_html(title, TEXT), at=after(hours=0))
    new = fetch(store, moved, article_html(title, [*TEXT, "By our own reporter."]), at=after(days=1))
    remove(store, A, first=after(days=2))
    store.archive.close()
    before = facts(store)
    assert [(told[0], told[3], len(told[4])) for told in before.values()] == [(moved, (A,), 2)]
    assert [view.merged_from for each in before if (view := store.articles.get(each))] == [(new.article_id,)]
    assert list(before) == [old.article_id]
    again, _ = rebuilt(folder, tmp_path / "second", {SOURCE.id: SOURCE})
    assert facts(again) == before
    again.close()


def test_stories_that_state_one_wrong_canonical_address_are_told_apart_again(
    store: Store, folder: Path, tmp_path: Path
) -> None:
    pages = {
        B: article_html("The bridge is open", BRIDGE, published="2026-01-06T09:00:00+00:00"),
        A: article_html("The harbour is closed", HARBOUR, published="2026-01-05T08:00:00+00:00"),
    }
    for hours, (url, page) in enumerate(pages.items()):
        claiming = page.replace("</head>", f'<link rel="canonical" href="{A}"></head>')
        assert fetch(store, url, claiming, at=after(hours=hours)).outcome is Outcome.NEW_ARTICLE
    store.archive.close()
    before = facts(store)
    assert sorted((told[0], told[3]) for told in before.values()) == [(B, ()), (A, ())]
    again, _ = rebuilt(folder, tmp_path / "second", {SOURCE.id: SOURCE})
    assert facts(again) == before
    again.close()


def take(warc: Path, store: Store, *, hours: int) -> dict[str, int]:
    wanted = Wanted(source=SOURCE, span=None, max_body_bytes=CrawlSettings().max_body_bytes)
    return asyncio.run(take_files([warc], wanted, store=store, read=at_once, clock=lambda: after(hours=hours)))


def test_pages_taken_from_other_archives_are_taken_again_whatever_day_they_were_written_on(
    store: Store, folder: Path, tmp_path: Path
) -> None:
    long_ago, then = after(days=-700), after(days=-600)
    warc = tmp_path / "CC-MAIN-2024.warc.gz"
    earlier = article_html("The harbour is quiet", [*HARBOUR, "Nobody expects a storm."], published=then.isoformat())
    write_warc(warc, [(A, then, 200, earlier.encode()), (B, long_ago, 200, article_html("Tolls", BRIDGE).encode())])
    fetch(store, A, article_html("The harbour is closed", HARBOUR), at=after(hours=0))
    assert take(warc, store, hours=1) == {
        "new_version": 1,
        "new_article": 1,
    }
    store.archive.close()
    before = facts(store)
    taken = {name: [v.taken_from for v in store.articles.versions(name)] for name in before}
    assert sorted(taken.values(), key=len) == [[warc.name], [warc.name, None]]
    days = {path.parent.name for path in archive_files(folder / "archive")}
    assert days == {f"{after(hours=1):%Y-%m-%d}"}, "retention counts from when a page was taken in"

    again, _ = rebuilt(folder, tmp_path / "second", {SOURCE.id: SOURCE})
    assert facts(again) == before
    assert {name: [v.taken_from for v in again.articles.versions(name)] for name in before} == taken
    row = again.frontier.find(B)
    assert row is not None
    assert row.next_due_at is None, "no publisher is asked for what an archive holds"
    again.close()


def test_a_page_of_another_archive_whose_bytes_are_archived_has_a_record_of_its_own(
    store: Store, folder: Path, tmp_path: Path
) -> None:
    then, body = after(days=-600), article_html("The harbour is closed", HARBOUR)
    other = "https://paper.example/world/harbour-10003"
    warc = write_warc(tmp_path / "CC-MAIN-2024.warc.gz", [(other, then, 200, body.encode())])
    fetch(store, A, body, at=after(hours=0))
    assert take(warc, store, hours=1) == {"new_article": 1}
    assert take(warc, store, hours=2) == {"unchanged": 1}
    store.archive.close()
    records = [record for path in archive_files(folder / "archive") for record in records_of(path)]
    (revisit,) = [record for record in records if record.type == "revisit"]  # reading the file again adds none
    headers = revisit.headers
    assert (revisit.url, datetime.fromisoformat(headers["warc-date"])) == (other, then)
    assert (headers["warc-refers-to-target-uri"], headers["warc-payload-digest"]) == (A, payload_digest(body.encode()))
    archive = folder / "archive"
    assert list(check_archive(archive, archive_files(archive), [], Checked())) == []

    before = facts(store)
    again, _ = rebuilt(folder, tmp_path / "second", {SOURCE.id: SOURCE})
    assert facts(again) == before
    assert sorted(url for url, *_ in before.values()) == sorted([A, other])
    again.close()
