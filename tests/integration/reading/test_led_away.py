"""What a redirect to the home page or to a wall shows is not stored as the story that was asked for."""

from __future__ import annotations

from store.service import utc_now
from tests.support.commands import Commands
from tests.support.documents import Item
from tests.support.publisher import Publisher
from tests.support.sites import TEXT, stories


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
