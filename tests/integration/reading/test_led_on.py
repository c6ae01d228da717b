"""Pages that only send their readers on are followed like redirects, within their bounds; others are not."""

from __future__ import annotations

import pytest

from config.settings import CrawlSettings
from crawler.fetching.exchange import FetchFailed
from crawler.politeness.fetch_once import fetch_once
from news.fetch import Outcome
from store.views import ArticleView, UrlView
from tests.support.commands import Commands
from tests.support.documents import Item, article_html
from tests.support.publisher import Publisher
from tests.support.sites import TEXT, front, stories, story_path

OWN = CrawlSettings(allow_private_networks=True, timeout_seconds=10)


def leading(target: str, *, seconds: int = 0, body: str = "<p>This story has moved.</p>") -> str:
    meta = f'<meta http-equiv="refresh" content="{seconds}; url={target}">'
    return f"<html><head><title>Moved</title>{meta}</head><body>{body}</body></html>"


def follow(commands: Commands, publisher: Publisher, links: list[str], *also: str) -> None:
    items = [Item(link=link, title="The lock keepers of town") for link in links]
    paper = {"feeds": [publisher.feed("/feed.xml", items)], "hosts": [publisher.host, *also]}
    commands.follow("paper", name="Paper", home_url=publisher.url, sitemaps_from_robots=False, **paper)


def rows(commands: Commands, links: list[str]) -> list[UrlView]:
    with commands.opened() as opened:
        found = [opened.store.frontier.find(link) for link in links]
    assert None not in found
    return [row for row in found if row is not None]


def article_at(commands: Commands, link: str) -> ArticleView:
    (row,) = rows(commands, [link])
    with commands.opened() as opened:
        view = opened.store.articles.get(row.article_id or "")
    assert view is not None
    return view


def outcomes(commands: Commands, links: list[str]) -> list[str]:
    return [row.last_outcome.value if row.last_outcome else "" for row in rows(commands, links)]


def test_stories_that_moved_this_way_are_read_at_their_new_address(publisher: Publisher, commands: Commands) -> None:
    moved = [item.link for item in stories(publisher, 3)]
    links = [
        publisher.page("/old/by-meta-1", leading(moved[0])),
        publisher.page("/old/by-meta-after-a-while-2", leading(story_path(1), seconds=3)),
        publisher.page("/old/by-header-3", "<p>Moved.</p>", headers={"Refresh": f"0; url={moved[2]}"}),
    ]
    follow(commands, publisher, links)

    assert commands.crawl()["new_article"] == 3

    for number, link in enumerate(links):
        view = article_at(commands, link)
        assert view.stored.article.title == f"The lock keepers of town number {number}"
        assert {link, moved[number]} <= {view.stored.url, *view.aliases}

    publisher.forget_requests()
    counts = commands.crawl()
    assert counts["unchanged"] == 3
    asked = [request.headers for request in publisher.requests if request.path != "/feed.xml"]
    assert not any("if-none-match" in headers for headers in asked)  # to the old page they mean nothing


def test_a_record_made_anew_from_the_archive_knows_both_addresses(publisher: Publisher, commands: Commands) -> None:
    (item,) = stories(publisher, 1)
    link = publisher.page("/old/by-meta-1", leading(item.link))
    follow(commands, publisher, [link])
    commands.crawl()
    before = article_at(commands, link)
    for database in commands.home.rglob("newsdex.sqlite*"):
        database.unlink()

    assert commands.json("archive", "rebuild")["articles"] == 1

    after = article_at(commands, link)
    assert (after.stored.id, after.stored.url) == (before.stored.id, before.stored.url)
    assert after.aliases == before.aliases


def test_a_story_that_moves_later_stays_one_article(publisher: Publisher, commands: Commands) -> None:
    (item,) = stories(publisher, 1)
    follow(commands, publisher, [item.link])
    assert commands.crawl()["new_article"] == 1
    body = article_html("The lock keepers of town number 0", [f"In town number 0: {line}" for line in TEXT])
    publisher.page("/new/lock-keepers-10000", body)
    publisher.page(story_path(0), leading("/new/lock-keepers-10000"))

    counts = commands.crawl()

    assert not {"new_article", "not_article"} & counts.keys()
    assert f"{publisher.url}/new/lock-keepers-10000" in article_at(commands, item.link).aliases


def test_a_way_without_end_or_off_the_source_is_refused_as_a_redirect_would_be(
    publisher: Publisher, other_publisher: Publisher, commands: Commands
) -> None:
    publisher.robots("User-agent: *\nDisallow: /forbidden/\n")
    forbidden = publisher.article("/forbidden/story-1", "A forbidden story", TEXT)
    elsewhere = other_publisher.article("/world/story-elsewhere-1", "A story elsewhere", TEXT)
    publisher.page("/world/round-and-round-2", leading("/world/round-and-round-1"))
    links = [
        publisher.page("/world/round-and-round-1", leading("/world/round-and-round-2")),
        *[publisher.page(f"/world/hop-and-hop-{hop}", leading(f"/world/hop-and-hop-{hop + 1}")) for hop in range(12)][
            :1
        ],
        publisher.page("/world/to-what-is-forbidden-3", leading(forbidden)),
        publisher.page("/world/to-another-site-4", leading(elsewhere)),
        publisher.page("/world/to-a-program-5", leading("paper-app://story/5")),
        publisher.page("/world/to-the-front-page-6", leading("/")),
    ]
    publisher.article("/", "A home page that reads like a story", TEXT)
    follow(commands, publisher, links)

    commands.crawl()

    assert outcomes(commands, links) == [
        "redirect_loop",
        "redirect_loop",
        "robots_refused",
        "out_of_scope",
        "not_article",
        "not_article",
    ]
    assert rows(commands, links)[-1].last_detail == "led_away: the home page answered for it"
    assert not publisher.requests_for("/forbidden/story-1")
    assert not publisher.requests_for("/world/hop-and-hop-11")  # beyond crawl.max_redirects
    assert not other_publisher.requests


def test_pages_that_come_anew_or_hold_a_story_are_read_as_they_are(publisher: Publisher, commands: Commands) -> None:
    links = [f"{publisher.url}/world/story-that-stays-{number}" for number in range(3)]

    def show(seconds: int) -> None:
        for number, meta in enumerate(
            (
                f'<meta http-equiv="refresh" content="{seconds}">',
                f'<meta http-equiv="refresh" content="{seconds}; url=/world/other">',
                '<noscript><meta http-equiv="refresh" content="0; url=/world/other"></noscript>'
                f'<meta name="made" content="{seconds}"><meta http-equiv="refresh" content="0; url=/world/other">',
            )
        ):
            story = article_html(f"A story that stays {number}", [f"Story {number}: {line}" for line in TEXT])
            publisher.page(f"/world/story-that-stays-{number}", story.replace("<head>", f"<head>{meta}"))

    show(300)
    follow(commands, publisher, links)
    assert commands.crawl()["new_article"] == 3

    show(240)
    counts = commands.crawl()
    assert counts["unchanged"] == 3
    assert not publisher.requests_for("/world/other")


def test_a_section_that_moved_this_way_is_read_too(publisher: Publisher, commands: Commands) -> None:
    front(publisher, stories(publisher, 2), path="/news/world")
    section = publisher.page("/world", leading("/news/world"))
    commands.follow("paper", name="Paper", home_url=publisher.url, sections=[{"url": section}])
    assert commands.crawl()["new_article"] == 2


def test_a_single_fetch_follows_it(publisher: Publisher) -> None:
    target = publisher.article("/new/ferry-1", "The ferry", TEXT)
    assert fetch_once(publisher.page("/old", leading("/new/ferry-1")), settings=OWN).url == target
    held = publisher.page("/held", leading("/new/ferry-1", body="".join(f"<p>{line}</p>" for line in TEXT)))
    assert fetch_once(held, settings=OWN).url == held
    publisher.page("/b", leading("/a"))
    with pytest.raises(FetchFailed) as refused:
        fetch_once(publisher.page("/a", leading("/b")), settings=OWN)
    assert refused.value.outcome is Outcome.REDIRECT_LOOP
