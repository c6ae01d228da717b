"""A feed of 5 entries whose publisher brings 20 between two polls: all of them are found."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from cli.demo.server import Handler
from crawler.answered.further_pages import MISSED_PAGES
from store.clock import utc_now
from store.schema import url
from tests.support.commands import Commands
from tests.support.documents import Item, rss
from tests.support.publisher import Publisher
from tests.support.sites import front, stories

HELD = 5  # entries of the feed
BETWEEN = 20  # stories published between two polls


def by_sitemaps(site: Publisher, items: list[Item]) -> dict[str, Any]:
    """An index whose sitemap has its own time to be asked again."""
    site.sitemap_index("/sitemap.xml", [f"{site.url}/sitemap-1.xml"])
    site.sitemap("/sitemap-1.xml", items)
    return {"sitemaps": [f"{site.url}/sitemap.xml"]}


def by_section_pages(site: Publisher, items: list[Item]) -> dict[str, Any]:
    """A section of which the source reads the first page only."""
    for page in range(6):
        head = f'<link rel="next" href="/world?page={page + 1}">'
        front(site, items[page * HELD : (page + 1) * HELD], head=head, path=f"/world?page={page}" if page else "/world")
    return {"sections": [{"url": f"{site.url}/world"}]}


def by_feed_pages(site: Publisher, items: list[Item]) -> dict[str, Any]:
    """A feed that names the page with its older entries."""
    for page in range(6):
        older = f'<channel><atom:link rel="next" href="/feed.xml?page={page + 1}"/>'
        body = rss(items[page * HELD : (page + 1) * HELD]).replace("<channel>", older)
        site.page(f"/feed.xml?page={page}" if page else "/feed.xml", body, content_type="application/xml")
    return {}


@pytest.mark.parametrize("lists", [by_sitemaps, by_section_pages, by_feed_pages])
def test_all_that_a_feed_lost_is_found(publisher: Publisher, commands: Commands, lists: Any) -> None:
    items = stories(publisher, HELD + BETWEEN)
    old, new = items[BETWEEN:], items
    publisher.feed("/feed.xml", old)
    more = lists(publisher, old)
    feeds = [f"{publisher.url}/feed.xml"]
    commands.follow("paper", name="Paper", home_url=publisher.url, feeds=feeds, sitemaps_from_robots=False, **more)
    assert commands.crawl()["new_article"] == HELD

    publisher.feed("/feed.xml", new[:HELD])
    lists(publisher, new)
    assert crawl_of_a_slot(commands)["new_article"] == BETWEEN

    (fill,) = commands.json("sources", "show", "paper")["fills"]
    assert (fill["kind"], fill["source"], fill["feed"], fill["waiting"]) == ("gap", "paper", feeds[0], 0)
    assert fill["filled_at"] is not None
    assert fill["found"] >= BETWEEN - 2 * HELD  # the first page of the section may have been read before the feed
    (gap,) = commands.json("status")["gaps"]
    assert (gap["source"], gap["feed"], gap["found"]) == ("paper", feeds[0], fill["found"])
    assert gap["filled_at"] == fill["filled_at"]
    publisher.forget_requests()
    assert "new_article" not in crawl_of_a_slot(commands)
    assert not publisher.requests_for("/sitemap-1.xml")
    assert not [request for request in publisher.requests if "page=" in request.target]


def crawl_of_a_slot(commands: Commands) -> dict[str, int]:
    """What a line of the source's schedule leads to: only what the source names is asked, and what that leads to."""
    with commands.opened() as opened:
        with opened.store._database.write() as connection:  # a slot passes over what was read a moment before it
            connection.execute(sa.update(url).values(last_fetched_at=utc_now() - timedelta(hours=1)))
        opened.store.slots.fire("paper", utc_now(), missed_count=0, now=utc_now())
    counts: dict[str, int] = commands.json("crawl", "paper", "--due")["crawls"][0]["counts"]
    return counts


def test_pages_far_back_are_read_while_they_bring_something(publisher: Publisher, commands: Commands) -> None:
    between = 12 * HELD  # far more than the first pages hold
    items = stories(publisher, between + HELD)

    def pages(shown: list[Item]) -> None:
        for page in range(20):
            link = f'<script></script><a href="/world?page={page + 1}">More</a>'
            listed = shown[page * HELD : (page + 1) * HELD]
            front(publisher, listed, head=link, path=f"/world?page={page}" if page else "/world")

    publisher.feed("/feed.xml", items[between:])
    pages(items[between:])
    paper: dict[str, Any] = {"feeds": [f"{publisher.url}/feed.xml"], "sections": [{"url": f"{publisher.url}/world"}]}
    commands.follow("paper", name="Paper", home_url=publisher.url, sitemaps_from_robots=False, **paper)
    assert commands.crawl()["new_article"] == HELD

    publisher.feed("/feed.xml", items[:HELD])
    pages(items)
    publisher.forget_requests()
    assert crawl_of_a_slot(commands)["new_article"] == between
    asked = {request.target for request in publisher.requests if "page=" in request.target}
    assert asked == {f"/world?page={number}" for number in range(1, 13)}  # the last of them brought nothing


def test_a_section_that_moved_on_by_more_than_a_page_is_read_until_known_stories_come(
    publisher: Publisher, commands: Commands
) -> None:
    items = stories(publisher, 60)
    known_beside = "".join(f'<a href="{item.link}">{item.title}</a>' for item in items[50:52])

    def pages(shown: list[Item]) -> None:
        for page in range(12):
            listed = shown[page * HELD : (page + 1) * HELD]
            link = f'<script></script>{known_beside}<a class="next" href="/world/{page + 2}">Older</a>'
            front(publisher, listed, head=link, path=f"/world/{page + 1}" if page else "/world")

    def section_pages() -> list[str]:
        return [
            request.path
            for request in publisher.requests
            if request.path.startswith("/world/") and "-" not in request.path
        ]

    pages(items[40:])
    sections = [{"url": f"{publisher.url}/world"}]
    commands.follow("paper", name="Paper", home_url=publisher.url, sections=sections, sitemaps_from_robots=False)
    assert commands.crawl()["new_article"] == HELD + 2
    assert not section_pages()  # how far back a first look goes is for the source to say

    for first in (28, 16):  # twice, since the further pages are known the second time
        pages(items[first:])
        publisher.forget_requests()
        assert crawl_of_a_slot(commands)["new_article"] == 12
        assert section_pages() == ["/world/2", "/world/3"]

    pages(items[14:])
    publisher.forget_requests()
    assert crawl_of_a_slot(commands)["new_article"] == 2
    assert not section_pages()


def test_a_list_without_end_or_known_stories_is_read_up_to_a_bound(publisher: Publisher, commands: Commands) -> None:
    made = 0

    def endless(handler: Handler) -> None:
        nonlocal made
        made += 1
        links = "".join(f'<a href="/story-of-no-one-{made}-{number}00000">Story</a>' for number in range(4))
        body = f'<html><body>{links}<a rel="next" href="/world?page={made}">Next</a></body></html>'
        handler.reply(200, body.encode(), {"Content-Type": "text/html"})

    section = publisher.route("/world", endless)
    commands.follow("paper", name="Paper", home_url=publisher.url, sections=[{"url": section}])
    commands.crawl()
    publisher.forget_requests()
    crawl_of_a_slot(commands)
    assert len(publisher.requests_for("/world")) == MISSED_PAGES


def test_what_a_button_loads_counts_as_further_pages(publisher: Publisher, commands: Commands) -> None:
    items = stories(publisher, 5 * HELD)
    button = '<button class="load-more" data-url="/ajax/stories?list=world&amp;page=2">More</button>'
    front(publisher, items[:HELD], head=f"<script></script>{button}", path="/world")
    for page in range(2, 6):
        listed = items[(page - 1) * HELD : page * HELD]
        answer = {"stories": [{"headline": item.title, "url": item.link} for item in listed]}
        publisher.page(f"/ajax/stories?list=world&page={page}", json.dumps(answer), content_type="application/json")
    section = {"url": f"{publisher.url}/world", "links": "main", "max_pages": 3}
    commands.follow("paper", name="Paper", home_url=publisher.url, sections=[section], sitemaps_from_robots=False)

    assert commands.crawl()["new_article"] == 3 * HELD
