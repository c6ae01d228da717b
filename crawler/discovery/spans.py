"""Which sitemaps and which of their entries can belong to a span of time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from crawler.discovery.guesses import dated_name
from news.fetch import Discovered
from news.gaps import Span

SLACK = timedelta(days=1)  # days without a time, and zones that are not stated


def may_hold(span: Span, sitemap: Discovered) -> bool:
    """Whether a sitemap can name articles of the span, by the date in its name and by its lastmod.

    One that was last changed before the span holds nothing of it; one that names its day, month or year, nothing of
    another.
    """
    if sitemap.modified_at is not None and sitemap.modified_at < span.since_at - SLACK:
        return False
    named = named_span(sitemap.url)
    return named is None or _meet(named, span)


def falls_within(span: Span, found: Discovered, *, listed_in: str) -> bool:
    """Whether an entry belongs to the span, by its date, its address's date, its lastmod, or its list's name."""
    if found.published_at is not None:
        return _holds(span, found.published_at)
    named = named_span(found.url) or (None if found.modified_at else named_span(listed_in))
    if named is not None:
        return _meet(named, span)
    return found.modified_at is not None and _holds(span, found.modified_at)


def named_span(url: str) -> Span | None:
    """The day, month or year that an address names.

    >>> named_span("https://a.org/sitemap-2024-12.xml").until_at.isoformat()
    '2025-01-01T00:00:00+00:00'
    """
    parts = dated_name(url)
    if parts is None:
        return None
    year, month, day = parts
    try:
        start = datetime(year, month or 1, day or 1, tzinfo=UTC)
    except ValueError:
        return None
    if day:
        return Span(start, start + timedelta(days=1))
    return Span(start, datetime(year + (month in (0, 12)), month % 12 + 1 if month else 1, 1, tzinfo=UTC))


def _holds(span: Span, at: datetime) -> bool:
    return span.since_at - SLACK <= at <= span.until_at + SLACK


def _meet(named: Span, span: Span) -> bool:
    """Whether two spans overlap; for a day, allowing for the publisher's clock to differ from ours."""
    slack = SLACK if named.until_at - named.since_at <= timedelta(days=1) else timedelta()
    return named.since_at < span.until_at + slack and span.since_at - slack < named.until_at
