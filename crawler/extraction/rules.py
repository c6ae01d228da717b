"""What a source's own CSS selectors find on a page."""

from __future__ import annotations

from lxml.cssselect import CSSSelector, SelectorError
from lxml.etree import XPathError
from lxml.html import HtmlElement

from crawler.extraction.found import Found
from crawler.extraction.page.tree import text_of


def select(tree: HtmlElement, selector: str | None) -> list[HtmlElement]:
    """The elements that match, in page order; none for None or for invalid CSS (which the loader refuses)."""
    if not selector:
        return []
    try:
        found = CSSSelector(selector, translator="html")(tree)
        return found if isinstance(found, list) else []
    except (SelectorError, XPathError):
        return []


def texts_by_rule(tree: HtmlElement, selector: str | None) -> list[str]:
    """The non-empty texts of the elements that match a selector."""
    return [text for element in select(tree, selector) for text in [text_of(element)] if text]


def value_by_rule(tree: HtmlElement, selector: str | None) -> Found[str] | None:
    """The first text that a selector finds; None if there is none."""
    return next((Found(text, "rule") for text in texts_by_rule(tree, selector)), None)
