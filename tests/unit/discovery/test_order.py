"""What a document names, in the order a crawl takes it: fresh before old, what a backfill wants last."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from crawler.answered.discovered import foreign_host, new_urls
from crawler.discovery.readings import FeedReading, SectionReading, SitemapReading
from news.fetch import Discovered, UrlKind
from news.fills import Fill, FillKind
from news.gaps import Span
from news.source import Section, Source
from store.priorities import Priority
from store.records import FrontierRow, NewUrl

NOW = datetime(2026, 11, 26, 8, 0, tzinfo=UTC)
SOURCE = Source(id="paper", name="Paper", home_url="https://paper.example/", hosts=("paper.example",))
_NOTHING = dict.fromkeys(FrontierRow.__slots__)
ROW = FrontierRow(**(_NOTHING | {"url": "https://paper.example/list.xml", "kind": UrlKind.SITEMAP, "depth": 0}))  # type: ignore[arg-type]  # what is asked of it is there


def found(name: str, *, days: float | None = None) -> Discovered:
    at = NOW - timedelta(days=days) if days is not None else None
    return Discovered(url=f"https://paper.example/{name}", published_at=at)


def order(reading: FeedReading | SitemapReading, *fills: Fill) -> list[tuple[str, Priority]]:
    urls: list[NewUrl] = new_urls(reading, ROW, source=SOURCE, max_sitemap_depth=3, now=NOW, fills=fills)
    ordered = sorted(urls, key=lambda new: -new.priority)  # stable, as row ids are
    return [(new.url.rpartition("/")[2], Priority(new.priority)) for new in ordered]


def test_fresh_articles_come_before_old_ones_the_newest_first() -> None:
    entries = (found("old", days=20), found("undated"), found("yesterday", days=1), found("today", days=0.1))
    assert order(SitemapReading(urls=entries)) == [
        ("today", Priority.FRESH),
        ("yesterday", Priority.FRESH),
        ("old", Priority.NEW),
        ("undated", Priority.NEW),
    ]
    assert order(FeedReading(entries=(found("undated"), found("old", days=20)))) == [
        ("undated", Priority.FRESH),
        ("old", Priority.NEW),
    ]


def test_three_indexes_inside_each_other_are_followed_to_the_sitemaps_of_the_innermost() -> None:
    reading = SitemapReading(sitemaps=(Discovered(url="https://paper.example/stories.xml", kind=UrlKind.SITEMAP),))

    def depths(row: FrontierRow) -> list[int]:
        return [new.depth for new in new_urls(reading, row, source=SOURCE, max_sitemap_depth=3, now=NOW)]

    assert depths(replace(ROW, depth=2)) == [3]
    assert depths(replace(ROW, depth=3)) == []


def test_a_list_that_names_pages_of_other_hosts_only_is_known() -> None:
    story, counted = found("story"), Discovered(url="https://feeds.example.net/~r/1")
    assert foreign_host(FeedReading(entries=(counted, counted)), SOURCE) == "feeds.example.net"
    assert foreign_host(SitemapReading(urls=(counted,)), SOURCE) == "feeds.example.net"
    for reading in (FeedReading(entries=(counted, story)), FeedReading()):
        assert foreign_host(reading, SOURCE) is None


def older_pages(row: FrontierRow, *, next_url: str = "https://paper.example/feed?page=2", days: int = 1) -> list[int]:
    reading = FeedReading(entries=(found("story", days=days),), next_url=next_url)
    urls = new_urls(reading, row, source=SOURCE, max_sitemap_depth=3, now=NOW)
    return [new.depth for new in urls if new.kind is UrlKind.FEED]


def test_the_older_pages_of_a_feed_are_read_the_first_time_as_far_back_as_its_source_goes() -> None:
    feed = replace(ROW, url="https://paper.example/feed", kind=UrlKind.FEED, host="paper.example")
    assert older_pages(feed) == [1]
    assert older_pages(replace(feed, payload_digest="sha256:1")) == []  # it was read before
    assert older_pages(replace(feed, depth=18)) == [19]
    assert older_pages(replace(feed, depth=19)) == []
    assert older_pages(replace(feed, depth=1), days=SOURCE.backfill_days + 1) == []
    assert older_pages(feed, next_url="https://elsewhere.example/feed?page=2") == []


def test_what_only_a_backfill_wants_comes_after_revisits() -> None:
    span = Span(NOW - timedelta(days=100), NOW - timedelta(days=90))
    fill = Fill(
        id=1,
        source_id="paper",
        kind=FillKind.BACKFILL,
        span=span,
        created_at=NOW,
        ended_at=None,
        feed_url=None,
        waiting_count=1,
        document_count=0,
        found_count=0,
        detail="",
    )
    entries = (found("wanted", days=95), found("older", days=120), found("today", days=0.1))
    assert order(SitemapReading(urls=entries), fill) == [("today", Priority.FRESH), ("wanted", Priority.BACKFILL)]
    assert Priority.DISCOVERY > Priority.FRESH > Priority.NEW > Priority.REVISIT > Priority.BACKFILL


def test_a_section_has_as_many_pages_as_its_own_entry_says() -> None:
    sections = (Section(url="https://paper.example/world"), Section(url="https://paper.example/sport", max_pages=9))
    source = replace(SOURCE, sections=sections)

    def following(max_pages: int, depth: int, *fills: Fill) -> list[str]:
        reading = SectionReading(next_url="https://paper.example/list?page=2", max_pages=max_pages)
        row = replace(ROW, kind=UrlKind.SECTION, depth=depth)
        return [new.url for new in new_urls(reading, row, source=source, max_sitemap_depth=3, now=NOW, fills=fills)]

    assert following(1, 0) == []
    assert following(9, 7) == ["https://paper.example/list?page=2"]
    assert following(9, 8) == []
