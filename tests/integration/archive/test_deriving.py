"""A version that is derived from the archive again is verified, or told to differ and where."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

from crawler import reading
from crawler.pool import ReadingPool
from crawler.recorder import Fetched, write_batch
from crawler.verifying import VersionCheck, verify
from news.article import Article, Hints, Page
from news.digest import content_digest, payload_digest
from store.archive import Exchange
from store.archive_check import archive_files
from store.service import Store
from tests.support.documents import article_html
from tests.support.stores import NOW, after, make_result, row_of, saved_one

URL = "https://paper.example/harbour"
HTML = article_html("Harbour closed", ["The harbour is closed until the storm has passed.", "Ships wait outside."])


class InThisProcess:
    """A pool that reads at once."""

    async def run(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """The function's result."""
        return function(*args, **kwargs)


@pytest.fixture
def store(tmp_path: Path) -> Any:
    opened = Store.open(tmp_path / "data", max_archive_file_bytes=1 << 20)
    yield opened
    opened.close()


def read(hints: Hints) -> Article:
    page = Page(url=URL, body=HTML.encode(), content_type="text/html; charset=utf-8", fetched_at=NOW)
    found = reading.extract(page, hints=hints)
    assert isinstance(found, Article)
    return found


def keep(store: Store, change: Callable[[Article], Article] = lambda story: story, **fields: Any) -> str:
    """Archive the page and save what was read in it, changed so; the article's id."""
    row = row_of(store, URL)
    story = change(read(Hints()))
    body = HTML.encode()
    digest = payload_digest(body)
    exchange = Exchange(
        url=URL,
        fetched_at=NOW,
        status=200,
        headers=(("Content-Type", "text/html; charset=utf-8"),),
        body=body,
        payload_digest=digest,
    )
    read_by = {"extractor_version": reading.EXTRACTOR_VERSION, "content_digest": content_digest(story), **fields}
    result = make_result(row, story, archive=None, payload_digest=digest, **read_by)
    saved = saved_one(write_batch(store, [Fetched(result=result, exchange=exchange)]))
    return saved.article_id or ""


def check(store: Store, article_id: str) -> VersionCheck:
    pool = cast("ReadingPool", InThisProcess())
    (only,) = asyncio.run(verify(article_id, store=store, sources={}, pool=pool, call=asyncio.to_thread))
    return only


def test_the_same_text_bit_for_bit_is_verified(store: Store) -> None:
    assert check(store, keep(store)).told == "verified"


def test_a_record_that_was_changed_is_told_with_the_first_line_that_differs(store: Store) -> None:
    told = check(store, keep(store, lambda story: replace(story, title="Harbour open"))).told
    assert told == "differs; title: -Harbour open +Harbour closed"


def test_a_version_of_an_earlier_extractor_is_compared_and_told(store: Store) -> None:
    now = reading.EXTRACTOR_VERSION
    same = check(store, keep(store, extractor_version="0")).told
    assert same == f"verified; made by extractor version 0, this program has {now}"


def test_a_version_of_a_model_that_is_known_no_more_is_compared_and_told(store: Store) -> None:
    told = check(store, keep(store, boilerplate_version="0123456789abcdef")).told
    assert told == "verified; what was known of the source's boilerplate then is known no more"


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
