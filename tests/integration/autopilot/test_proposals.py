"""Looking at unknown sites over real sockets: good, poor and hostile ones."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from config.settings import CrawlSettings
from crawler.proposals.probing import MAX_REQUESTS
from news.fetch import UrlKind
from news.source import Section
from store.service import Store
from tests.support.documents import Item
from tests.support.publisher import Publisher
from tests.support.sites import NOW, Looker, front, stories, story_path

SETTINGS = CrawlSettings(allow_private_networks=True, delay_seconds=0, timeout_seconds=10)
FEED_LINK = '<link rel="alternate" type="application/rss+xml" href="/feed.xml" title="News">'


@pytest.fixture
def look(tmp_path: Path) -> Iterator[Looker]:
    """Looks at sites, with an empty record."""
    with closing(Store.open(tmp_path / "looks", max_archive_file_bytes=1 << 20)) as store:
        yield Looker(store, SETTINGS)


def good_site(site: Publisher, **front_page: str) -> None:
    items = stories(site, 12)
    site.robots(f"User-agent: *\nDisallow: /private\nSitemap: {site.url}/news-sitemap.xml\n")
    site.feed("/feed.xml", items[:10])
    site.sitemap("/news-sitemap.xml", items)
    front(site, items, head=FEED_LINK, **front_page)


@pytest.mark.parametrize("start", ["/", "/world", story_path(3), "/feed.xml"])
def test_any_address_of_a_good_site_leads_to_the_same_source(look: Looker, publisher: Publisher, start: str) -> None:
    good_site(publisher)
    front(publisher, stories(publisher, 5), path="/world")
    found = look(publisher.url + start)
    assert found.feeds == [f"{publisher.url}/feed.xml"]
    assert (found.sitemaps, found.sitemaps_from_robots, found.sections) == ([], True, [])
    assert (found.name, found.home_url) == ("The Canal Post", f"{publisher.url}/")
    assert (found.language, found.time_zone, found.hosts) == ("en", "Europe/London", ())
    assert found.article_pattern == "^/world/"
    assert len(found.samples) == 5
    assert all(sample.is_whole for sample in found.samples)
    assert found.confidence == 1.0
    assert len(publisher.requests) <= 12


def test_the_pace_of_robots_txt_is_kept_and_what_it_forbids_is_not_asked(look: Looker, publisher: Publisher) -> None:
    good_site(publisher)
    publisher.robots(f"User-agent: *\nDisallow: /feed.xml\nCrawl-delay: 7\nSitemap: {publisher.url}/news-sitemap.xml\n")
    waits: list[float] = []
    found = look(f"{publisher.url}/", sleep=waits.append, monotonic=lambda: sum(waits))
    assert found.feeds == []
    assert not publisher.requests_for("/feed.xml")
    assert waits == [7.0] * (len(publisher.requests) - 1)  # none before robots.txt
    (feed, *_) = found.ways
    assert feed.reason == "is forbidden by robots.txt"


def test_a_site_without_feed_and_sitemap_is_followed_by_its_pages(look: Looker, publisher: Publisher) -> None:
    items = stories(publisher, 10)
    front(publisher, items[:6])
    front(publisher, items, path="/world", head='<link rel="next" href="/world?page=2">')
    found = look(publisher.url)
    assert [way.kind for way in found.ways if way.chosen] == [UrlKind.SECTION, UrlKind.SECTION]
    assert found.sections == [Section(url=f"{publisher.url}/"), Section(url=f"{publisher.url}/world", max_pages=2)]
    assert 0.7 < found.confidence < 1
    assert not publisher.requests_for("/login")


def test_a_feed_that_names_pages_of_another_host_is_left(
    look: Looker, publisher: Publisher, other_publisher: Publisher
) -> None:
    items = stories(publisher, 6)
    publisher.feed("/feed.xml", stories(other_publisher, 6))
    front(publisher, items, head=FEED_LINK)
    found = look(publisher.url)
    assert found.feeds == []
    assert "pages of other sites only, such as 127.0.0.2" in found.ways[0].reason
    assert found.sections == [Section(url=f"{publisher.url}/")]
    assert not other_publisher.requests


def test_a_feed_on_another_host_that_names_the_sites_pages_is_taken(
    look: Looker, publisher: Publisher, other_publisher: Publisher
) -> None:
    feed = other_publisher.feed("/gazette", stories(publisher, 6))
    front(publisher, [], head=f'<link rel="alternate" type="application/rss+xml" href="{feed}">')
    assert look(publisher.url).feeds == [feed]
    assert look(feed).home_url == f"{publisher.url}/"


def test_a_sitemap_of_50000_addresses_without_dates_is_left_where_a_feed_serves(
    look: Looker, publisher: Publisher
) -> None:
    items = stories(publisher, 6)
    publisher.feed("/feed.xml", items)
    publisher.robots(f"Sitemap: {publisher.url}/all.xml\n")
    publisher.sitemap("/all.xml", [Item(link=publisher.url + story_path(number)) for number in range(50_000)])
    front(publisher, items, head=FEED_LINK)
    found = look(publisher.url)
    assert not found.sitemaps_from_robots
    (sitemap,) = [way for way in found.ways if way.kind is UrlKind.SITEMAP]
    assert sitemap.reason == "holds 50000 addresses without a date, which would all be asked for"


def test_of_a_sitemap_index_the_newest_are_read(look: Looker, publisher: Publisher) -> None:
    items = stories(publisher, 6)
    old = [Item(link=item.link, modified_at=NOW - timedelta(days=900)) for item in items]
    for month in ("2024-01", "2024-02", "2024-03"):
        publisher.sitemap(f"/sitemap-{month}.xml", old)
    publisher.sitemap("/sitemap-2026-11.xml", items)
    months = ("2024-01", "2026-11", "2024-02", "2024-03")
    publisher.sitemap_index("/sitemap.xml", [f"{publisher.url}/sitemap-{month}.xml" for month in months])
    front(publisher, [])
    found = look(publisher.url)
    assert found.sitemaps == [f"{publisher.url}/sitemap.xml"]
    assert publisher.requests_for("/sitemap-2026-11.xml")
    assert not publisher.requests_for("/sitemap-2024-01.xml")


def test_indexes_inside_an_index_are_followed_as_deep_as_a_crawl_does(look: Looker, publisher: Publisher) -> None:
    items = stories(publisher, 6)
    deepest = [f"{publisher.url}/maps/stories-1.xml", f"{publisher.url}/maps/stories-2.xml"]
    publisher.sitemap("/maps/stories-1.xml", items)
    publisher.sitemap("/maps/stories-2.xml", items)
    publisher.sitemap_index("/maps/a/b/index.xml", deepest)
    publisher.sitemap_index("/maps/a/index.xml", [f"{publisher.url}/maps/a/b/index.xml"])
    publisher.robots(f"Sitemap: {publisher.url}/maps/index.xml\n")
    publisher.sitemap_index("/maps/index.xml", [f"{publisher.url}/maps/a/index.xml"])
    front(publisher, [])
    (sitemap,) = look(publisher.url).chosen(UrlKind.SITEMAP)
    assert {entry.url for entry in sitemap.entries} == {item.link for item in items}
    assert sum(len(publisher.requests_for(urlsplit(url).path)) for url in deepest) == 1


def test_a_pattern_leaves_no_story_of_a_sitemap_out(look: Looker, publisher: Publisher) -> None:
    good_site(publisher)
    others = [Item(link=f"{publisher.url}/sport/the-lock-keepers-win-again-{20_000 + n}") for n in range(3)]
    publisher.sitemap("/news-sitemap.xml", [*stories(publisher, 12), *others])
    assert look(publisher.url).article_pattern is None


def test_a_site_that_states_no_name_has_its_feeds(look: Looker, publisher: Publisher) -> None:
    items = stories(publisher, 6)
    publisher.feed("/feed.xml", items)
    publisher.page("/", f"<html><head>{FEED_LINK}<title>Latest</title></head><body></body></html>")
    assert look(publisher.url).name == "Test publisher"


def test_redirects_lead_to_the_host_that_answers(
    look: Looker, publisher: Publisher, other_publisher: Publisher
) -> None:
    good_site(other_publisher)
    publisher.redirect("/", f"{other_publisher.url}/", status=301)
    found = look(publisher.url)
    assert found.home_url == f"{other_publisher.url}/"
    assert found.feeds == [f"{other_publisher.url}/feed.xml"]


def test_what_cannot_be_followed_says_why_in_one_line(look: Looker, publisher: Publisher) -> None:
    assert "does not answer" in look.refusal("http://127.0.0.1:1/")
    assert "answered with status 404" in look.refusal(f"{publisher.url}/nothing")
    publisher.page("/", "<html><body><div id='app'></div><script src='/app.js'></script></body></html>")
    assert "its pages are empty until scripts run" in look.refusal(publisher.url)
    publisher.page("/", "<html><body><p>A page about the weather, with no links at all.</p></body></html>")
    assert "no feed, sitemap or page that leads to articles was found" in look.refusal(publisher.url)
    publisher.redirect_loop("/a", "/b")
    assert "redirected back to itself" in look.refusal(f"{publisher.url}/a")
    publisher.robots("User-agent: *\nDisallow: /\n")
    assert "is forbidden by robots.txt" in look.refusal(publisher.url)


@pytest.mark.parametrize(("shells", "renders"), [(5, True), (2, False)])
def test_a_site_whose_stories_come_by_scripts_is_proposed_with_a_browser(
    look: Looker, publisher: Publisher, shells: int, renders: bool
) -> None:
    items = stories(publisher, 5)
    publisher.feed("/feed.xml", items)
    front(publisher, items, head=FEED_LINK)
    for number in range(shells):
        publisher.page(
            story_path(number), "<html><body><div id='app'></div><script src='/app.js'></script></body></html>"
        )
    found = look(publisher.url)
    assert (found.renders, len(found.samples)) == (renders, 5)
    assert [sample.problem for sample in found.samples].count("holds no story until scripts run") == shells
    assert found.checks[0].evidence.startswith(f"{5 - shells} of 5 samples")


def test_lists_that_lead_to_no_article_are_no_source(look: Looker, publisher: Publisher) -> None:
    items = stories(publisher, 9)
    publisher.feed("/feed.xml", items)
    front(publisher, [], head=FEED_LINK)
    for number in range(9):
        publisher.page(story_path(number), "<html><body><p>Please enable cookies.</p></body></html>")
    assert "none of 8 pages holds an article" in look.refusal(publisher.url)


def gone(site: Publisher, count: int) -> list[Item]:
    """Stories that a list still names, newer than all others, and that are not there."""
    return [
        Item(link=f"{site.url}/world/withdrawn-story-{20_000 + number}", title="Withdrawn", published_at=NOW)
        for number in range(count)
    ]


def test_a_list_of_pages_that_are_gone_is_not_chosen_beside_a_better_one(look: Looker, publisher: Publisher) -> None:
    good_site(publisher)
    publisher.sitemap("/news-sitemap.xml", gone(publisher, 9))
    found = look(publisher.url)
    assert (len(found.feeds), found.sitemaps, found.sitemaps_from_robots) == (1, [], False)
    (sitemap,) = [way for way in found.ways if way.kind is UrlKind.SITEMAP]
    assert (sitemap.chosen, sitemap.reason) == (False, "its 4 pages that were asked for are gone")
    assert len(found.samples) == 5
    assert all(sample.is_whole for sample in found.samples)
    assert len(publisher.requests_for(story_path(0))) == 1


def test_where_nothing_else_was_looked_at_the_front_page_is(look: Looker, publisher: Publisher) -> None:
    front(publisher, stories(publisher, 6))
    publisher.sitemap("/sitemap.xml", gone(publisher, 9))
    found = look(publisher.url)
    assert (found.feeds, found.sitemaps, found.sections) == ([], [], [Section(url=f"{publisher.url}/")])
    assert all(sample.is_whole for sample in found.samples)
    assert found.confidence < 0.9


def test_a_site_all_of_whose_pages_are_gone_is_refused_for_that(look: Looker, publisher: Publisher) -> None:
    front(publisher, [])
    publisher.sitemap("/sitemap.xml", gone(publisher, 9))
    assert "/sitemap.xml its 8 pages that were asked for are gone" in look.refusal(publisher.url)


def test_a_list_with_one_page_that_is_there_stays_and_counts_less(look: Looker, publisher: Publisher) -> None:
    good_site(publisher)
    publisher.feed("/feed.xml", [*gone(publisher, 2), *stories(publisher, 10)])
    publisher.sitemap("/news-sitemap.xml", stories(publisher, 12))
    found = look(publisher.url)
    assert len(found.feeds) == 1
    assert found.sitemaps_from_robots
    assert found.checks[0].evidence.startswith("5 of 7 samples")


def test_a_site_that_asks_for_patience_is_left_alone(look: Looker, publisher: Publisher) -> None:
    good_site(publisher)
    publisher.retry_later("/feed.xml", "60")
    assert "no page could be asked for" in look.refusal(publisher.url)
    assert publisher.requests[-1].path == "/feed.xml"


def test_hostile_documents_cost_no_more_than_the_budget(look: Looker, publisher: Publisher) -> None:
    links = "".join(
        f'<link rel="alternate" type="application/rss+xml" href="/bomb{number}.xml">' for number in range(400)
    )
    front(publisher, stories(publisher, 6), head=links)
    publisher.robots("".join(f"Sitemap: {publisher.url}/map{number}.xml\n" for number in range(400)))
    for number in range(4):
        publisher.gzip_bomb(f"/bomb{number}.xml", 20 * 1024 * 1024)
    for number in range(12):
        publisher.sitemap_index(f"/map{number}.xml", [f"{publisher.url}/map{other}.xml" for other in range(12)])
    waits: list[float] = []  # a host that sends such things is asked ever more slowly
    found = look(publisher.url, sleep=waits.append, monotonic=lambda: sum(waits))
    assert found.sections == [Section(url=f"{publisher.url}/")]
    assert not found.sitemaps_from_robots
    assert len(publisher.requests) <= MAX_REQUESTS
