"""Which further pages of a section or feed to read, with older entries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from crawler.answered.new_urls import new_url
from crawler.discovery.readings import FeedReading, SectionReading, SitemapReading
from news.fetch import Discovered
from news.fills import Fill
from news.source import Source
from news.urls import host_of
from store.records import FrontierRow, NewUrl

GAP_PAGES = 20  # at most, of a section or feed read for a gap, while they bring something; a choice
FEED_PAGES = 20  # at most, of a feed read for the first time; a choice
MISSED_PAGES = 10  # at most, of a section that moved on by more than a page between two looks; a choice


def next_page(
    reading: FeedReading | SectionReading,
    row: FrontierRow,
    source: Source,
    *,
    fills: Sequence[Fill],
    has_articles: bool,
) -> NewUrl | None:
    """The page to read next whatever this one brought; it is not read again later, since the first page brings news."""
    if isinstance(reading, SectionReading):
        most = max(reading.max_pages, GAP_PAGES) if fills else reading.max_pages
    else:
        most = _feed_pages(reading, row, is_gap=bool(fills)) if has_articles else 1
    return _page(reading, row, source, for_fill=bool(fills)) if row.depth + 1 < most else None


def missed_page(
    reading: FeedReading | SitemapReading | SectionReading, row: FrontierRow, source: Source
) -> NewUrl | None:
    """The page to read, again if need be, in case this one brings mostly what is unknown.

    Then more was published since the last look than a page holds. At the first look everything is unknown: how far
    back to go then is for the source to say.
    """
    if not isinstance(reading, SectionReading):
        return None  # a feed's gaps show in its entries, see news.gaps
    is_later_look = row.last_fetched_at is not None or row.depth >= reading.max_pages
    return _page(reading, row, source) if is_later_look and row.depth + 1 < MISSED_PAGES else None


def _page(
    reading: FeedReading | SectionReading, row: FrontierRow, source: Source, *, for_fill: bool = False
) -> NewUrl | None:
    if not reading.next_url:
        return None
    page = new_url(Discovered(url=reading.next_url), row.kind, source, depth=row.depth + 1)
    return replace(page, for_fill=for_fill)


def _feed_pages(reading: FeedReading, row: FrontierRow, *, is_gap: bool) -> int:
    """How many pages of a feed to read: more than one the first time and for a gap, if the next is on the same host."""
    is_wanted = row.payload_digest is None or row.depth > 0
    if not is_wanted or host_of(reading.next_url or "") != row.host:
        return 1
    return GAP_PAGES if is_gap else FEED_PAGES
