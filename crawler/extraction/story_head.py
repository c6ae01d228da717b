"""What stands above a story: its headline, byline, dek and lead image, by the publisher's rules or as read."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.extraction.body.page_facts import headline_index
from crawler.extraction.bylines.bylines import read_authors
from crawler.extraction.bylines.own_names import tidy_names
from crawler.extraction.deks import Dek, read_dek
from crawler.extraction.found import Found
from crawler.extraction.images import LeadImage, read_image
from crawler.extraction.opened_page import OpenedPage
from crawler.extraction.rules import select, texts_by_rule, value_by_rule
from crawler.extraction.text import word_key
from crawler.extraction.titles.titles import read_title


@dataclass(frozen=True)
class Head:
    """The head of a story."""

    stated_title: Found[str] | None
    headline: int  # the index of the passage that shows the title, -1 if none does
    authors: Found[tuple[str, ...]] | None
    dek: Dek | None
    lead: LeadImage

    @property
    def title(self) -> str:
        """The headline; "" if the page has none."""
        return self.stated_title.value if self.stated_title else ""


def read_head(opened: OpenedPage) -> Head:
    """The head of the page's story."""
    stated = value_by_rule(opened.document.tree, opened.rules.title) or read_title(
        opened.document, opened.structured, opened.hints, opened.passages
    )
    title = stated.value if stated else ""
    headline = headline_index(opened.passages, word_key(title))
    authors = _authors(opened, headline)
    dek = _dek(opened, title)
    caption = next(iter(texts_by_rule(opened.document.tree, opened.rules.caption)), None)
    return Head(stated, headline, authors, dek, read_image(opened.document, opened.structured, title, caption))


def _authors(opened: OpenedPage, headline: int) -> Found[tuple[str, ...]] | None:
    ruled = tidy_names(texts_by_rule(opened.document.tree, opened.rules.authors), opened.site)
    if ruled:
        return Found(ruled, "rule")
    return read_authors(opened.document, opened.structured, opened.hints, opened.passages, headline)


def _dek(opened: OpenedPage, title: str) -> Dek | None:
    tree, rule = opened.document.tree, opened.rules.dek
    shown = next(iter(select(tree, rule)), None)
    if shown is not None and (found := value_by_rule(tree, rule)):
        return Dek(found.value, found.origin, shown, stands_apart=True, is_told=True)
    return read_dek(opened.document, opened.structured, title)
