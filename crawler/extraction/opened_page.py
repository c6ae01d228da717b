"""A page opened for reading: its elements, passages and statements, with what is known of its source."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from crawler.extraction.body.link_boxes import cut
from crawler.extraction.page.document import Document, parse_page
from crawler.extraction.page.passages import Passage, Reading
from crawler.extraction.page.site_keys import site_keys
from crawler.extraction.page.structured import Structured, read_structured
from crawler.extraction.page.walk import read_page
from crawler.extraction.rules import select
from news.article import Hints, NotArticle, Page
from news.source import ExtractionRules


@dataclass(frozen=True)
class OpenedPage:
    """What every part of extraction reads of a page."""

    page: Page
    hints: Hints
    rules: ExtractionRules
    document: Document
    structured: Structured
    reading: Reading

    @property
    def passages(self) -> list[Passage]:
        """The page's passages in page order."""
        return self.reading.passages

    @cached_property
    def site(self) -> frozenset[str]:
        """The site's names and host, as site_keys has them."""
        return site_keys(self.document, self.structured, self.hints)


def open_page(page: Page, hints: Hints, rules: ExtractionRules) -> OpenedPage | NotArticle:
    """The page without what its source's rules remove, or the reason why it is not an article."""
    document = parse_page(page)
    if isinstance(document, NotArticle):
        return document
    for selector in rules.remove:
        for element in select(document.tree, selector):
            cut(element)
    return OpenedPage(page, hints, rules, document, read_structured(document), read_page(document.tree))
