"""Small questions about elements that every reader of the tree asks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from .text import tidy

_OUTSIDE_TAGS = frozenset({"nav", "footer", "aside", "form", "dialog", "template", "noscript", "script", "style"})
_OUTSIDE_NAMES = re.compile(
    r"(?:^|[-_\s])(?:related|recommend\w*|comments?|footer|sidebar|most-?(?:read|popular)|newsletter|promo|teasers?|"
    r"breadcrumbs?|nav|navigation|menu|widget)(?:$|[-_\s])",
    re.IGNORECASE,
)
_SILENT_TAGS = frozenset({"script", "style", "noscript", "template", "svg"})


def text_of(element: HtmlElement, *, limit: int = 2_000) -> str:
    """The element's visible text as one clean line."""
    return tidy(" ".join(visible_strings(element)), limit=limit)


def visible_strings(element: HtmlElement) -> Iterator[str]:
    """The pieces of text under an element, scripts and styles left out."""
    for node in element.iter():
        if not isinstance(node.tag, str) or node.tag in _SILENT_TAGS:
            pass
        elif node.text:
            yield node.text
        if node is not element and node.tail:
            yield node.tail


def names_of(element: HtmlElement) -> str:
    """The element's id and classes in one string."""
    return f"{element.get('id') or ''} {element.get('class') or ''}"


def outside_story(element: HtmlElement) -> bool:
    """Whether an element stands in navigation, asides, comments or lists of other stories."""
    for ancestor in (element, *element.iterancestors()):
        if ancestor.tag in _OUTSIDE_TAGS:
            return True
        if ancestor.tag not in ("body", "html", "article", "main") and _OUTSIDE_NAMES.search(names_of(ancestor)):
            return True
    return False


def in_link(element: HtmlElement) -> bool:
    """Whether an element is a link or inside one."""
    return element.tag == "a" or next(element.iterancestors("a"), None) is not None


def link_share(element: HtmlElement) -> float:
    """The share of an element's characters that are link text."""
    total = sum(len(piece.strip()) for piece in visible_strings(element))
    if not total:
        return 0.0
    linked = sum(len(piece.strip()) for link in element.iter("a") for piece in visible_strings(link))
    return min(1.0, linked / total)
