"""Section pages and scope: which links of a page are the source's articles."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.discovery.readings import SectionReading, Unreadable
from crawler.discovery.scope import classify
from crawler.discovery.sections import read_section
from news.fetch import UrlKind
from news.source import Section, Source

URL = "https://news.example/world"
SOURCE = Source(
    id="gazette",
    name="Gazette",
    home_url="https://news.example/",
    hosts=("news.example", "www.news.example"),
    feeds=("https://feeds.example/gazette",),
    sitemaps=("https://news.example/news-sitemap.xml",),
    sections=(Section(url=URL),),
    article_patterns=(r"^/world/[^/?]+-\d+$", r"^/article/[0-9a-f]{12}$"),
    ignore_patterns=(r"^/world/live-",),
    strip_parameters=("_rt",),
)
OPEN = replace(SOURCE, article_patterns=(), ignore_patterns=())

PAGE = """<!doctype html><html><head><link rel="next" href="/world?page=2"></head><body>
<nav><a href="/">Home</a> <a href="/world">World</a> <a href="/about-us">About</a></nav>
<main>
  <a href="/world/storm-1?utm_source=x"><img alt=""></a>
  <a href="/world/storm-1"> Storm
     hits <b>coast</b></a>
  <a href="https://www.news.example/article/0123456789ab?_rt=1">Migrated</a>
  <a href="/world/live-blog-2">Live</a>
  <a href="https://other.example/world/elsewhere-3">Elsewhere</a>
  <a href="javascript:alert(1)">x</a> <a href="mailto:a@b">m</a> <a href="http://[">b</a> <a href="">e</a> <a>n</a>
</main>
<aside><a href="/world/read-most-9">Most read</a></aside>
</body></html>"""


def read(page: str | bytes, *, links: str | None = None, source: Source = SOURCE, limit: int = 100) -> SectionReading:
    body = page.encode() if isinstance(page, str) else page
    section = Section(url=URL, links=links)
    reading = read_section(body, URL, "text/html; charset=utf-8", section=section, source=source, limit=limit)
    assert isinstance(reading, SectionReading), reading
    return reading


def test_articles_are_taken_once_with_their_headline() -> None:
    reading = read(PAGE)
    assert [(entry.url, entry.title) for entry in reading.entries] == [
        ("https://news.example/world/storm-1", "Storm hits coast"),
        ("https://www.news.example/article/0123456789ab?_rt=1", "Migrated"),
        ("https://news.example/world/read-most-9", "Most read"),
    ]
    assert reading.next_url == "https://news.example/world?page=2"


def test_a_selector_narrows_the_page() -> None:
    urls = [entry.url for entry in read(PAGE, links="main").entries]
    assert "https://news.example/world/read-most-9" not in urls
    assert len(urls) == 2


def test_links_beyond_the_limit_are_counted() -> None:
    reading = read(PAGE, limit=1)
    assert (len(reading.entries), reading.truncated_count) == (1, 2)


def test_without_patterns_only_addresses_like_stories_count() -> None:
    page = """<a href="/about-us">a</a><a href="/world/europe">b</a><a href="/world/storm-hits-the-coast">c</a>
    <a href="/2025/07/01/x">d</a><a href="/n/1234567">e</a><a href="/article/0123456789ab">f</a>
    <a href="/world">g</a>"""
    assert [entry.title for entry in read(page, source=OPEN).entries] == ["c", "d", "e", "f"]


def test_links_are_resolved_against_the_base_element_of_the_same_site() -> None:
    page = '<base href="/world/"><a href="storm-1">a</a>'
    assert [entry.url for entry in read(page).entries] == ["https://news.example/world/storm-1"]
    page = '<base href="https://other.example/world/"><a href="/world/storm-1">a</a>'
    assert [entry.url for entry in read(page).entries] == ["https://news.example/world/storm-1"]


@pytest.mark.parametrize("href", ["https://other.example/?page=2", "/world", "/world#", "", "javascript:next()"])
def test_a_next_page_is_another_page_of_the_site(href: str) -> None:
    assert read(f'<a rel="nofollow next" href="{href}">next</a>').next_url is None


@pytest.mark.parametrize("page", ["", "plain text", "{}"])
def test_what_is_no_page_says_so(page: str) -> None:
    reading = read_section(page.encode(), URL, None, section=Section(url=URL), source=SOURCE, limit=5)
    assert reading == Unreadable(reason="no HTML in it")


@pytest.mark.parametrize("page", ["<a>" * 200_000, "<div>" * 200_000, "<a href='" * 50_000, "<!--" * 50_000, "<!>"])
def test_hostile_shapes_end_quietly(page: str) -> None:
    reading = read_section(page.encode(), URL, None, section=Section(url=URL), source=SOURCE, limit=5)
    assert isinstance(reading, SectionReading | Unreadable)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200), st.sampled_from([b"", b"<a href=", b"<base href='http://['>", b"\xff\xfe<"]))
def test_no_bytes_make_it_raise(body: bytes, start: bytes) -> None:
    reading = read_section(start + body, URL, None, section=Section(url=URL, links="a, p > a"), source=OPEN, limit=2)
    assert isinstance(reading, Unreadable) or len(reading.entries) <= 2


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://news.example/world/storm-1", UrlKind.ARTICLE),
        ("http://www.news.example/world/storm-1?utm_source=x#top", UrlKind.ARTICLE),
        ("https://news.example/article/0123456789ab?_rt=1", UrlKind.ARTICLE),
        ("https://feeds.example/gazette", UrlKind.FEED),
        ("https://news.example/news-sitemap.xml", UrlKind.SITEMAP),
        ("https://news.example/world/", UrlKind.SECTION),
        ("https://news.example/", None),
        ("https://news.example/video/storm-1", None),
        ("https://news.example/world/live-blog-2", None),
        ("https://m.news.example/world/storm-1", None),
        ("https://feeds.example/world/storm-1", None),
        ("https://news.example/world/storm-1?page=9999", None),
        ("ftp://news.example/world/storm-1", None),
        ("not a url", None),
    ],
)
def test_a_url_is_what_the_source_says_it_is(url: str, kind: UrlKind | None) -> None:
    assert classify(url, SOURCE) is kind


@pytest.mark.parametrize(
    "path",
    ["/author/jane-m-writer/", "/en/tag/bridge-over-river/page/2", "/category/News", "/about-us", "/privacy.html"],
)
def test_what_lists_or_introduces_is_an_article_only_where_a_pattern_says_so(path: str) -> None:
    url = f"https://news.example{path}"
    assert classify(url, OPEN) is None
    assert classify(url, replace(OPEN, article_patterns=("^/",))) is UrlKind.ARTICLE


@pytest.mark.parametrize("path", ["/category/storm-48213", "/tag/world/storm", "/about-us-and-the-storm", "/author"])
def test_an_address_that_only_begins_like_a_list_stays_an_article(path: str) -> None:
    assert classify(f"https://news.example{path}", OPEN) is UrlKind.ARTICLE


@pytest.mark.parametrize("path", ["/photo.JPG", "/report.pdf", "/feed.xml", "/", "/a/b/a/b/a", "/(S(a1))/story"])
def test_what_is_no_page_is_never_an_article(path: str) -> None:
    assert classify(f"https://news.example{path}", OPEN) is None


@given(st.text(max_size=100))
def test_no_text_makes_classifying_raise(url: str) -> None:
    assert classify(url, SOURCE) is None
    assert classify("https://news.example/" + url, OPEN) in (None, *UrlKind)


@pytest.mark.parametrize(
    ("at", "hrefs", "following"),
    [
        ("/world", ["/world?page=3", "/world?page=2"], "/world?page=2"),
        ("/world", ["/world", "/world?page=2", "/world?page=1"], "/world?page=1"),
        ("/world?page=2", ["/world", "/world?page=1", "/world?page=3"], "/world?page=3"),
        ("/world/page/2/", ["/world/page/1/", "/world/page/3/", "/world/page/9/"], "/world/page/3/"),
        ("/world?sort=new", ["/world?page=2", "/world?page=2&sort=new"], "/world?page=2&sort=new"),
        ("/world?page=9", ["/world?page=1", "/world?page=8", "/sport?page=10"], None),
        ("/world", ["https://other.example/world?page=2", "/world?id=2", "/world-2"], None),
        ("/world", ["/world/storm-1", "/world/2", "/world/3"], "/world/2"),
        ("/world/2", ["/world", "/world/1", "/world/3/", "/world/9"], "/world/3/"),
        ("/world", ["/sport/2", "/world/europe/2", "/world/20250701"], None),
        ("/world", ["/world?start=0", "/world?start=40", "/world?start=20"], "/world?start=20"),
        ("/world?start=20", ["/world", "/world?start=0", "/world?start=40", "/world?start=60"], "/world?start=40"),
        ("/world?offset=40", ["/world?offset=20", "/world?offset=0"], None),
        ("/world", ["/world/page2"], "/world/page2"),
    ],
)
def test_the_next_page_is_known_by_its_number_where_nothing_says_next(
    at: str, hrefs: list[str], following: str | None
) -> None:
    url = f"https://news.example{at}"
    page = "<html><body>" + "".join(f'<a href="{href}">Load more</a>' for href in hrefs)
    reading = read_section(page.encode(), url, None, section=Section(url=URL), source=SOURCE, limit=10)
    assert isinstance(reading, SectionReading)
    assert reading.next_url == (f"https://news.example{following}" if following else None)


def next_of(page: str, at: str = "/world") -> str | None:
    url = f"https://news.example{at}"
    reading = read_section(page.encode(), url, None, section=Section(url=URL), source=SOURCE, limit=10)
    assert isinstance(reading, SectionReading)
    return reading.next_url.removeprefix("https://news.example") if reading.next_url else None


@pytest.mark.parametrize(
    ("link", "following"),
    [
        ('<a class="pagination__next btn" href="/world-2.html">&gt;</a>', "/world-2.html"),
        ('<li class="next"><a href="/world/index_2.html">&gt;</a></li>', "/world/index_2.html"),
        ('<a class="nextPostsLink" href="/world/p2">&gt;</a>', "/world/p2"),
        ('<a aria-label="Next page" href="?n=2">&gt;</a>', "/world?n=2"),
        ('<a class="load-more" href="/world?after=abc">More</a>', "/world?after=abc"),
        ('<a class="next-story" href="/world/storm-1">Next story</a>', None),
        ('<a class="next" href="/sport-2.html">Sport</a>', None),
        ('<a class="next" href="https://other.example/world-2.html">&gt;</a>', None),
        ('<a class="next" href="#">&gt;</a>', None),
        ('<a class="next" href="/world?item=273375">&gt;</a>', None),
        ('<a class="nextdoor" href="/world-2.html">Next door</a>', None),
    ],
)
def test_a_link_named_next_leads_on_if_its_address_can_be_one_of_the_list(link: str, following: str | None) -> None:
    assert next_of(f"<html><body>{link}</body></html>") == following


def test_a_link_named_next_does_not_lead_back() -> None:
    links = "".join(f'<a class="next" href="/world-{number}.html">&gt;</a>' for number in (2, 4))
    assert next_of(f"<html><body>{links}</body></html>", "/world-3.html") == "/world-4.html"
    assert next_of(f"<html><body>{links}</body></html>", "/world-5.html") is None


@pytest.mark.parametrize(
    ("button", "is_followed"),
    [
        ('<button class="load-more" data-url="/ajax/list?section=world&amp;page=2">More</button>', True),
        ('<div id="loadMore" hx-get="/ajax/list?section=world&amp;page=2">More</div>', True),
        ('<button class="load-more" data-next-page="2">More</button>', False),
        ('<button class="load-more" data-url="https://other.example/ajax/list?page=2">More</button>', False),
        ('<button class="share" data-url="/ajax/list?section=world&amp;page=2">Share</button>', False),
    ],
)
def test_so_does_what_a_button_loads(button: str, *, is_followed: bool) -> None:
    expected = "/ajax/list?section=world&page=2" if is_followed else None
    assert next_of(f"<html><body>{button}</body></html>") == expected


def loaded(answer: str, at: str = "/ajax/list?section=world&page=2") -> SectionReading | Unreadable:
    url = f"https://news.example{at}"
    return read_section(answer.encode(), url, "application/json", section=Section(url=URL), source=SOURCE, limit=10)


def test_what_a_script_is_answered_is_read_for_its_stories() -> None:
    listed = [{"headline": "Storm <b>hits</b>", "url": "/world/storm-1", "author": {"url": "/author/ann"}}]
    item, counted_on = '<li><a href="/world/storm-1">Storm hits</a></li>', "/ajax/list?section=world&page=3"
    answers = {
        json.dumps({"data": {"items": listed}}): counted_on,
        json.dumps({"items": listed, "next_page_url": "/ajax/more?cursor=x"}): "/ajax/more?cursor=x",
        json.dumps({"items": listed, "hasMore": False}): None,
        json.dumps({"html": item, "has_next": False}): None,
        item: counted_on,
    }
    for answer, following in answers.items():
        reading = loaded(answer)
        assert isinstance(reading, SectionReading)
        (entry,) = reading.entries
        assert (entry.url, entry.title) == ("https://news.example/world/storm-1", "Storm hits")
        assert reading.next_url == (f"https://news.example{following}" if following else None)


@pytest.mark.parametrize("answer", ["[]", '{"items": []}', '{"items": [{"url": "/author/ann"}], "next": null}'])
def test_one_without_stories_is_the_last(answer: str) -> None:
    assert loaded(answer) == SectionReading()


@pytest.mark.parametrize(
    "answer",
    [
        "{",
        "[" * 100_000,
        '{"a":' * 50_000,
        "[" + "{}," * 300_000 + "{}]",
        r'{"url": "/\ud800", "html": "<a href=\"/\udfff\">\ud800</a>", "next": "/\ud800"}',
    ],
)
def test_no_answer_to_a_script_makes_it_raise(answer: str) -> None:
    assert isinstance(loaded(answer), SectionReading | Unreadable)
