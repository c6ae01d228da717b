"""The site's name in links home: old blogs state it nowhere else, and in their only h1."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from crawler.extraction.breadcrumbs import is_home
from crawler.extraction.page.document import Document
from crawler.extraction.page.tree import text_of
from crawler.extraction.text import word_key

MAX_NAME_CHARACTERS = 80
MAX_LINKS = 6  # looked at

_STORY_NUMBER = re.compile(r"\d{5,}/?$")


def home_keys(document: Document) -> frozenset[str]:
    """The texts of links home that fill a heading or have rel=home, with their words run together."""
    texts = (text_of(link, limit=MAX_NAME_CHARACTERS + 1) for link in islice(_home_links(document), MAX_LINKS))
    return frozenset(key for text in texts if len(text) <= MAX_NAME_CHARACTERS and (key := "".join(word_key(text))))


def is_home_heading(heading: HtmlElement, document: Document) -> bool:
    """Whether a heading is only a link home, or to a folder that contains the page, and so not a headline.

    One to the page itself, "#", is a headline's.
    """
    link = next(heading.iter("a"), None)
    if link is None:
        return False
    address = link.get("href") or ""
    leads_home = not address.startswith("#") and (is_home(address, document) or _leads_up(link, document))
    return leads_home and text_of(link) == text_of(heading)


def _home_links(document: Document) -> Iterator[HtmlElement]:
    for heading in islice(document.elements.tagged("h1"), MAX_LINKS):
        if is_home_heading(heading, document):
            yield heading
    for marked in document.elements.marked:
        if marked.relation == "home" and marked.element.tag == "a":
            yield marked.element


def _leads_up(link: HtmlElement, document: Document) -> bool:
    target, page = urlsplit(document.link(link.get("href")) or ""), urlsplit(document.url)
    if _STORY_NUMBER.search(target.path):
        return False  # "/news/1234567" of "/news/1234567/the-headline"
    folder = target.path.rstrip("/") + "/"
    is_above = page.path.startswith(folder) and page.path.rstrip("/") + "/" != folder
    return target.hostname == page.hostname and not target.query and is_above
