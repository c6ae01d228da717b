"""The "Sitemap:" lines of robots.txt."""

from __future__ import annotations

import re

from news.urls import join_url

MAX_SITEMAPS = 500
_LINE = re.compile(r"^[ \t]*site-?maps?[ \t]*:[ \t]*([^\s#]+)", re.IGNORECASE | re.MULTILINE)


def robots_sitemaps(text: str, origin: str) -> list[str]:
    """The sitemaps that the robots.txt of "scheme://host[:port]" names, each once, in order.

    They should be named in full, but some sites name only a path.

    >>> robots_sitemaps("User-agent: *\\nSitemap: https://a.org/news.xml # hourly\\nSitemap: /x.xml", "https://b.org")
    ['https://a.org/news.xml', 'https://b.org/x.xml']
    """
    found = (match[1] for match in _LINE.finditer(text.replace("\r", "\n")))  # a lone CR ends a line (RFC 9309, 2.2)
    return list(dict.fromkeys(url for named in found if (url := join_url(f"{origin}/", named))))[:MAX_SITEMAPS]
