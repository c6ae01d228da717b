"""Sitemaps: page lists, indexes, news sitemaps, plain text, any of them gzipped."""

from __future__ import annotations

from datetime import datetime

from crawler.discovery import feeds
from crawler.discovery.dates import parse_date
from crawler.discovery.gzipped import unpacked_file
from crawler.discovery.markup import Record, read_records
from crawler.discovery.readings import FeedReading, SitemapReading, Unreadable
from crawler.discovery.text import decode, one_line
from news.fetch import Discovered, UrlKind
from news.urls import join_url, url_key

_ROOTS = {"urlset": "urlset", "sitemapindex": "sitemapindex"}
_RECORDS = frozenset({"url", "sitemap"})
_NEWS = ("news:news/news:", "news/")  # libxml2 drops a prefix the document forgot to declare


def read_sitemap(
    body: bytes, url: str, content_type: str | None, *, limit: int, max_bytes: int, now: datetime | None = None
) -> SitemapReading | Unreadable:
    """The pages and further sitemaps a sitemap names, at most `limit` in all; never raises.

    A gzipped body is unpacked here; `max_bytes` bounds what comes out. A feed in a sitemap's place is read as one,
    as the protocol allows. A sitemap that names itself is not followed.
    """
    unpacked = unpacked_file(body, max_bytes)
    if isinstance(unpacked, Unreadable):
        return unpacked
    data, cut = unpacked
    text = decode(data, content_type).lstrip()
    if not text:
        return Unreadable(reason="empty")
    if not text.startswith("<"):
        return _plain_reading(text, limit, broken=cut)
    reading = _xml_reading(text, url, limit, now, broken=cut)
    if isinstance(reading, Unreadable) and any(f"<{root}>" in reading.reason for root in feeds.ROOTS):
        return _of_feed(feeds.read_feed(data, url, content_type, limit=limit, max_bytes=max_bytes, now=now), broken=cut)
    return reading


def _xml_reading(text: str, url: str, limit: int, now: datetime | None, *, broken: bool) -> SitemapReading | Unreadable:
    pages: list[Discovered] = []
    sitemaps: list[Discovered] = []
    beyond = 0
    own_key = url_key(url)

    def take(record: Record) -> None:
        nonlocal beyond
        if len(pages) + len(sitemaps) >= limit:
            beyond += 1
        elif found := _found(record, now):
            if found.kind is UrlKind.ARTICLE:
                pages.append(found)
            elif url_key(found.url) != own_key:
                sitemaps.append(found)

    read = read_records(text, base=url, heads=_ROOTS, records=_RECORDS, take=take)
    if isinstance(read, Unreadable):
        return read
    return SitemapReading(urls=tuple(pages), sitemaps=tuple(sitemaps), truncated_count=beyond, broken=broken or read[1])


def _found(record: Record, now: datetime | None) -> Discovered | None:
    location = record.text("loc")
    link = join_url(record.base, location.replace("&amp;", "&")) if location else None
    if link is None:
        return None
    return Discovered(
        url=link,
        kind=UrlKind.SITEMAP if record.name == "sitemap" else UrlKind.ARTICLE,
        title=one_line(record.text(*(f"{news}title" for news in _NEWS))),
        published_at=parse_date(record.text(*(f"{news}publication_date" for news in _NEWS)), now),
        modified_at=parse_date(record.text("lastmod"), now),
    )


def _plain_reading(text: str, limit: int, *, broken: bool) -> SitemapReading | Unreadable:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    links = [line for line in lines if line.lower().startswith(("http://", "https://")) and join_url(line, line)]
    if 2 * len(links) <= len(lines):
        return Unreadable(reason="neither XML nor a list of addresses")
    return SitemapReading(
        urls=tuple(Discovered(url=link) for link in links[:limit]),
        truncated_count=max(0, len(links) - limit),
        broken=broken,
    )


def _of_feed(feed: FeedReading | Unreadable, *, broken: bool) -> SitemapReading | Unreadable:
    if isinstance(feed, Unreadable):
        return feed
    return SitemapReading(urls=feed.entries, truncated_count=feed.truncated_count, broken=broken or feed.broken)
