"""What a source shows on every page leaves its stories within the crawl that finds it, index included."""

from __future__ import annotations

from tests.support.commands import Commands
from tests.support.documents import Item
from tests.support.explore_site import PROMPT, ExploreSite
from tests.support.publisher import Publisher


def test_a_first_crawl_stores_and_indexes_texts_without_it(commands: Commands, publisher: Publisher) -> None:
    site = ExploreSite(publisher, layout="inside")
    site.publish(12)
    site.show(0)
    feed = publisher.feed("/feed.xml", [Item(link=story.path, title=story.headline) for story in site.stories])
    commands.follow("paper", name="Explore Post", home_url=f"{publisher.url}/", feeds=[feed], hosts=["127.0.0.1"])
    assert commands.crawl()["new_article"] == 12

    with commands.opened() as opened:
        stored = opened.store.articles.iterate_live(limit=50)
        texts = {article.article.title: [block.text for block in article.article.blocks] for article in stored}
        assert texts == {story.headline: list(story.paragraphs) for story in site.stories}
        assert all(len(opened.store.articles.versions(article.id)) == 1 for article in stored)
        assert opened.store.boilerplates.stale_articles("paper", limit=50) == []
    assert commands.json("search", f'"{PROMPT}"')["total"] == 0
    assert commands.json("search", "harbour")["total"] == sum(
        "harbour" in " ".join(story.paragraphs) for story in site.stories
    )
    story = site.stories[0]
    read = commands.json("extract", f"{publisher.url}{story.path}")
    assert [block["text"] for block in read["blocks"] if block["text"]] == list(story.paragraphs)
    shown = commands.json("sources", "show", "paper")["boilerplate"]
    assert PROMPT in {block["text"] for block in shown}
