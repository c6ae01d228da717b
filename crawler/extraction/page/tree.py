"""Small helpers to read text, names and position of elements."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from lxml.html import HtmlElement

from crawler.extraction.text import AnyCase, tidy

_OUTSIDE_TAGS = frozenset({"nav", "footer", "aside", "form", "dialog", "template", "noscript", "script", "style"})
# A post's own footer has its writer, date and tags. Elementor calls every part of a page a widget, Blogger its posts.
_OUTSIDE_NAMES = AnyCase(
    r"(?:^|[-_\s])(?:related|recommend\w*|comments?|(?<!post-)(?<!entry-)(?<!article-)footer|sidebar"
    r"|most-?(?:read|popular)|newsletter|promo|(?<!article-)teasers?(?!-text)|breadcrumbs?|nav|navigation|menu"
    r"|(?<!elementor-)widget(?! blog|[-_]image)|elementor-posts)(?:$|[-_\s])"
)
FORM_PARAGRAPHS = 4  # in a form that wraps the whole page; a choice
_QUOTE_LEVELS = 3  # from the speaker up to the box of the quote
_QUOTE_NAMES = AnyCase(r"(?:^|[-_\s])(?:(?:block|pull)[-_]?)?quote(?:s|d|block|box)?(?:$|[-_\s])|zitat|testimonial")
_SILENT_TAGS = frozenset({"script", "style", "noscript", "template", "svg"})


def text_of(element: HtmlElement, *, limit: int = 2_000) -> str:
    """The element's visible text as one clean line of at most `limit` characters."""
    return tidy(" ".join(_first_strings(element, 4 * limit)), limit=limit)


def _first_strings(element: HtmlElement, characters: int) -> Iterator[str]:
    """Visible pieces of text until they exceed this many characters, since tidy reads no more."""
    size = 0
    for piece in visible_strings(element):
        yield piece
        size += len(piece)
        if size > characters:
            return


def visible_strings(element: HtmlElement) -> Iterator[str]:
    """The pieces of text in an element, without scripts and styles."""
    for node in element.iter():
        tag = node.tag
        if isinstance(tag, str) and tag not in _SILENT_TAGS and (text := node.text):
            yield text
        if node is not element and (tail := node.tail):
            yield tail


def names_of(element: HtmlElement) -> str:
    """The element's id and classes in one string."""
    return f"{element.get('id') or ''} {element.get('class') or ''}"


def outside_story(element: HtmlElement) -> bool:
    """Whether an element is in navigation, an aside, comments or a list of other stories."""
    for ancestor in (element, *element.iterancestors()):
        if ancestor.tag in _OUTSIDE_TAGS and not (ancestor.tag == "form" and _is_whole_page(ancestor)):
            return True
        if ancestor.tag not in ("body", "html", "article", "main") and _is_outside_name(names_of(ancestor)):
            return not _holds_headline(ancestor)
    return False


def _is_whole_page(form: HtmlElement) -> bool:
    """Whether a form holds a story: ASP.NET wraps each page in a form."""
    return len(list(islice(form.iter("p"), FORM_PARAGRAPHS))) == FORM_PARAGRAPHS


def _holds_headline(box: HtmlElement) -> bool:
    """Whether a box holds a first-level heading and an article: some sites name their main column a sidebar."""
    return next(box.iter("h1"), None) is not None and next(box.iter("article"), None) is not None


def in_quote(element: HtmlElement) -> bool:
    """Whether an element is in a quotation or names its speaker below it."""
    for ancestor in (element, *islice(element.iterancestors(), _QUOTE_LEVELS)):
        if ancestor.tag == "blockquote":
            return True
        if ancestor.tag in ("body", "article", "main"):
            return False
        if ancestor.tag == "figure" and next(ancestor.iter("blockquote"), None) is not None:
            return True
        if _is_quote_name(names_of(ancestor)):
            return True
    return False


@lru_cache(maxsize=10_000)
def _is_quote_name(names: str) -> bool:
    return _QUOTE_NAMES.is_in(names)


@lru_cache(maxsize=10_000)
def _is_outside_name(names: str) -> bool:
    return _OUTSIDE_NAMES.is_in(names)


def in_link(element: HtmlElement) -> bool:
    """Whether an element is a link or inside one."""
    return element.tag == "a" or next(element.iterancestors("a"), None) is not None


def link_share(element: HtmlElement) -> float:
    """The share of an element's characters that are link text, 0 to 1."""
    total = sum(len(piece.strip()) for piece in visible_strings(element))
    if not total:
        return 0.0
    linked = sum(len(piece.strip()) for link in element.iter("a") for piece in visible_strings(link))
    return min(1.0, linked / total)
