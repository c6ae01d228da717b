"""The results of reading a discovery document."""

from __future__ import annotations

from dataclasses import dataclass

from news.fetch import Discovered, Outcome


@dataclass(frozen=True, kw_only=True, slots=True)
class Unreadable:
    """A document that could not be read, and why."""

    reason: str  # one line for people
    outcome: Outcome = Outcome.PARSE_FAILED  # TOO_LARGE when a bound stopped the reading


@dataclass(frozen=True, kw_only=True, slots=True)
class FeedReading:
    """What a feed says."""

    title: str | None = None
    entries: tuple[Discovered, ...] = ()  # in document order
    truncated_count: int = 0  # entries beyond the limit, not read
    self_url: str | None = None  # the address the feed gives itself
    next_url: str | None = None  # the page or archive with its older entries
    hub_urls: tuple[str, ...] = ()  # WebSub hubs
    broken: bool = False  # the document is damaged; what could be read is here


@dataclass(frozen=True, kw_only=True, slots=True)
class SitemapReading:
    """What a sitemap or a sitemap index says."""

    urls: tuple[Discovered, ...] = ()  # pages, in document order
    sitemaps: tuple[Discovered, ...] = ()  # further sitemaps to read
    truncated_count: int = 0  # entries beyond the limit, not read
    broken: bool = False  # the document is damaged; what could be read is here


@dataclass(frozen=True, kw_only=True, slots=True)
class SectionReading:
    """What a section page links to."""

    entries: tuple[Discovered, ...] = ()  # in page order, each address once
    next_url: str | None = None  # the next page of the list
    max_pages: int = 1  # of the section that are read, this one included
    truncated_count: int = 0  # links beyond the limit, not read
