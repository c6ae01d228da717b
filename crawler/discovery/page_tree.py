"""Parsing an HTML page, up to a bound, into a tree from which links are read."""

from __future__ import annotations

from lxml import etree, html

from crawler.discovery.readings import Unreadable
from crawler.discovery.text import decode

MAX_PAGE_BYTES = 4 * 1024 * 1024  # a tree takes many times its page; front pages of today stay below 3 MB
MAX_ANCHORS = 20_000  # looked at on one page
NOT_HTML = (etree.LxmlError, ValueError, AssertionError)  # lxml asserts on documents without a root


def page_tree(body: bytes, content_type: str | None) -> tuple[str, html.HtmlElement] | Unreadable:
    """A page's text and its tree, up to MAX_PAGE_BYTES; never raises."""
    text = decode(body[:MAX_PAGE_BYTES], content_type)
    if "<" not in text:
        return Unreadable(reason="no HTML in it")
    try:
        parser = html.HTMLParser(encoding="utf-8", huge_tree=False, no_network=True, remove_comments=True)
        return text, html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except NOT_HTML as error:
        return not_html(error)


def not_html(error: BaseException) -> Unreadable:
    """Why a page that a parser or a path gave up on is not read."""
    return Unreadable(reason=f"not readable as HTML: {str(error)[:120]}")
