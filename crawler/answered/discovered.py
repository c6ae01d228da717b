"""Turning what a discovery document names into frontier rows: in scope, recent enough, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from crawler.answered.further_pages import next_page
from crawler.answered.new_urls import new_url
from crawler.discovery.guesses import with_stories
from crawler.discovery.link_header import links_related
from crawler.discovery.readings import FeedReading, SectionReading, SitemapReading
from crawler.discovery.scope import classify
from crawler.discovery.spans import falls_within, may_hold, named_span
from news.fetch import Discovered, UrlKind
from news.fills import Fill
from news.gaps import FeedEntry
from news.source import Source
from news.urls import host_of, in_scope, normalize_url, url_key
from news.websub import Hub
from store.priorities import Priority
from store.records import FrontierRow, NewUrl

Reading = FeedReading | SitemapReading | SectionReading
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
FRESH = timedelta(days=2)  # articles younger than this go before those that wait longer; a choice
LEAST_UNMATCHED = 10  # entries of a feed, so that it is no chance that none matches; a choice


def new_urls(
    reading: Reading,
    row: FrontierRow,
    *,
    source: Source,
    max_sitemap_depth: int,
    now: datetime,
    fills: Sequence[Fill] = (),
) -> list[NewUrl]:
    """The URLs of a reading that the source wants, articles newest first, since a crawl takes them in this order.

    What is too old for the source but belongs to a span being filled comes after everything else.
    """
    articles: list[NewUrl] = []
    for found in reading.urls if isinstance(reading, SitemapReading) else reading.entries:
        if classify(found.url, source) is not UrlKind.ARTICLE:
            continue
        if (isinstance(reading, FeedReading) and row.depth == 0) or _is_recent(found, source, now):
            priority = Priority.FRESH if _is_fresh(found, reading, now) else Priority.NEW
            articles.append(replace(new_url(found, UrlKind.ARTICLE, source), priority=int(priority)))
        elif any(falls_within(fill.span, found, listed_in=row.url) for fill in fills):
            articles.append(replace(new_url(found, UrlKind.ARTICLE, source), priority=int(Priority.BACKFILL)))
    articles.sort(key=_date, reverse=True)
    if isinstance(reading, SitemapReading):
        return _sitemaps(reading, row, source, max_depth=max_sitemap_depth, now=now, fills=fills) + articles
    page = next_page(reading, row, source, fills=fills, has_articles=bool(articles))
    return [page, *articles] if page is not None else articles


def foreign_host(reading: Reading, source: Source) -> str | None:
    """A foreign host, if everything that a document names leads away from the source; None otherwise."""
    named = reading.urls if isinstance(reading, SitemapReading) else reading.entries
    if not named or any(in_scope(found.url, source.hosts) for found in named):
        return None
    return host_of(named[0].url)


def unmatched(reading: Reading, source: Source) -> str | None:
    """An address from a feed of which the source's patterns take nothing, as after a redesign; None otherwise.

    Entries that are refused for another reason do not count: a feed may hold nothing but videos for a while.
    """
    if not isinstance(reading, FeedReading) or not source.article_patterns:
        return None
    without_patterns = replace(source, article_patterns=())
    taken = [entry.url for entry in reading.entries if classify(entry.url, without_patterns) is UrlKind.ARTICLE]
    if len(taken) < LEAST_UNMATCHED or any(classify(url, source) is UrlKind.ARTICLE for url in taken):
        return None
    return taken[0]


def _sitemaps(
    reading: SitemapReading, row: FrontierRow, source: Source, *, max_depth: int, now: datetime, fills: Sequence[Fill]
) -> list[NewUrl]:
    depth = row.depth + 1
    sitemaps = with_stories(reading.sitemaps) if depth <= max_depth else []
    found = (_sitemap(each, source, depth=depth, now=now, fills=fills) for each in sitemaps)
    return [each for each in found if each is not None]


def _sitemap(found: Discovered, source: Source, *, depth: int, now: datetime, fills: Sequence[Fill]) -> NewUrl | None:
    """A sitemap of an index, if it is recent or may hold something of a span being filled."""
    new = new_url(found, UrlKind.SITEMAP, source, depth=depth)
    held = any(may_hold(fill.span, found) for fill in fills)
    if _is_recent(found, source, now) and not _is_named_old(found, source, now):
        return replace(new, for_fill=held)
    return replace(new, for_fill=True, priority=int(Priority.BACKFILL)) if held else None


def _date(new: NewUrl) -> datetime:
    found = new.found
    return (found and (found.published_at or found.modified_at)) or LONG_AGO


def _is_recent(found: Discovered, source: Source, now: datetime) -> bool:
    stamps = [stamp for stamp in (found.published_at, found.modified_at) if stamp is not None]
    return not stamps or max(stamps) >= now - timedelta(days=source.backfill_days)


def _is_fresh(found: Discovered, reading: Reading, now: datetime) -> bool:
    """Whether an article is from the last days; without a date, entries of feeds and sections count as new."""
    stamp = found.published_at or found.modified_at
    return stamp >= now - FRESH if stamp else not isinstance(reading, SitemapReading)


def _is_named_old(found: Discovered, source: Source, now: datetime) -> bool:
    """Whether the name of a sitemap without lastmod says that everything in it is too old."""
    named = named_span(found.url) if found.modified_at is None else None
    return named is not None and named.until_at < now - timedelta(days=source.backfill_days)


def feed_entries(reading: Reading, source: Source) -> tuple[FeedEntry, ...]:
    """What a feed lists now, for comparison with its next reading."""
    if not isinstance(reading, FeedReading):
        return ()
    normal = ((normalize_url(e.url, strip_parameters=source.strip_parameters), e) for e in reading.entries)
    return tuple(FeedEntry(url_key(url), entry.published_at or entry.modified_at) for url, entry in normal if url)


def hub_of(reading: Reading, url: str, headers: Sequence[tuple[str, str]] = ()) -> Hub | None:
    """The WebSub hubs that a feed announces; None without one.

    Link headers take precedence over the feed's content (WebSub, section 4).
    """
    if not isinstance(reading, FeedReading):
        return None
    hubs = links_related(headers, "hub", base=url) or reading.hub_urls
    names = [*links_related(headers, "self", base=url), reading.self_url or url]
    return Hub(url=hubs[0], topic_url=names[0], other_urls=tuple(dict.fromkeys(hubs[1:]))) if hubs else None
