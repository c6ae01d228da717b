"""Feeds as few sites write them are followed like others."""

from __future__ import annotations

import gzip

from tests.support.commands import Commands
from tests.support.documents import rss
from tests.support.publisher import Publisher
from tests.support.sites import stories


def test_a_feed_in_capitals_and_one_served_as_a_gzip_file_bring_their_stories(
    publisher: Publisher, commands: Commands
) -> None:
    items = stories(publisher, 4)
    capitals = rss(items[:2])
    for name in ("rss", "channel", "item", "title", "link", "pubDate"):
        capitals = capitals.replace(f"<{name}", f"<{name.upper()}").replace(f"</{name}", f"</{name.upper()}")
    packed = gzip.compress(rss(items[2:]).encode(), mtime=0)
    feeds = [
        publisher.page("/capitals.xml", capitals, content_type="text/xml"),
        publisher.page("/packed.xml.gz", packed, content_type="application/x-gzip"),
    ]
    commands.follow("paper", name="Paper", home_url=publisher.url, feeds=feeds, sitemaps_from_robots=False)
    assert commands.crawl()["new_article"] == 4
