"""Articles of a span of time, from sitemaps and from WARC files."""

from __future__ import annotations

import asyncio
import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from warcio.warcwriter import WARCWriter

from config.settings import CrawlSettings
from crawler.archived.taken_pages import Wanted
from crawler.archived.taking import take_files
from news.errors import StoreError
from news.gaps import Span
from news.requests import RequestScope
from news.source import Source
from store.service import Store
from tests.support.commands import Commands
from tests.support.documents import Item, article_html
from tests.support.in_this_process import at_once
from tests.support.publisher import Publisher
from tests.support.sites import TEXT, story_path
from tests.support.stores import NOW, add_urls, after, fetch_story, make_story
from tests.support.warcs import write_warc

MARCH = ("--from", "2024-03-01", "--to", "2024-03-31")
THEN = datetime(2024, 3, 10, 12, tzinfo=UTC)


def month(site: Publisher, name: str, first: int, at: datetime) -> None:
    """A month's sitemap with three articles."""
    items = []
    for number in range(first, first + 3):
        when = at + timedelta(days=number - first)
        title = f"The canal in the year of number {number}"
        text = [f"Of number {number}: {line}" for line in TEXT]
        site.page(story_path(number), article_html(title, text, published=when.isoformat()))
        items.append(Item(link=site.url + story_path(number), title=title, modified_at=when))
    site.sitemap(f"/sitemap-{name}.xml", items)


def test_the_months_asked_for_are_read_and_no_others_and_a_kill_loses_nothing(
    publisher: Publisher, commands: Commands
) -> None:
    names = {"2023-12": datetime(2023, 12, 5, tzinfo=UTC), "2024-02": datetime(2024, 2, 5, tzinfo=UTC)}
    names |= {"2024-03": datetime(2024, 3, 5, tzinfo=UTC), "2024-04": datetime(2024, 4, 5, tzinfo=UTC)}
    for number, (name, at) in enumerate(names.items()):
        month(publisher, name, 10 * number, at)
    publisher.sitemap_index("/sitemap.xml", [f"{publisher.url}/sitemap-{name}.xml" for name in names])
    commands.follow(
        "canal",
        name="Canal",
        home_url=publisher.url,
        sitemaps=[f"{publisher.url}/sitemap.xml"],
        crawl={"delay_seconds": 0, "max_urls_per_crawl": 3},
    )
    first = commands.json("backfill", "canal", *MARCH)  # stopped by the bound after the index, its month and an article
    assert first["crawls"][0]["finish_reason"] == "url_limit"
    assert first["waiting"] == 2
    asked = {request.path for request in publisher.requests}
    assert not {f"/sitemap-{name}.xml" for name in names if name != "2024-03"} & asked
    publisher.forget_requests()
    second = commands.json("backfill", "canal", *MARCH)
    assert (second["waiting"], second["fill"]["id"], second["fill"]["found_count"]) == (0, first["fill"]["id"], 3)
    assert not publisher.requests_for("/sitemap-2024-03.xml")
    with commands.opened() as opened:
        ids = opened.store.requests.article_ids(RequestScope(source_id="canal"))
        urls = {view.stored.url for each in ids if (view := opened.store.articles.get(each))}
    assert urls == {publisher.url + story_path(20 + number) for number in range(3)}


def page_of(title: str, at: datetime) -> bytes:
    return article_html(title, TEXT, published=at.isoformat()).encode()


def take(store: Store, source: Source, path: Path, span: Span | None = None) -> dict[str, int]:
    wanted = Wanted(source=source, span=span, max_body_bytes=CrawlSettings().max_body_bytes)
    return dict(asyncio.run(take_files([path], wanted, store=store, read=at_once, clock=lambda: NOW)))


def test_pages_of_an_archive_are_what_an_article_was_then(store: Store, canal: Source, tmp_path: Path) -> None:
    url = "https://canal.example/world/the-lock-keepers-story-10001"
    now_text = make_story("The lock keepers go on strike", "Today they went on strike, all of them.", url=url)
    known = fetch_story(store, url, now_text, at=NOW)
    other = "https://canal.example/world/the-lock-keepers-story-10002"
    pages = [
        (url, THEN, 200, page_of("The lock keepers ask for more", THEN)),
        (url + "?utm_source=x", THEN + timedelta(days=9), 200, page_of("The lock keepers ask for much more", THEN)),
        (other, THEN, 200, page_of("A story that went unnoticed", THEN)),
        (other, THEN, 404, b"gone"),
        ("https://elsewhere.example/world/a-story-of-another-10003", THEN, 200, page_of("Another site", THEN)),
        ("https://canal.example/", THEN, 200, b"<html><body><p>Front page</p></body></html>"),
    ]
    path = write_warc(tmp_path / "CC-MAIN-2024.warc.gz", pages)
    assert take(store, canal, path) == {"new_version": 2, "new_article": 1}
    assert store.outbox.counts().oldest_at == NOW, "the index is told as of now, behind what waits already"

    versions = store.articles.versions(known.article_id or "")
    assert [(each.version, each.fetched_at, each.taken_from) for each in versions] == [
        (1, THEN, path.name),
        (2, THEN + timedelta(days=9), path.name),
        (3, NOW, None),
    ]
    view = store.articles.get(known.article_id or "")
    assert view is not None
    assert (view.stored.version, view.stored.article.title) == (3, "The lock keepers go on strike")
    assert view.stored.first_seen_at == THEN
    history = store.articles.fetches(known.article_id or "")
    assert {(fetch.fetched_at, fetch.taken_from) for fetch in history} >= {(THEN, path.name), (NOW, None)}
    ref = versions[0]
    assert ref.warc_file is not None
    row = store.frontier.find(other)
    assert row is not None
    assert row.next_due_at is None, "no publisher is asked for what an archive holds"

    assert take(store, canal, path) == {"unchanged": 3}
    assert len(store.articles.versions(known.article_id or "")) == 3
    add_urls(store, other, at=after(days=1))
    assert store.frontier.find(other).next_due_at == after(days=1)  # type: ignore[union-attr]  # it is known


def test_a_span_narrows_and_a_damaged_file_is_named(store: Store, canal: Source, tmp_path: Path) -> None:
    one, two = (f"https://canal.example/world/the-lock-keepers-story-1000{n}" for n in (1, 2))
    pages = [(one, THEN, 200, page_of("The first of two stories", THEN))]
    pages += [(two, THEN + timedelta(days=60), 200, page_of("The second of two stories", THEN))]
    path = write_warc(tmp_path / "a.warc.gz", pages)
    assert take(store, canal, path, Span(THEN, THEN + timedelta(days=1))) == {"new_article": 1}
    cut = tmp_path / "cut.warc.gz"
    cut.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(StoreError, match=r"cut\.warc\.gz: cannot be read to its end"):
        take(store, canal, cut)


def test_a_file_of_texts_made_of_pages_is_told_apart(store: Store, canal: Source, tmp_path: Path) -> None:
    path = tmp_path / "a.warc.wet.gz"
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "a maker of texts"}))
        text = io.BytesIO(b"The text of a page")
        story = "https://canal.example/world/the-lock-keepers-story-10001"
        writer.write_record(writer.create_warc_record(story, "conversion", payload=text, length=18))
    with pytest.raises(StoreError, match="holds only data derived from pages, as WET and WAT files do"):
        take(store, canal, path)


def test_what_stands_before_a_damaged_place_and_in_the_other_files_is_taken_and_found(
    commands: Commands, tmp_path: Path
) -> None:
    commands.follow("canal", name="Canal", home_url="https://canal.example/")
    one, two, three = (f"https://canal.example/world/the-lock-keepers-story-1000{n}" for n in (1, 2, 3))
    pages = {url: (url, THEN, 200, page_of(f"A story of {url[-5:]}", THEN)) for url in (one, two, three)}
    cut = write_warc(tmp_path / "cut.warc.gz", [pages[one], pages[two]])
    cut.write_bytes(cut.read_bytes()[:-200])
    write_warc(tmp_path / "whole.warc.gz", [pages[three]])
    done = commands.run("backfill", "canal", "--warc", str(tmp_path))
    assert (done.returncode, done.stdout) == (1, "2 new articles\n")
    (line,) = done.stderr.splitlines()
    assert "cut.warc.gz: cannot be read to its end" in line
    assert commands.json("search", "story", "--no-collapse")["total"] == 2
