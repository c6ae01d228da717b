"""What runs in the reading processes: from bytes to an article or to the URLs a document names."""

from __future__ import annotations

from crawler.discovery.feeds import read_feed
from crawler.discovery.readings import FeedReading, SectionReading, SitemapReading, Unreadable
from crawler.discovery.sections import read_section
from crawler.discovery.sitemaps import read_sitemap
from crawler.extraction.service import EXTRACTOR_VERSION, extract

__all__ = [
    "EXTRACTOR_VERSION",
    "FeedReading",
    "SectionReading",
    "SitemapReading",
    "Unreadable",
    "extract",
    "read_feed",
    "read_section",
    "read_sitemap",
]
