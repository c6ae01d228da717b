"""A version that is derived from the archive again is verified, or told to differ and where."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.answered.rereading import page_of, page_of_version
from crawler.archived.verifying import VersionCheck, verify
from crawler.reading import tasks
from crawler.recording.batch import Fetched, write_batch
from news.article import Article, Hints, Page
from news.boilerplate import NO_BOILERPLATE, Boilerplate
from news.seen_pages import block_digest
from news.versions.digest import content_digest, payload_digest
from store.archive.names import archive_files
from store.archive.service import ArchivedPage, Exchange
from store.records import ArchiveRef
from store.service import Store
from tests.support.documents import article_html
from tests.support.in_this_process import InThisProcess
from tests.support.stores import NOW, after, make_result, row_of, saved_one

URL = "https://paper.example/harbour"
PROMPT = "Read what the harbour master says each morning."
HTML = article_html(
    "Harbour closed", ["The harbour is closed until the storm has passed.", "Ships wait outside.", PROMPT]
)
MODEL = Boilerplate(version="0123456789abcdef", repeated=frozenset({block_digest(PROMPT) or 0}))


@pytest.fixture
def store(tmp_path: Path) -> Any:
    opened = Store.open(tmp_path / "data", max_archive_file_bytes=1 << 20)
    yield opened
    opened.close()


def read(hints: Hints, boilerplate: Boilerplate = NO_BOILERPLATE, html: str = HTML) -> Article:
    page = Page(url=URL, body=html.encode(), content_type="text/html; charset=utf-8", fetched_at=NOW)
    found = tasks.extract(page, hints=hints, boilerplate=boilerplate)
    assert isinstance(found, Article)
    return found


def keep(
    store: Store, change: Callable[[Article], Article] = lambda story: story, *, html: str = HTML, **fields: Any
) -> str:
    """Archive the page and save what was read in it, changed so; the article's id."""
    row = row_of(store, URL)
    story = change(read(Hints(), fields.get("boilerplate", NO_BOILERPLATE), html))
    body = html.encode()
    digest = payload_digest(body)
    exchange = Exchange(
        url=URL,
        fetched_at=NOW,
        status=200,
        headers=(("Content-Type", "text/html; charset=utf-8"),),
        body=body,
        payload_digest=digest,
    )
    read_by = {"extractor_version": tasks.EXTRACTOR_VERSION, "content_digest": content_digest(story), **fields}
    result = make_result(row, story, archive=None, payload_digest=digest, **read_by)
    saved = saved_one(write_batch(store, [Fetched(result=result, exchange=exchange)]))
    return saved.article_id or ""


def check(store: Store, article_id: str) -> VersionCheck:
    pool = InThisProcess()
    (only,) = asyncio.run(verify(article_id, store=store, sources={}, pool=pool, call=asyncio.to_thread))
    return only


def test_the_same_text_bit_for_bit_is_verified(store: Store) -> None:
    assert check(store, keep(store)).told == "verified"


def test_a_date_told_from_now_is_counted_from_the_same_fetch_when_read_from_the_archive(store: Store) -> None:
    text = "Ships wait outside the harbour until the storm has passed, as its master said on the quay."
    html = article_html("Harbour closed", [text], published="")
    article_id = keep(store, html=html.replace("</h1>", "</h1><p>3 hours ago</p>"))
    (version,) = store.articles.versions(article_id)
    ref = ArchiveRef(
        warc_file=version.warc_file or "",
        warc_offset=version.warc_offset or 0,
        payload_digest=version.payload_digest or "",
    )
    again = tasks.extract(page_of(store.archive.read(ref), version.fetched_at))
    assert isinstance(again, Article)
    assert again.published_at == version.article.published_at == NOW - timedelta(hours=3)
    assert "published_approximate" in again.flags


def test_a_page_that_came_under_two_addresses_is_read_under_that_of_the_version(store: Store) -> None:
    (version,) = store.articles.versions(keep(store))
    archived = ArchivedPage(url=URL, fetched_at=NOW, status=200, content_type="text/html", body=HTML.encode())
    other = replace(version, article=replace(version.article, url="https://paper.example/sport/harbour"))
    assert page_of_version(archived, other).url == "https://paper.example/sport/harbour"
    assert page_of_version(archived, version) == page_of(archived, version.fetched_at)


def test_a_record_that_was_changed_is_told_with_the_first_line_that_differs(store: Store) -> None:
    told = check(store, keep(store, lambda story: replace(story, title="Harbour open"))).told
    assert told == "differs; title: -Harbour open +Harbour closed"


def test_a_version_of_an_earlier_extractor_is_compared_and_told(store: Store) -> None:
    now = tasks.EXTRACTOR_VERSION
    same = check(store, keep(store, extractor_version="0")).told
    assert same == f"verified; made by extractor version 0, this program has {now}"


def test_a_version_is_read_with_the_model_it_was_made_with_when_more_or_less_is_known_by_now(store: Store) -> None:
    article_id = keep(store, boilerplate=MODEL)  # by now nothing is known of the source
    assert store.boilerplates.at("paper", NOW) == NO_BOILERPLATE
    view = store.articles.get(article_id)
    assert view is not None
    assert PROMPT not in view.stored.article.text
    assert check(store, article_id).told == "verified"


def test_a_version_whose_model_was_not_kept_is_compared_and_told(store: Store) -> None:
    article_id = keep(store, boilerplate=MODEL)
    with store._database.write() as connection:  # as records of before November 2026 are
        connection.exec_driver_sql("DELETE FROM boilerplate_model")
    told = check(store, article_id).told
    note = "what was known of the source's boilerplate then is known no more"
    assert told == f"differs; {note}; text: - +{PROMPT}"


def test_a_model_is_kept_once_and_goes_with_the_last_version_that_names_it(store: Store) -> None:
    another = Boilerplate(version="another", listed=frozenset(range(9)))
    article_id = keep(store, boilerplate=MODEL)
    story = read(Hints())
    fields: dict[str, Any] = {"content_digest": content_digest(story), "extractor_version": "2", "now": NOW}
    store.saver.replace_version(article_id, 1, story, boilerplate=another, **fields)
    assert store.boilerplates.kept(MODEL.version) is None
    assert store.boilerplates.kept("another") == another
    store.saver.confirm_version(article_id, 1, extractor_version="2", boilerplate=MODEL)
    assert store.boilerplates.kept("another") is None
    assert store.boilerplates.kept(MODEL.version) == MODEL
    store.forgetting.forget(store.forgetting.held(article_id, []), reason="", now=NOW)
    assert store.boilerplates.kept(MODEL.version) is None


def test_the_archive_tells_what_was_known_of_the_page_before(store: Store) -> None:
    article_id = keep(store)
    with store._database.write() as connection:
        connection.exec_driver_sql("UPDATE url SET title_hint = 'Another headline', section_hint = 'Sport'")
    assert check(store, article_id).told == "verified"


def test_a_damaged_page_is_unreadable_and_a_deleted_one_not_archived(store: Store, tmp_path: Path) -> None:
    article_id = keep(store)
    store.archive.close()
    (warc,) = archive_files(tmp_path / "data" / "archive")
    data = bytearray(warc.read_bytes())
    version = store.articles.versions(article_id)[0]
    data[(version.warc_offset or 0) + 60] ^= 0xFF
    warc.write_bytes(data)
    assert check(store, article_id).told.startswith("unreadable; the archive has no readable record at")

    assert store.retention.forget_archive(before=after(days=9)) == 1
    assert check(store, article_id).told == "not archived"
