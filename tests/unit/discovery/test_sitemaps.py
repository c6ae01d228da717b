"""Sitemaps: every form the protocol knows, within bounds."""

from __future__ import annotations

import gzip
import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.discovery.guesses import with_stories
from crawler.discovery.gzipped import gunzip
from crawler.discovery.readings import SitemapReading, Unreadable
from crawler.discovery.robots import MAX_SITEMAPS, robots_sitemaps
from crawler.discovery.sitemaps import read_sitemap
from news.fetch import Discovered, Outcome, UrlKind

URL = "https://news.example/sitemap.xml"
NEWS = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
  xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
  xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
  <url>
    <loc> https://news.example/world/storm-hits-coast-1?a=1&amp;b=2 </loc>
    <lastmod>2025-07-02</lastmod>
    <news:news>
      <news:publication><news:name>Gazette</news:name><news:language>en</news:language></news:publication>
      <news:publication_date>2025-07-01T12:30+03:00</news:publication_date>
      <news:title>Storm &amp; flood</news:title>
    </news:news>
    <image:image><image:loc>https://img.example/1.jpg</image:loc><image:title>Waves</image:title></image:image>
  </url>
  <url><loc>/relative-address</loc></url>
  <url><lastmod>2025-07-02</lastmod></url>
</urlset>"""
INDEX = """<sitemapindex xmlns="https://www.sitemaps.org/schemas/sitemap/0.9/">
  <sitemap><loc>https://news.example/a.xml.gz</loc><lastmod>2025-07-02T01:00:00Z</lastmod></sitemap>
  <sitemap><loc>https://news.example/sitemap.xml</loc></sitemap>
  <sitemap><loc>file:///etc/passwd</loc></sitemap>
</sitemapindex>"""


def read(document: str | bytes, *, limit: int = 100, max_bytes: int = 1_000_000) -> SitemapReading:
    reading = _read(document, limit, max_bytes)
    assert isinstance(reading, SitemapReading), reading
    return reading


def unreadable(document: str | bytes, *, max_bytes: int = 1_000_000) -> Unreadable:
    reading = _read(document, 10, max_bytes)
    assert isinstance(reading, Unreadable), reading
    return reading


def _read(document: str | bytes, limit: int, max_bytes: int) -> SitemapReading | Unreadable:
    body = document.encode() if isinstance(document, str) else document
    return read_sitemap(body, URL, None, limit=limit, max_bytes=max_bytes)


def test_a_news_sitemap_is_read() -> None:
    reading = read(NEWS)
    first, second = reading.urls
    assert first.url == "https://news.example/world/storm-hits-coast-1?a=1&b=2"
    assert first.title == "Storm & flood"
    assert first.published_at == datetime(2025, 7, 1, 9, 30, tzinfo=UTC)
    assert first.modified_at == datetime(2025, 7, 2, tzinfo=UTC)
    assert second.url == "https://news.example/relative-address"
    assert (reading.sitemaps, reading.truncated_count, reading.broken) == ((), 0, False)


def test_an_index_names_sitemaps_but_never_itself() -> None:
    reading = read(INDEX)
    (found,) = reading.sitemaps
    assert (found.url, found.kind) == ("https://news.example/a.xml.gz", UrlKind.SITEMAP)
    assert found.modified_at == datetime(2025, 7, 2, 1, tzinfo=UTC)
    assert reading.urls == ()


def test_a_sitemap_without_namespaces_or_with_undeclared_ones_is_read() -> None:
    reading = read("<urlset><url><loc>/a</loc><news:news><news:title>T</news:title></news:news></url></urlset>")
    assert [(found.url, found.title) for found in reading.urls] == [("https://news.example/a", "T")]


def test_a_list_of_addresses_is_read() -> None:
    reading = read("\ufeffhttps://news.example/1\r\n\nhttps://news.example/2\nnot an address\n", limit=1)
    assert [found.url for found in reading.urls] == ["https://news.example/1"]
    assert reading.truncated_count == 1


def test_a_feed_in_its_place_is_read() -> None:
    reading = read("<rss><channel><item><link>/a</link><title>T</title></item></channel></rss>")
    assert [(found.url, found.title) for found in reading.urls] == [("https://news.example/a", "T")]


def test_a_gzipped_sitemap_is_read_also_in_several_members() -> None:
    packed = gzip.compress(NEWS[:500].encode()) + gzip.compress(NEWS[500:].encode())
    assert len(read(packed).urls) == 2


def test_what_could_be_unpacked_of_a_cut_file_is_read() -> None:
    addresses = "".join(f"<url><loc>https://news.example/{n * 7919}</loc></url>" for n in range(5000))
    packed = gzip.compress(f"<urlset>{addresses}</urlset>".encode())
    reading = read(packed[: len(packed) // 2], limit=10_000)
    assert reading.broken
    assert 100 < len(reading.urls) < 5000


def test_a_bomb_stops_at_the_bound() -> None:
    bomb = gzip.compress(b"<urlset>" + b"\0" * 50_000_000)
    started = time.thread_time()  # of the processor: a busy machine takes none
    refused = unreadable(bomb, max_bytes=1_000_000)
    assert (refused.outcome, refused.reason) == (Outcome.TOO_LARGE, "more than 1000000 bytes when unpacked")
    assert time.thread_time() - started < 1
    assert unreadable(gzip.compress(bomb)).reason == "gzip within gzip"


def test_the_bound_counts_all_members_together() -> None:
    member = gzip.compress(b"x" * 600)
    assert gunzip(member, 600) == (b"x" * 600, False)
    assert gunzip(member * 2, 1199) is None


def test_addresses_beyond_the_limit_are_counted() -> None:
    reading = read("<urlset>" + "<url><loc>/a</loc></url>" * 7 + "</urlset>", limit=5)
    assert (len(reading.urls), reading.truncated_count) == (5, 2)


def test_a_damaged_sitemap_gives_what_can_be_read() -> None:
    reading = read(NEWS[: NEWS.index("<url><lastmod>")])
    assert reading.broken
    assert len(reading.urls) == 2


@pytest.mark.parametrize(
    ("document", "why"),
    [
        ("", "empty"),
        ("Not found", "neither XML nor a list of addresses"),
        ("<html><body>Not found</body></html>", "the root element is <html>"),
        (b"\x1f\x8bnot gzip", "empty"),
        ('<!DOCTYPE urlset [<!ENTITY x SYSTEM "file:///etc/passwd">]><urlset/>', None),
    ],
)
def test_what_is_no_sitemap_says_why(document: str | bytes, why: str | None) -> None:
    assert unreadable(document).reason == (why or "declares XML entities, which no feed or sitemap needs")


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([b"", b"\x1f\x8b", b"<urlset>", b"<sitemapindex><sitemap><loc>"]))
def test_no_bytes_make_it_raise(body: bytes, start: bytes) -> None:
    for document in (start + body, gzip.compress(start + body), gzip.compress(start + body)[:-6]):
        reading = read_sitemap(document, URL, None, limit=3, max_bytes=10_000)
        assert isinstance(reading, Unreadable) or len(reading.urls) + len(reading.sitemaps) <= 3


def test_robots_names_sitemaps_once_in_full_or_by_path() -> None:
    origin, first = "https://a.example", "https://a.example/1.xml"
    text = (
        f"Sitemap: {first}\nSITEMAP :{first}\nsitemap: /2.xml\nSitemap: 3.xml\nSitemap: ftp://a/\n# Sitemap: /4.xml\n"
    )
    assert robots_sitemaps(text, origin) == [first, "https://a.example/2.xml", "https://a.example/3.xml"]
    assert robots_sitemaps(f"User-agent: *\rSitemap: {first}\r", origin) == [first]
    many = "".join(f"Sitemap: {origin}/{n}.xml\n" for n in range(MAX_SITEMAPS + 10))
    assert len(robots_sitemaps(many, origin)) == MAX_SITEMAPS


@pytest.mark.parametrize(
    ("names", "kept"),
    [
        (["wp-sitemap-posts-post-1.xml", "wp-sitemap-posts-page-1.xml", "wp-sitemap-taxonomies-genre-1.xml"], 1),
        (["wp-sitemap-posts-post-1.xml", "wp-sitemap-posts-story-1.xml", "wp-sitemap-users-1.xml"], 2),
        (
            ["post-sitemap.xml", "post-sitemap2.xml", "page-sitemap.xml", "post_tag-sitemap.xml", "author-sitemap.xml"],
            2,
        ),
        (["sitemap-posts.xml", "sitemap-pages.xml", "sitemap-tags.xml", "sitemap-authors.xml"], 1),
        (["sitemap-pages.xml.gz", "sitemap-videos.xml.gz"], 2),  # pages of which nothing says that they are no stories
        (["sitemap-category-world.xml", "sitemap-1.xml", "sitemap.xml?page=1"], 3),
        (["sitemap-categories.xml", "sitemap-tags.xml"], 2),  # nothing else leads to stories
    ],
)
def test_sitemaps_of_an_index_that_hold_no_stories_are_left(names: list[str], kept: int) -> None:
    sitemaps = [Discovered(url=f"https://news.example/{name}") for name in names]
    assert with_stories(sitemaps) == sitemaps[:kept]
