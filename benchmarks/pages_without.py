"""Pages without what an extractor may lean on, to see how much of its score that is.

An extractor that knows publishers by the names in their markup loses what is right on a page as soon as a redesign, or
a build tool that makes the names up, takes them away.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace

from lxml.html import HtmlElement, tostring

from crawler.extraction.page.document import Document, parse_page
from news.article import Page

LANDMARKS = frozenset({"article", "aside", "figure", "footer", "header", "main", "nav", "section"})


def without(page: Page, what: Collection[str]) -> Page:
    """The page as UTF-8 without these: names in CHOICES. One that cannot be parsed stays as it is."""
    document = parse_page(page)
    if not isinstance(document, Document):
        return page
    for name in what:
        CHOICES[name](document.tree)
    head = document.tree.find("head")
    if head is not None:  # the page is UTF-8 now, whatever it was
        head.insert(0, head.makeelement("meta", charset="utf-8"))
    return replace(page, body=tostring(document.tree, encoding="utf-8", doctype="<!DOCTYPE html>"))


def _names(tree: HtmlElement) -> None:
    """No class and no id."""
    for element in tree.iter():
        for attribute in ("class", "id"):
            element.attrib.pop(attribute, None)


def _landmarks(tree: HtmlElement) -> None:
    """Boxes alone, where HTML has elements that say what a box is."""
    for element in tree.iter(*LANDMARKS):
        element.tag = "div"


def _metadata(tree: HtmlElement) -> None:
    """Nothing said of the page beside it: no meta element, no JSON-LD."""
    for element in [*tree.iter("meta"), *tree.iter("script")]:
        if element.tag == "meta" or (element.get("type") or "").endswith("ld+json"):
            element.drop_tree()


CHOICES: dict[str, Callable[[HtmlElement], None]] = {
    "names": _names, "landmarks": _landmarks, "metadata": _metadata
}  # fmt: skip
