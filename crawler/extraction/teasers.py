"""Teasers of other stories: boxes of one kind, each with a linked headline."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import islice
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from crawler.extraction.page.document import Document
from crawler.extraction.page.tree import text_of

MIN_TEASERS = 5
MAX_LINKS = 600
MIN_HEADLINE_CHARACTERS = 15
MIN_SUMMARY_CHARACTERS = 40  # of a teaser besides its headline
MAX_LEVELS = 4  # from a headline to the box of its teaser
MAX_BOX_CHARACTERS = 3_000
MAX_SECTION_HYPHENS = 2  # "world-news-today"; a story's address has more; a choice

_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "strong", "b"})
_STORY_NUMBER = re.compile(r"\d{4,}|[\da-f]{8,}")
_Kind = tuple[HtmlElement | None, str, str]  # the element around a box, its tag and classes


def is_section_address(url: str) -> bool:
    """Whether an address is as short as a section's, without a story's words or number."""
    last = urlsplit(url).path.rstrip("/").rpartition("/")[2]
    return last.count("-") + last.count("_") <= MAX_SECTION_HYPHENS and not _STORY_NUMBER.search(last)


def teased(document: Document) -> list[str]:
    """The texts of the page's largest row of teasers; empty if no row has enough of them."""
    rows: dict[_Kind, dict[HtmlElement, str]] = defaultdict(dict)
    addresses: dict[_Kind, set[str]] = defaultdict(set)
    for link in islice(document.elements.tagged("a"), MAX_LINKS):
        headline = text_of(link, limit=300)
        if len(headline) < MIN_HEADLINE_CHARACTERS or not _is_headline(link):
            continue
        box, text = _box_of(link, headline)
        if box is not None:
            kind = (box.getparent(), str(box.tag), box.get("class") or "")
            rows[kind].setdefault(box, text)
            addresses[kind].add(link.get("href") or "")
    enough = [
        list(boxes.values()) for kind, boxes in rows.items() if min(len(boxes), len(addresses[kind])) >= MIN_TEASERS
    ]
    return max(enough, key=lambda texts: sum(map(len, texts)), default=[])


def _is_headline(link: HtmlElement) -> bool:
    """Whether a link is a line of its own: around a heading, all that its parent holds, or before a line break."""
    if any(each.tag in _HEADINGS for each in link.iterdescendants()):
        return True
    around = link.getparent()
    if around is None or (around.text or "").strip() or link.getprevious() is not None:
        return False
    behind = link.getnext()
    if behind is not None and behind.tag == "br":
        return not (link.tail or "").strip()
    return behind is None and not (link.tail or "").strip()


def _box_of(link: HtmlElement, headline: str) -> tuple[HtmlElement | None, str]:
    """The smallest box around a headline that also holds a summary, and its text."""
    for box in islice(link.iterancestors(), MAX_LEVELS):
        if box.tag in ("body", "main"):
            break
        text = text_of(box, limit=MAX_BOX_CHARACTERS)
        if len(text) - len(headline) >= MIN_SUMMARY_CHARACTERS:
            return box, text
    return None, ""
