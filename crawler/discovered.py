"""From what a discovery document names to rows for the frontier: in scope, recent enough, newest first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from crawler.discovery.readings import FeedReading, SectionReading, SitemapReading
from crawler.discovery.scope import classify
from news.fetch import Discovered, UrlKind
from news.source import Source
from news.urls import normalize_url
from store.records import FrontierRow, NewUrl

Reading = FeedReading | SitemapReading | SectionReading
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def new_urls(
    reading: Reading, row: FrontierRow, *, source: Source, max_sitemap_depth: int, now: datetime
) -> list[NewUrl]:
    """The URLs of a reading that the source wants; articles newest first, since a crawl takes them in this order."""
    urls: list[NewUrl] = []
    if isinstance(reading, SitemapReading):
        if row.depth + 1 < max_sitemap_depth:
            recent = (found for found in reading.sitemaps if _is_recent(found, source, now))
            urls += [_new(found, UrlKind.SITEMAP, source, depth=row.depth + 1) for found in recent]
        entries: Iterable[Discovered] = (found for found in reading.urls if _is_recent(found, source, now))
    else:
        entries = reading.entries
    if isinstance(reading, SectionReading) and reading.next_url:
        pages = max((section.max_pages for section in source.sections), default=1)
        if row.depth + 1 < pages:
            urls.append(_new(Discovered(url=reading.next_url), UrlKind.SECTION, source, depth=row.depth + 1))
    articles = [found for found in entries if classify(found.url, source) is UrlKind.ARTICLE]
    articles.sort(key=lambda found: found.published_at or found.modified_at or LONG_AGO, reverse=True)
    return urls + [_new(found, UrlKind.ARTICLE, source) for found in articles]


def _is_recent(found: Discovered, source: Source, now: datetime) -> bool:
    stamps = [stamp for stamp in (found.published_at, found.modified_at) if stamp is not None]
    return not stamps or max(stamps) >= now - timedelta(days=source.backfill_days)


def _new(found: Discovered, kind: UrlKind, source: Source, *, depth: int = 0) -> NewUrl:
    url = normalize_url(found.url, strip_parameters=source.strip_parameters) or found.url
    return NewUrl(url=url, kind=kind, depth=depth, found=found)
