"""Small documents that tests serve: article pages, feeds, sitemaps, and a gzip stream that unpacks to very much."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from html import escape


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """One entry of a feed or sitemap."""

    link: str
    title: str = "A story"
    published_at: datetime | None = None
    modified_at: datetime | None = None
    section: str | None = None
    guid: str | None = None


def article_html(title: str, paragraphs: Sequence[str], *, published: str = "2026-01-05T08:00:00+00:00") -> str:
    """A small article page that generic extraction reads."""
    body = "\n".join(f"<p>{escape(text)}</p>" for text in paragraphs)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta property="og:type" content="article"><meta property="og:title" content="{escape(title)}">'
        f'<meta property="article:published_time" content="{published}"></head>'
        f"<body><nav><a href='/'>Home</a></nav><article><h1>{escape(title)}</h1>\n{body}\n</article>"
        "<footer>Test publisher</footer></body></html>"
    )


def rss(items: Iterable[Item]) -> str:
    """An RSS 2.0 document."""
    rows = []
    for item in items:
        dated = f"<pubDate>{format_datetime(item.published_at)}</pubDate>" if item.published_at else ""
        section = f"<category>{escape(item.section)}</category>" if item.section else ""
        guid = f'<guid isPermaLink="false">{escape(item.guid)}</guid>' if item.guid else ""
        rows.append(
            f"<item><title>{escape(item.title)}</title><link>{escape(item.link)}</link>{guid}{section}{dated}</item>"
        )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Test publisher</title>'
        f"<link>/</link><description>For tests</description>{''.join(rows)}</channel></rss>"
    )


def sitemap_xml(items: Iterable[Item]) -> str:
    """A sitemap with news entries for the items that carry a publication time."""
    rows = []
    for item in items:
        modified = f"<lastmod>{item.modified_at.isoformat()}</lastmod>" if item.modified_at else ""
        news = (
            "<news:news><news:publication><news:name>Test publisher</news:name><news:language>en</news:language>"
            f"</news:publication><news:publication_date>{item.published_at.isoformat()}</news:publication_date>"
            f"<news:title>{escape(item.title)}</news:title></news:news>"
            if item.published_at
            else ""
        )
        rows.append(f"<url><loc>{escape(item.link)}</loc>{modified}{news}</url>")
    return (
        '<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{"".join(rows)}</urlset>'
    )


def sitemap_index_xml(locations: Iterable[str]) -> str:
    """A sitemap index."""
    rows = "".join(f"<sitemap><loc>{escape(location)}</loc></sitemap>" for location in locations)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</sitemapindex>'
    )


def gzipped_zeros(size_bytes: int) -> bytes:
    """A gzip stream that unpacks to so many zero bytes, made without holding them."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = bytes(1024 * 1024)
    parts = [packer.compress(block) for _ in range(size_bytes // len(block))]
    parts += [packer.compress(bytes(size_bytes % len(block))), packer.flush()]
    return b"".join(parts)
