"""What a redirect to the home page or to a wall shows is not stored as the story that was asked for."""

from __future__ import annotations

from store.clock import utc_now
from tests.support.commands import Commands
from tests.support.documents import Item
from tests.support.publisher import Publisher
from tests.support.sites import TEXT, stories, story_path


def test_the_page_behind_the_redirect_is_not_kept_and_the_story_asked_for_again(
    publisher: Publisher, commands: Commands
) -> None:
    publisher.article("/", "A home page that reads like a story", TEXT)
    publisher.article("/consent?return=1", "Before you go on to the story", TEXT[::-1])
    away = [publisher.redirect("/world/lock-keepers-1", "/"), publisher.redirect("/world/tides-2", "/consent?return=1")]
    items = [*stories(publisher, 1), *(Item(link=link, title="A story") for link in away)]
    feed = publisher.feed("/feed.xml", items)
    commands.follow("paper", name="Paper", home_url=publisher.url, feeds=[feed], sitemaps_from_robots=False)
    counts = commands.crawl()
    assert (counts["new_article"], counts["not_article"]) == (1, 2)
    with commands.opened() as opened:
        rows = [opened.store.frontier.find(link) for link in away]
    assert [row.last_detail if row else None for row in rows] == [
        "led_away: the home page answered for it",
        "consent_wall: redirected to a page that asks for consent",
    ]
    assert all(row and row.next_due_at and row.next_due_at > utc_now() for row in rows)


def test_an_error_page_in_a_storys_place_is_none_however_often_it_comes(
    publisher: Publisher, commands: Commands
) -> None:
    (item,) = stories(publisher, 1)
    feed = publisher.feed("/feed.xml", [item])
    commands.follow("paper", name="Paper", home_url=publisher.url, feeds=[feed], sitemaps_from_robots=False)
    assert commands.crawl()["new_article"] == 1
    error = "<html><head><title>Page not found</title></head><body><h1>Page not found</h1></body></html>"
    publisher.page(story_path(0), error)  # with status 200 and validators

    for _ in range(2):
        counts = commands.crawl()
        assert (counts["not_article"], counts["not_modified"]) == (1, 1)  # the latter is the feed
