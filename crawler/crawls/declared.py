"""The documents a source's file names; apart from Scrapy, so that the daemon can check whether any is due."""

from __future__ import annotations

from news.fetch import UrlKind
from news.source import Source
from news.urls import normalize_url
from store.records import NewUrl


def declared(source: Source) -> list[NewUrl]:
    """The documents a source's file names."""
    named = [
        *((url, UrlKind.FEED) for url in source.feeds),
        *((url, UrlKind.SITEMAP) for url in source.sitemaps),
        *((section.url, UrlKind.SECTION) for section in source.sections),
    ]
    return [NewUrl(url=url, kind=kind) for link, kind in named if (url := normalize_url(link))]
