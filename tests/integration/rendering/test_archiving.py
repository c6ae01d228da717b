"""A rendered page in the record and the archive, with a stand-in for the browser that is told what to make of it."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from cli.demo.publisher import demo_source
from config.settings import CrawlSettings
from crawler.answered.reader import AnswerReader
from crawler.answered.rereading import Rereader
from crawler.archived.rebuilding import Rebuilder
from crawler.browser.browser import PageBrowser
from crawler.browser.choice import BrowserMissing
from crawler.browser.page_parts import Part, PartRequest
from crawler.browser.rendering import PartFailed, Renderer
from crawler.browser.visit import RenderingFailed, Serve
from crawler.crawls.conditions import Conditions
from crawler.crawls.spider import SourceSpider
from crawler.fetching.answers import Answer
from crawler.fetching.bodies import PackedBody
from crawler.recording.batch import Fetched, write_batch
from news.article import RENDERED
from news.fetch import Outcome, UrlKind, UrlState
from store.archive.answers import archived_answers
from store.archive.check import Checked, check_archive
from store.archive.names import archive_files
from store.archive.scan import records_of
from store.records import NewUrl, SavedFetch
from store.service import Store
from tests.support.archives import warcio_says
from tests.support.documents import article_html
from tests.support.in_this_process import InThisProcess
from tests.support.rendered_site import PROSE, TITLE, shell
from tests.support.stores import after, saved_one

SOURCE = replace(demo_source("https://paper.example"), renders=True)
URL = "https://paper.example/world/ferry-10001"
STORY = article_html(TITLE, PROSE)
SCRIPT = PartRequest(url="https://paper.example/app.js", method="GET", kind="script")
DATA = PartRequest(url="https://paper.example/story.json", method="GET", kind="fetch")


POOL = InThisProcess()


@dataclass
class Pretended:
    """A browser whose pages want these parts, and become this."""

    made: str | Exception = STORY
    wants: Sequence[PartRequest] = (SCRIPT, DATA)
    rendered_count: int = 0

    async def render(self, url: str, main: Part, serve: Serve) -> bytes:
        for request in self.wants:
            await serve(request)
        self.rendered_count += 1
        if isinstance(self.made, Exception):
            raise self.made
        return self.made.encode()


@dataclass
class Site:
    """Answers for the parts of a page."""

    status: int = 200
    error: PartFailed | None = None
    asked: tuple[str, ...] = ()

    async def fetch(self, url: str, headers: Mapping[str, str], hosts: frozenset[str]) -> Part:
        self.asked = (*self.asked, url)
        if self.error is not None:
            raise self.error
        return Part(status=self.status, headers={}, body=b"{}")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store.open(tmp_path / "data", max_archive_file_bytes=1 << 20)) as opened:
        yield opened


def renderer(browser: Pretended, site: Site, *, max_requests: int = 9) -> Renderer:
    return Renderer(SOURCE, cast("PageBrowser", browser), site.fetch, max_requests=max_requests)


def read(store: Store, rendering: Renderer, *, at: datetime, page: str = "") -> Fetched:
    """What a crawl makes of an answer that is a shell."""
    new = NewUrl(url=URL, kind=UrlKind.ARTICLE)
    store.frontier.add([new], source_id=SOURCE.id, found_on=None, now=at)
    row = store.frontier.row_at(URL)
    assert row is not None
    reader = AnswerReader(SOURCE, CrawlSettings(), POOL, run_id=1, rereader=Rereader(store, POOL, asyncio.to_thread))
    reader.renderer = rendering
    answer = Answer(
        url=URL,
        status=200,
        headers=(("Content-Type", "text/html; charset=utf-8"), ("ETag", '"1"')),
        packed=PackedBody(content=(page or shell()).encode()),
        content_type="text/html; charset=utf-8",
        etag='"1"',
        last_modified=None,
        retry_after_seconds=None,
        duration_seconds=None,
    )
    return asyncio.run(reader.read(row, answer, now=at))


def fetch(store: Store, made: str, *, at: datetime) -> SavedFetch:
    """Fetch the page, rendered to this, as a crawl does it."""
    fetched = read(store, renderer(Pretended(made), Site()), at=at)
    with store._database.write() as connection:  # the row is leased to the run that asks
        connection.exec_driver_sql("UPDATE url SET lease_run_id = 1")
    return saved_one(write_batch(store, [fetched]))


def types(folder: Path) -> list[str]:
    return [record.type for path in archive_files(folder / "archive") for record in records_of(path)]


def test_versions_are_of_what_is_rendered_and_what_is_known_is_archived_once(store: Store, tmp_path: Path) -> None:
    edited = article_html(TITLE, [*PROSE, "A second ferry follows in the evening."])
    first = fetch(store, STORY, at=after(hours=0))
    same = fetch(store, STORY, at=after(hours=1))
    second = fetch(store, edited, at=after(hours=2))

    assert [each.outcome for each in (first, same, second)] == [
        Outcome.NEW_ARTICLE,
        Outcome.UNCHANGED,
        Outcome.NEW_VERSION,
    ]
    row = store.frontier.row_at(URL)
    assert row is not None
    assert (row.etag, row.last_modified) == (None, None)  # they are the shell's, which stays the same
    versions = store.articles.versions(first.article_id or "")
    assert [RENDERED in version.article.flags for version in versions] == [True, True]
    store.archive.close()
    of_visit = ["response", "conversion", "metadata"]
    assert types(tmp_path / "data") == ["warcinfo", *of_visit, "response", "metadata", *of_visit]
    warcs = archive_files(tmp_path / "data" / "archive")
    assert list(check_archive(tmp_path / "data" / "archive", warcs, store.receipts.places(), Checked())) == []
    assert [warcio_says(warc) for warc in warcs] == [(0, "")]


def test_a_lost_record_is_made_anew_without_a_browser(store: Store, tmp_path: Path) -> None:
    edited = article_html(TITLE, [*PROSE, "A second ferry follows in the evening."])
    for hour, made in enumerate((STORY, STORY, edited, STORY)):
        article_id = fetch(store, made, at=after(hours=hour)).article_id or ""
    store.archive.close()
    shutil.copytree(tmp_path / "data" / "archive", tmp_path / "again" / "archive")

    with closing(Store.open(tmp_path / "again", max_archive_file_bytes=1 << 20)) as again:
        rebuilder = Rebuilder(again, sources={SOURCE.id: SOURCE}, settings=CrawlSettings(), pool=POOL)
        asyncio.run(rebuilder.rebuild(archived_answers(tmp_path / "again" / "archive", rebuilder.note_damage)))

        def told(one: Store) -> list[Any]:
            return [(v.fetched_at, v.article, v.warc_file, v.warc_offset) for v in one.articles.versions(article_id)]

        assert len(told(store)) == 3
        assert told(again) == told(store)


def test_what_is_forgotten_leaves_the_archive_as_it_was_rendered_too(store: Store, tmp_path: Path) -> None:
    article_id = fetch(store, STORY, at=after(hours=0)).article_id
    store.archive.close()
    store.forgetting.forget(store.forgetting.held(article_id, []), reason="", now=after(days=1))
    assert types(tmp_path / "data") == ["warcinfo", "metadata", "metadata", "metadata"]
    assert all(
        PROSE[0].encode() not in record.block
        for path in archive_files(tmp_path / "data" / "archive")
        for record in records_of(path)
    )


def test_a_page_with_a_story_is_not_rendered(store: Store) -> None:
    browser = Pretended()
    fetched = read(store, renderer(browser, Site()), at=after(hours=0), page=STORY)
    assert fetched.result.outcome is Outcome.NEW_ARTICLE
    assert browser.rendered_count == 0


@pytest.mark.parametrize("site", [Site(status=503), Site(error=PartFailed("timeout", may_pass=True))])
def test_a_page_without_its_parts_is_asked_for_again(store: Store, site: Site) -> None:
    result = read(store, renderer(Pretended(shell()), site), at=after(hours=0)).result
    assert (result.outcome, result.state) == (Outcome.INCOMPLETE, UrlState.FAILING)
    assert result.detail.startswith("rendered without https://paper.example/app.js")
    assert result.next_due_at is not None


def test_a_page_whose_parts_are_forbidden_is_no_article_and_says_so(store: Store) -> None:
    site = Site(error=PartFailed("robots.txt forbids it", may_pass=False))
    result = read(store, renderer(Pretended(shell()), site), at=after(hours=0)).result
    assert result.outcome is Outcome.NOT_ARTICLE
    assert "rendered without https://paper.example/app.js (robots.txt forbids it) and 1 more" in result.detail


def test_a_browser_that_fails_is_tried_again_and_a_missing_one_told_once(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    late = Pretended(RenderingFailed("rendering took too long", timed_out=True))
    assert read(store, renderer(late, Site()), at=after(hours=0)).result.outcome is Outcome.TIMEOUT

    missing = renderer(Pretended(BrowserMissing("run apt-get install chromium")), Site())
    for hour in (1, 2):
        result = read(store, missing, at=after(hours=hour)).result
        assert result.outcome is Outcome.NOT_ARTICLE
        assert result.detail.endswith("not rendered: run apt-get install chromium")
    warned = [record.getMessage() for record in caplog.records if record.name == "crawler.browser.rendering"]
    assert warned == [f"pages of {SOURCE.id} are not rendered: run apt-get install chromium"]


def test_a_page_that_gave_no_story_is_asked_for_whole_where_pages_are_rendered(store: Store) -> None:
    """A 304 to what was fetched before rendering was switched on would leave it without a story for ever."""
    new = NewUrl(url=URL, kind=UrlKind.ARTICLE)
    store.frontier.add([new], source_id=SOURCE.id, found_on=None, now=after(hours=0))
    known = store.frontier.row_at(URL)
    assert known is not None

    def validator(*, renders: bool, article_id: str | None) -> bytes | None:
        session = SimpleNamespace(source=replace(SOURCE, renders=renders), conditions=Conditions({}))
        spider = SourceSpider(cast("Any", session), cast("Any", None), CrawlSettings())
        return spider._request(replace(known, etag='"1"', article_id=article_id)).headers.get("If-None-Match")

    assert validator(renders=True, article_id=None) is None
    assert validator(renders=True, article_id="a") == b'"1"'
    assert validator(renders=False, article_id=None) == b'"1"'


def test_a_script_is_asked_for_once_in_a_crawl_and_data_for_each_page(store: Store) -> None:
    site = Site()
    rendering = renderer(Pretended(), site)
    for hour in range(2):
        read(store, rendering, at=after(hours=hour))
    assert site.asked == (SCRIPT.url, DATA.url, DATA.url)


def test_a_page_asks_no_more_often_than_it_may(store: Store) -> None:
    many = [replace(DATA, url=f"{DATA.url}?{number}") for number in range(9)]
    site = Site()
    read(store, renderer(Pretended(wants=many), site, max_requests=3), at=after(hours=0))
    assert len(site.asked) == 3
