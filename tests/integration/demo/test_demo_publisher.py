"""The demo publisher answers like a small news site, over real sockets."""

from __future__ import annotations

import http.client
import re
from collections.abc import Iterator
from contextlib import closing
from types import SimpleNamespace
from urllib.parse import urljoin, urlsplit

import feedparser
import pytest
from lxml import etree, html

from cli.commands import demo
from cli.demo.articles import ARTICLES, TRT_WORLD
from cli.demo.publisher import DemoPublisher, demo_source
from news.source import Source


class Browser:
    """One kept-alive connection."""

    def __init__(self, url: str) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)

    def get(self, path: str, method: str = "GET", **headers: str) -> tuple[int, http.client.HTTPMessage, bytes]:
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        self._connection.request(method, path, headers=names)
        response = self._connection.getresponse()
        return response.status, response.headers, response.read()

    def close(self) -> None:
        self._connection.close()


@pytest.fixture
def publisher() -> Iterator[DemoPublisher]:
    with DemoPublisher() as started:
        yield started


@pytest.fixture
def browser(publisher: DemoPublisher) -> Iterator[Browser]:
    started = Browser(publisher.url)
    yield started
    started.close()


def test_every_article_is_found_by_what_its_source_names(publisher: DemoPublisher, browser: Browser) -> None:
    source = demo_source(publisher.url)
    feed = feedparser.parse(browser.get("/feed.xml")[2])
    found = {urljoin(source.feeds[0], entry.link) for entry in feed.entries}
    sitemap_url = re.search(r"^Sitemap: (.+)$", browser.get("/robots.txt")[2].decode(), re.MULTILINE)
    assert sitemap_url
    sitemap = etree.fromstring(browser.get(urlsplit(sitemap_url[1]).path)[2])
    found |= {loc.text for loc in sitemap.iter("{*}loc")}
    page: str | None = urlsplit(source.sections[0].url).path
    while page:
        document = html.fromstring(browser.get(page)[2])
        found |= {
            urljoin(source.home_url, link.get("href")).removesuffix("?_rt=1")
            for link in document.cssselect("main h2 a")
        }
        more = document.cssselect("link[rel=next]")
        page = more[0].get("href") if more else None
    articles = {publisher.url + article.path for article in ARTICLES}
    assert articles <= found
    beyond = found - articles
    assert beyond == {f"{publisher.url}/private/archive-10099"}


def test_the_feed_is_wellformed_and_has_relative_links_among_its_own(browser: Browser) -> None:
    feed = feedparser.parse(browser.get("/feed.xml")[2])
    links = [entry.link for entry in feed.entries]
    assert not feed.bozo
    assert any(link.startswith("/") for link in links)
    assert any(link.startswith("http://127.0.0.1:") for link in links)
    assert not any(TRT_WORLD.path in link for link in links)


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.path.rsplit("/", 1)[-1])
def test_an_article_page_carries_its_title_and_the_address_it_is_served_at(
    article: object, publisher: DemoPublisher, browser: Browser
) -> None:
    assert isinstance(article, type(TRT_WORLD))
    status, headers, body = browser.get(article.path)
    document: html.HtmlElement = html.fromstring(body.decode())
    assert status == 200
    assert headers["ETag"]
    assert article.title in document.cssselect("h1")[0].text_content()
    assert document.get("lang", "en") == article.language
    addresses = document.cssselect("link[rel=canonical]") + document.cssselect("meta[property='og:url']")
    for address in addresses:
        assert (address.get("href") or address.get("content")) == publisher.url + article.path
    assert "{{" not in body.decode()


def test_validators_are_answered_with_304(browser: Browser) -> None:
    path = ARTICLES[0].path
    _, headers, _ = browser.get(path)
    assert browser.get(path, If_None_Match=headers["ETag"])[0::2] == (304, b"")
    assert browser.get(path, If_Modified_Since=headers["Last-Modified"])[0] == 304
    assert browser.get(path, If_None_Match='"other"', If_Modified_Since=headers["Last-Modified"])[0] == 200
    assert browser.get(path, If_Modified_Since="yesterday")[0] == 200


def test_a_correction_changes_one_page_its_etag_and_its_dates(publisher: DemoPublisher, browser: Browser) -> None:
    before = {path: browser.get(path)[1]["ETag"] for path in (article.path for article in ARTICLES)}
    corrected = urlsplit(publisher.site.correct()).path
    after = {path: browser.get(path)[1]["ETag"] for path in before}
    assert [path for path in before if before[path] != after[path]] == [corrected]
    assert b"Correction:" in browser.get(corrected)[2]
    assert browser.get(corrected, If_None_Match=before[corrected])[0] == 200
    assert "2026-11-21T16:00:00" in browser.get("/news-sitemap.xml")[2].decode()


def test_a_missing_page_is_a_404_and_head_has_no_body(browser: Browser) -> None:
    assert browser.get("/article/000000000000")[0] == 404
    status, headers, body = browser.get(ARTICLES[0].path, method="HEAD")
    assert (status, body) == (200, b"")
    assert int(headers["Content-Length"]) > 1000


def test_the_trt_world_page_has_the_traps_it_is_there_for(browser: Browser) -> None:
    text = browser.get(TRT_WORLD.path)[2].decode()
    document: html.HtmlElement = html.fromstring(text)
    explore = [card.text_content() for card in document.cssselect(".explore h3")]
    content = [part.text_content() for part in document.cssselect(".article-content > *")]
    assert len(explore) == 16
    assert not set(explore) & {article.title for article in ARTICLES}
    assert content[content.index("Kabul takeover") + 1] == "Recommended"
    assert content[-1] == "SOURCE:TRTWorld and agencies"
    assert sum(part.startswith("READ MORE:") for part in content) == 2
    assert document.cssselect("figure img")[0].get("alt") == TRT_WORLD.title
    assert document.cssselect("figcaption")[0].text_content().endswith(" / AFP")
    assert "2022-01-11T09:05:00+03:00" in text
    assert 'self.__next_f.push([1,"5:[' in text
    assert f"{TRT_WORLD.path}?_rt=1" in browser.get("/world?page=2")[2].decode()


def test_the_publisher_answers_while_the_page_with_links_to_it_is_served(monkeypatch: pytest.MonkeyPatch) -> None:
    home_url, answers = "", []

    def crawl(opened: object, publisher: DemoPublisher) -> tuple[SimpleNamespace, Source]:
        nonlocal home_url
        home_url = publisher.url
        return SimpleNamespace(search=lambda params: params), demo_source(publisher.url)

    def serve(*_: object, **options: object) -> None:
        with closing(Browser(home_url)) as reader:
            answers.append(reader.get("/")[0])

    monkeypatch.setattr(demo, "_crawl", crawl)
    monkeypatch.setattr(demo, "print_hits", lambda found, zone: None)
    monkeypatch.setattr(demo, "serve", serve)
    demo.run_demo(once=False, port=0)
    assert answers == [200]


def test_closing_ends_connections_that_are_kept_alive() -> None:
    with DemoPublisher() as publisher:
        kept = Browser(publisher.url)
        assert kept.get("/")[0] == 200
    with pytest.raises((ConnectionError, http.client.HTTPException)):
        kept.get("/")
    kept.close()
