"""What is proposed for sites of many shapes, and which are refused with what reason."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from config.settings import CrawlSettings
from crawler.discovery.scope import classify
from crawler.proposals.proposal import Proposal
from news.fetch import UrlKind
from news.source import Source
from store.service import Store
from tests.support.documents import Item, rss
from tests.support.shapes import STORY_COUNT, XML, Shape, ShapedSite
from tests.support.sites import Looker

SETTINGS = CrawlSettings(allow_private_networks=True, delay_seconds=0, timeout_seconds=60)
NEWS_PATH = "/news-sitemap.xml"
COMMENTS = '<link rel="alternate" type="application/rss+xml" title="Comments Feed" href="/comments/feed/">'
LOGIN = "<html><body><form action='/login'><input name='user'><input type='password'></form></body></html>"
SCRIPTS = "<html><body><div id='app'></div><script src='/app.js'></script></body></html>"

SHAPES = (
    Shape(name="feed and news sitemap", feed="/feed.xml", sitemap=NEWS_PATH, ways=["feed /feed.xml", "robots"]),
    Shape(
        name="WordPress with dated paths",
        story="/{day}/{slug}/",
        feed="/feed/",
        head=COMMENTS,
        sitemap="/wp-sitemap.xml",
        sitemap_kind="index",
        sections=["/category/world"],
        home_stories=6,
        ways=["feed /feed/", "robots"],
    ),
    Shape(
        name="Atom with links without host",
        feed="/atom",
        feed_kind="atom",
        feed_links="path",
        ways=["feed /atom"],
    ),
    Shape(name="JSON Feed", feed="/news.json", feed_kind="json", ways=["feed /news.json"]),
    Shape(name="full text in the feed", feed="/full.xml", has_full_text=True, ways=["feed /full.xml"]),
    Shape(name="feed at a usual address", feed="/rss.xml", feed_known_by="nothing", ways=["feed /rss.xml"]),
    Shape(
        name="an app at every other address",
        feed="/rss.xml",
        feed_known_by="nothing",
        also=dict.fromkeys(("/feed/", "/news-sitemap.xml", "/sitemap.xml"), (200, SCRIPTS)),
        ways=["feed /rss.xml"],
    ),
    Shape(name="feed of a static generator", feed="/index.xml", feed_known_by="nothing", ways=["feed /index.xml"]),
    Shape(
        name="JSON Feed at a usual address",
        feed="/feed.json",
        feed_kind="json",
        feed_known_by="nothing",
        ways=["feed /feed.json"],
    ),
    Shape(
        name="feed named in the footer",
        feed="/services/rss/all",
        feed_known_by="anchor",
        ways=["feed /services/rss/all"],
    ),
    Shape(
        name="page that lists feeds",
        also={"/rss-feeds": (200, '<html><body><a href="/rss/all.xml">All</a></body></html>')},
        body='<html lang="en"><body><a href="/world">World</a><a href="/rss-feeds">RSS</a></body></html>',
        feed="/rss/all.xml",
        feed_known_by="nothing",
        ways=["feed /rss/all.xml"],
    ),
    Shape(
        name="dead announced feed, another at a usual address",
        head='<link rel="alternate" type="application/rss+xml" href="/old.xml">',
        feed="/rss",
        feed_known_by="nothing",
        ways=["feed /rss"],
    ),
    Shape(name="feed on another subdomain", feed="//feeds.example.org/all", ways=["feed //feeds.example.org/all"]),
    Shape(
        name="stories on another subdomain", story_host="news.example.org", feed="/feed.xml", ways=["feed /feed.xml"]
    ),
    Shape(name="plain sitemap in robots.txt", sitemap="/map.xml", sitemap_kind="plain", ways=["robots"]),
    Shape(name="packed sitemap", sitemap="/map.xml.gz", sitemap_kind="gz", ways=["robots"]),
    Shape(
        name="sitemap index at a usual address",
        sitemap="/sitemap_index.xml",
        sitemap_kind="index",
        sitemap_in_robots=False,
        ways=["sitemap /sitemap_index.xml"],
    ),
    Shape(
        name="undated sitemap with service pages",
        sitemap="/sitemap.xml",
        sitemap_kind="undated",
        sitemap_in_robots=False,
        ways=["sitemap /sitemap.xml"],
    ),
    Shape(
        name="section pages with paging",
        sections=["/world", "/business"],
        pages=3,
        ways=["section /world 2", "section /business 2"],
    ),
    Shape(
        name="home page and one section",
        sections=["/world"],
        home_stories=6,
        story="/news/{id}",
        ways=["section /", "section /world"],
    ),
    Shape(name="numbers in the query", story="/story.php?id={id}", sections=["/world"], ways=["section /world"]),
    Shape(name="WordPress without permalinks", story="/?p={id}", feed="/?feed=rss2", ways=["feed /?feed=rss2"]),
    Shape(name="hexadecimal ids", story="/article/{hex}", home_stories=8, ways=["section /"]),
    Shape(
        name="Turkish",
        language="tr",
        story="/gundem/kanal-bekcileri-{id}",
        feed="/rss/anasayfa",
        feed_known_by="anchor",
        sections=["/gundem"],
        ways=["feed /rss/anasayfa"],
    ),
    Shape(
        name="Russian, slugs in its own script",
        language="ru",
        story="/novosti/{slug}",
        feed="/rss.xml",
        sitemap=NEWS_PATH,
        ways=["feed /rss.xml", "robots"],
    ),
    Shape(
        name="Arabic, slugs in its own script, sections only",
        language="ar",
        story="/أخبار/{slug}",
        sections=["/world"],
        ways=["section /world"],
    ),
    Shape(name="Japanese", language="ja", story="/articles/{hex}.html", feed="/feed/", ways=["feed /feed/"]),
    Shape(name="base href", base="/", sections=["/world"], home_stories=4, ways=["section /", "section /world"]),
    Shape(
        name="base href to a folder",
        base="/en/",
        story="/en/a-story-of-locks-{id}",
        feed="/en/feed.xml",
        ways=["feed /en/feed.xml"],
    ),
    Shape(name="without www", start="//example.org/", feed="/feed.xml", ways=["feed /feed.xml"]),
    Shape(name="home page moved to a folder", home="/en/", feed="/en/feed.xml", ways=["feed /en/feed.xml"]),
    Shape(
        name="home page full of other sites", other_sites=60, feed="/feed.xml", home_stories=2, ways=["feed /feed.xml"]
    ),
    Shape(name="nothing but other sites", other_sites=60, refused="no feed, sitemap or page that leads to articles"),
    Shape(
        name="one edition",
        start="/en/",
        home="/en/",
        story="/en/world/story-{id}",
        feed="/en/feed.xml",
        home_stories=4,
        sitemap=NEWS_PATH,
        ways=["feed /en/feed.xml", "robots"],
        pattern="^/en/",
    ),
    Shape(name="led elsewhere", home="//consent.example.net/ask", refused=r"it leads to http://consent\.example\.net"),
    Shape(name="nothing but scripts", body=SCRIPTS, refused="its pages are empty until scripts run"),
    Shape(name="behind a login", body=LOGIN, refused="no feed, sitemap or page that leads to articles was found"),
    Shape(name="stories behind a login", page=LOGIN, feed="/feed.xml", refused=r"none of \d pages holds an article"),
    Shape(name="closed by robots.txt", robots="User-agent: *\nDisallow: /\n", refused="is forbidden by robots.txt"),
    Shape(name="closed to programs", also={"/": (403, "denied")}, refused="answered with status 403"),
    Shape(name="not there", start="/nothing", refused="answered with status 404"),
    Shape(  # the last: its host is left alone for a while
        name="closed for now",
        also={"/robots.txt": (429, "later")},
        refused="may not be asked while its robots.txt answers with status 429",
    ),
)


@pytest.fixture(scope="module")
def site() -> Iterator[ShapedSite]:
    """One server for all shapes; every host of example.org is it."""
    with ShapedSite() as started:
        yield started


@pytest.fixture(scope="module")
def look(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Looker]:
    """Looks at sites, with one record."""
    with closing(Store.open(tmp_path_factory.mktemp("shapes"), max_archive_file_bytes=1 << 20)) as store:
        yield Looker(store, SETTINGS)


@pytest.fixture(autouse=True)
def _names(monkeypatch: pytest.MonkeyPatch) -> None:
    def getaddrinfo(host: str, port: int, *args: Any, **kwargs: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)


@pytest.mark.parametrize("start", ["/", "//feeds.example.net/all.xml"])
def test_a_feed_whose_entries_lead_through_another_site_is_followed(  # before one that wants to be left alone
    start: str, site: ShapedSite, look: Looker
) -> None:
    feed = "//feeds.example.net/all.xml"
    shape = Shape(name="counted feed", feed=feed)
    site.become(shape)
    counted = [f"//feeds.example.net/~r/{number}" for number in range(STORY_COUNT)]
    for address, story in zip(counted, site.stories(shape), strict=True):
        site.move(address, story)
    site.put(feed, rss([Item(link=site.url(address), title=f"Story {address}") for address in counted]), kind=XML)

    found = look(site.url(start))

    assert site.short(found.home_url) == "/"
    assert ways_of(found, site) == [f"feed {feed}"]
    assert [sample.problem for sample in found.samples] == [""] * 5
    assert set(found.hosts) == {"www.example.org", "example.org", "feeds.example.net"}
    assert "led to the site by feeds.example.net" in next(way.reason for way in found.ways if way.chosen)


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_a_site_of_any_shape_is_understood(shape: Shape, site: ShapedSite, look: Looker) -> None:
    site.become(shape)
    start = site.url(shape.start)
    if shape.refused:
        assert re.search(shape.refused, look.refusal(start))
        return
    found = look(start)
    assert ways_of(found, site) == list(shape.ways), [(way.url, way.reason) for way in found.ways]
    assert [sample.problem for sample in found.samples if not sample.is_whole] == []
    assert len(found.samples) == 5
    assert found.language == shape.language
    assert not [way.url for way in found.ways if way.reason.startswith("cannot be read")]  # what was only guessed
    assert shape.pattern is None or found.article_pattern == shape.pattern
    source = Source(
        id="proposed",
        name=found.name,
        home_url=found.home_url,
        hosts=found.hosts or ("www.example.org", "example.org"),
        article_patterns=(found.article_pattern,) if found.article_pattern else (),
    )
    kinds = {classify(url, source) for url in site.stories(shape)}
    assert kinds == {UrlKind.ARTICLE}, found.article_pattern


def ways_of(found: Proposal, site: ShapedSite) -> list[str]:
    """The chosen ways in short."""
    sections = [
        f"section {site.short(each.url)}" + f" {each.max_pages}" * (each.max_pages > 1) for each in found.sections
    ]
    return [
        *(f"feed {site.short(url)}" for url in found.feeds),
        *(f"sitemap {site.short(url)}" for url in found.sitemaps),
        *(["robots"] if any(way.from_robots and way.chosen for way in found.ways) else []),
        *sections,
    ]
