"""The names of the site that a page belongs to, for comparison."""

from __future__ import annotations

from crawler.extraction.page.document import Document
from crawler.extraction.page.structured import Structured
from crawler.extraction.text import word_key
from news.article import Hints


def site_keys(document: Document, structured: Structured, hints: Hints) -> frozenset[str]:
    """The site's names and host, each with its words run together for comparison."""
    names = [hints.site_name or "", *structured.site_names]
    labels = document.host.split(".")
    hosts = [document.host, ".".join(labels[-2:]), *(label for label in labels[:-1] if len(label) > 3)]
    return frozenset(key for name in (*names, *hosts) for key in ["".join(word_key(name))] if key)
