"""The demo publisher's answer at each address; no sockets, so that every page is available as a value."""

from __future__ import annotations

import hashlib
import json
from calendar import month_name
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape, quoteattr

from jinja2 import Environment, PackageLoader, StrictUndefined

from cli.demo.articles import ARTICLES, CORRECTABLE, CORRECTED_AT, SECTIONS, TRT_WORLD, DemoArticle

PAGE_SIZE = 3  # entries of one section page, small so that there is a second page
FEED_SIZE = 20
NAME = "The Sample Gazette"
DISALLOWED = "/private/"
HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """One answer of the site."""

    content: bytes
    content_type: str
    modified_at: datetime
    status: int = 200

    @property
    def etag(self) -> str:
        """The entity tag, which changes if and only if the content does."""
        return f'"{hashlib.sha256(self.content).hexdigest()[:16]}"'


class SampleGazette:
    """The site under `base_url`; `correct` changes it the way a newsroom would."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url.rstrip("/")
        self._articles = {article.path: article for article in ARTICLES}
        self._corrected: frozenset[str] = frozenset()
        self._templates = Environment(
            loader=PackageLoader("cli.demo", "pages"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
        )

    def correct(self) -> str:
        """Publish a correction of one article, with a new modification time; returns its URL."""
        self._corrected = frozenset({CORRECTABLE})
        return f"{self.base_url}{CORRECTABLE}"

    def document(self, target: str) -> Document:
        """The answer to a GET of this path and query."""
        parts = urlsplit(target)
        path = parts.path
        if path in self._articles:
            return self._article(self._articles[path])
        fixed = {"/robots.txt": self._robots, "/feed.xml": self._feed, "/news-sitemap.xml": self._news_sitemap}
        if path in fixed:
            return fixed[path]()
        section = path.removeprefix("/").title()
        if path == "/" or section in SECTIONS:
            page = parse_qs(parts.query).get("page", ["1"])[0]
            return self._list(section, int(page) if page in ("1", "2", "3", "4") else 1)
        if path.startswith("/images/") and path.endswith(".svg"):
            return self._document(_picture(path), "image/svg+xml")
        return Document(
            content=self._templates.get_template("layouts/missing.html").render().encode(),
            content_type=HTML,
            modified_at=self._newest_at(),
            status=404,
        )

    def _article(self, article: DemoArticle) -> Document:
        modified_at = self._modified_at(article)
        template = f"layouts/{article.layout}.html" if article.layout else article.body
        related = [other for other in ARTICLES if other not in (article, TRT_WORLD)][:5]
        text = self._templates.get_template(template).render(
            article=article,
            base=self.base_url,
            modified_at=modified_at,
            corrected=article.path in self._corrected,
            sections=SECTIONS,
            related=related,
            long_date=_long_date(article.published_at),
            json_ld=self._json_ld(article),
            flight_data=_flight_data(article),
        )
        return Document(content=text.encode(), content_type=HTML, modified_at=modified_at)

    def _list(self, section: str, page: int) -> Document:
        articles = [article for article in _newest_first(ARTICLES) if section in ("", article.section)]
        start = (page - 1) * PAGE_SIZE
        items = [
            {"title": article.title, "dek": article.dek, "link": _list_link(article)}
            for article in articles[start : start + PAGE_SIZE]
        ]
        if page == 1:
            items.append({"title": "From the archive", "dek": "For members.", "link": f"{DISALLOWED}archive-10099"})
        more = start + PAGE_SIZE < len(articles)
        text = self._templates.get_template("layouts/list.html").render(
            heading=section or "Latest",
            items=items,
            sections=SECTIONS,
            next_path=f"/{section.lower()}?page={page + 1}" if more else None,
        )
        return self._document(text, HTML)

    def _robots(self) -> Document:
        lines = ["User-agent: *", f"Disallow: {DISALLOWED}", "", f"Sitemap: {self.base_url}/news-sitemap.xml", ""]
        return self._document("\n".join(lines), "text/plain; charset=utf-8")

    def _feed(self) -> Document:
        listed = [article for article in _newest_first(ARTICLES) if article.in_feed][:FEED_SIZE]
        items = "\n".join(self._feed_item(article, is_relative=n % 3 == 0) for n, article in enumerate(listed))
        own = quoteattr(f"{self.base_url}/feed.xml")
        text = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">
<channel>
<title>{NAME}</title>
<link>{escape(self.base_url)}/</link>
<description>Explainers that were written for trying newsdex.</description>
<language>en</language>
<ttl>10</ttl>
<atom:link rel="self" type="application/rss+xml" href={own}/>
{items}
</channel>
</rss>
"""
        return self._document(text, "application/rss+xml; charset=utf-8")

    def _feed_item(self, article: DemoArticle, *, is_relative: bool) -> str:
        """One item; relative links imitate a fault seen in feeds of real publishers."""
        link = article.path if is_relative else f"{self.base_url}{article.path}"
        return (
            f"<item><title>{escape(article.title)}</title><link>{escape(link)}</link>"
            f'<guid isPermaLink="false">{escape(article.path.rsplit("-", 1)[-1])}</guid>'
            f"<category>{escape(article.section)}</category><description>{escape(article.dek)}</description>"
            f"<pubDate>{format_datetime(article.published_at)}</pubDate></item>"
        )

    def _news_sitemap(self) -> Document:
        listed = [article for article in _newest_first(ARTICLES) if article is not TRT_WORLD]
        urls = "\n".join(
            f"<url><loc>{escape(self.base_url + article.path)}</loc>"
            f"<lastmod>{self._modified_at(article).isoformat()}</lastmod>"
            f"<news:news><news:publication><news:name>{NAME}</news:name>"
            f"<news:language>{article.language}</news:language></news:publication>"
            f"<news:publication_date>{article.published_at.isoformat()}</news:publication_date>"
            f"<news:title>{escape(article.title)}</news:title></news:news></url>"
            for article in listed
        )
        text = f"""<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
{urls}
</urlset>
"""
        return self._document(text, "application/xml; charset=utf-8")

    def _json_ld(self, article: DemoArticle) -> dict[str, Any]:
        return {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": article.title,
            "description": article.dek,
            "articleSection": article.section,
            "inLanguage": article.language,
            "datePublished": article.published_at.isoformat(),
            "dateModified": self._modified_at(article).isoformat(),
            "image": [f"{self.base_url}{article.image_path}"],
            "mainEntityOfPage": f"{self.base_url}{article.path}",
            "author": {"@type": "Organization", "name": NAME},
            "publisher": {"@type": "Organization", "name": NAME},
        }

    def _modified_at(self, article: DemoArticle) -> datetime:
        return CORRECTED_AT if article.path in self._corrected else article.published_at

    def _newest_at(self) -> datetime:
        return max(self._modified_at(article) for article in ARTICLES)

    def _document(self, text: str, content_type: str) -> Document:
        return Document(content=text.encode(), content_type=content_type, modified_at=self._newest_at())


def _newest_first(articles: Sequence[DemoArticle]) -> list[DemoArticle]:
    return sorted(articles, key=lambda article: article.published_at, reverse=True)


def _list_link(article: DemoArticle) -> str:
    """A link as lists show it; one carries noise that the real site has shown in its lists."""
    return f"{article.path}?_rt=1" if article is TRT_WORLD else article.path


def _long_date(moment: datetime) -> str:
    return f"{month_name[moment.month]} {moment.day}, {moment.year}"


def _flight_data(article: DemoArticle) -> str:
    """A line of the data that a Next.js page carries beside its HTML."""
    content = {
        "slug": article.path.rsplit("/", 1)[-1],
        "title": article.title,
        "description": article.dek,
        "publishedAt": article.published_at.isoformat(),
        "coverImage": {"media": {"originalUrl": article.image_path}},
    }
    return f"5:{json.dumps(['$', 'main', None, {'content': content}], ensure_ascii=False)}\n"


def _picture(path: str) -> str:
    """A plain picture whose colours derive from its address."""
    colours = [f"#{digest[:6]}" for digest in (hashlib.sha256(f"{path}{n}".encode()).hexdigest() for n in range(2))]
    shapes = (
        f'<rect width="960" height="540" fill="{colours[0]}"/><circle cx="480" cy="270" r="180" fill="{colours[1]}"/>'
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="960" height="540" viewBox="0 0 960 540">{shapes}</svg>'
