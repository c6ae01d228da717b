"""What is older than it is to be kept goes; articles, versions and the last word on each URL stay."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa

from config.settings import RetentionSettings
from news.crawl_ends import FinishReason
from news.fetch import Outcome, UrlKind
from news.requests import RequestKind, RequestScope
from news.triggers import Trigger
from scheduler.housekeeping import apply_retention
from store.archive.service import Exchange
from store.priorities import Priority
from store.records import ArchiveRef, NewUrl
from store.schema import extraction_alarm
from store.service import Store
from tests.support.stores import NOW, Place, after, fetch_story, make_result, make_story, row_of

A, B, SITEMAP = "https://paper.example/a", "https://paper.example/b", "https://paper.example/sitemap.xml"


def archived(store: Store, body: bytes, *, days: float) -> ArchiveRef:
    digest = f"sha256:{body.hex()}"
    exchange = Exchange(url=A, fetched_at=after(days=days), status=200, headers=[], body=body, payload_digest=digest)
    ref = store.archive.append_response(exchange)
    store.archive.sync()
    return ref


def test_old_history_goes_and_the_newest_of_each_stays(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.upkeep.retention.CHUNK", 1)
    saved = fetch_story(store, A, make_story("One"), at=after(days=-9))
    once = fetch_story(store, B, make_story("Two", "Fetched once, long ago."), at=after(days=-9))
    for days in (-8, -1):
        row = row_of(store, A, at=after(days=days))
        store.saver.save([make_result(row, outcome=Outcome.NOT_MODIFIED, fetched_at=after(days=days))])
    for days in (-9, -8):
        store.slots.fire("paper", after(days=days), missed_count=0, now=after(days=days))
    run_id = store.runs.start("paper", Trigger.CLI, now=after(days=-9))
    store.runs.finish(run_id, reason=FinishReason.FINISHED, counts={}, now=after(days=-9))
    view, _ = store.requests.create(RequestKind.FETCH, RequestScope(urls=(A,)), now=after(days=-9))
    store.requests.cancel(view.id, now=after(days=-9))

    looks = iter([True, False])
    assert store.retention.forget_history(before=after(days=-3), goes_on=lambda: next(looks)) == 1
    assert store.retention.forget_history(before=after(days=-3)) == 4
    assert store.retention.forget_history(before=after(days=-3)) == 0

    for article_id, newest_at in ((saved.article_id, after(days=-1)), (once.article_id, after(days=-9))):
        assert article_id is not None
        assert [fetch.fetched_at for fetch in store.articles.fetches(article_id, limit=9)] == [newest_at]
    assert store.slots.last("paper") == after(days=-8)
    assert store.requests.get(view.id) is None
    assert store.counts(now=NOW).versions == 2


def test_fills_go_with_the_history_once_nobody_waits_for_what_they_found(store: Store) -> None:
    store.frontier.declare([NewUrl(url=SITEMAP, kind=UrlKind.SITEMAP)], source_id="paper", now=after(days=-9))
    scope = RequestScope(source_id="paper", since=after(days=-90), until=after(days=-60))
    store.requests.create(RequestKind.BACKFILL, scope, now=after(days=-9))
    (fill,) = store.fills.recent("paper", limit=9)
    (row,) = store.frontier.take("paper", 1, limit=9, now=after(days=-9))
    found = (NewUrl(url=A, kind=UrlKind.ARTICLE, priority=int(Priority.BACKFILL)),)
    read = make_result(row, outcome=Outcome.DISCOVERED, fill_ids=(fill.id,), urls=found, fetched_at=after(days=-9))
    store.saver.save([replace(read, run_id=1)])
    assert store.fills.recent("paper", limit=9)[0].ended_at == after(days=-9)

    store.retention.forget_history(before=after(days=-3))
    assert [kept.id for kept in store.fills.recent("paper", limit=9)] == [fill.id]
    fetch_story(store, A, make_story("One"), at=after(days=-8))
    assert store.requests.recent(limit=9, only_open=True) == []
    store.retention.forget_history(before=after(days=-3))
    assert store.fills.recent("paper", limit=9) == []


def test_alarms_that_ended_go_with_the_history_and_those_that_stand_stay(place: Place) -> None:
    store = place.open()
    with place.database().write() as connection:  # raising one takes scores of pages: tests/integration/audit
        for kind, ended_at in (("no_article", after(days=-8)), ("no_date", None)):
            values = {"source_id": "paper", "kind": kind, "since_at": after(days=-9), "evidence": "9 of 10"}
            connection.execute(sa.insert(extraction_alarm).values(**values, ended_at=ended_at))
    assert store.retention.forget_history(before=after(days=-3)) == 1
    assert [alarm.kind for alarm in store.audits.alarms(ended_too=True)] == ["no_date"]


def test_old_archive_files_go_with_what_refers_to_them(store: Store) -> None:
    old = archived(store, b"old", days=-9)
    new = archived(store, b"new", days=-1)
    fetch_story(store, A, make_story("One"), at=after(days=-9), archive=old, payload_digest=old.payload_digest)
    saved = fetch_story(store, A, make_story("Two"), at=after(days=-1), archive=new, payload_digest=new.payload_digest)
    store.archive.close()

    assert store.retention.forget_archive(before=after(days=-3), goes_on=lambda: False) == 0
    assert store.retention.forget_archive(before=after(days=-3)) == 1

    assert saved.article_id is not None
    versions = store.articles.versions(saved.article_id)
    assert [version.warc_file for version in versions] == [None, new.warc_file]
    assert store.receipts.known_payloads([old.payload_digest, new.payload_digest]).keys() == {new.payload_digest}
    assert store.retention.forget_archive(before=after(days=-3)) == 0


def test_the_oldest_files_go_while_the_archive_takes_too_much_and_never_the_one_being_written(store: Store) -> None:
    archive = store.archive
    refs = []
    for days in (-9, -8, -7, 0):
        refs.append(archived(store, b"%d" % days, days=days))  # each day has a file of its own
    saved = fetch_story(store, A, make_story("One"), at=after(days=-9), archive=refs[0])
    sizes = [archive._files.locate(ref.warc_file).stat().st_size for ref in refs]
    assert archive.byte_count() == sum(sizes)

    assert store.retention.forget_archive_beyond(sum(sizes)) == 0
    assert store.retention.forget_archive_beyond(sum(sizes) - 1) == 1
    assert saved.article_id is not None
    assert [version.warc_file for version in store.articles.versions(saved.article_id)] == [None]
    assert archive.files_beyond(sum(sizes[3:])) == [ref.warc_file for ref in refs[1:3]]
    apply_retention(store, RetentionSettings(archive_bytes=2 << 20), now=NOW, goes_on=lambda: True)
    assert archive.byte_count() == sum(sizes[1:])
    assert store.retention.forget_archive_beyond(0) == 2
    assert archive.byte_count() == sizes[3]
