"""The "Sitemap:" lines of robots.txt."""

from __future__ import annotations

import re

from news.urls import join_url

MAX_SITEMAPS = 500
_LINE = re.compile(r"^[ \t]*site-?maps?[ \t]*:[ \t]*([^\s#]+)", re.IGNORECASE | re.MULTILINE)


def robots_sitemaps(text: str) -> list[str]:
    """The sitemaps a robots.txt names, each once, in order; only absolute web addresses count.

    >>> robots_sitemaps("User-agent: *\\nSitemap: https://a.org/news.xml # hourly\\nSitemap: /x.xml")
    ['https://a.org/news.xml']
    """
    found = (match[1] for match in _LINE.finditer(text.replace("\r", "\n")))  # a lone CR ends a line (RFC 9309, 2.2)
    return list(dict.fromkeys(url for url in found if join_url("", url)))[:MAX_SITEMAPS]
