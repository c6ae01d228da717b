"""Tell whether a page without a story is one whose scripts would load it."""

from __future__ import annotations

from crawler.extraction.page.document import parse_page
from crawler.extraction.page.tree import text_of
from news.article import NotArticle, Page

MAX_SHOWN_CHARACTERS = 4000  # a page sent without its story still shows menus and footers; a choice
RUN_TYPES = frozenset({"", "module", "text/javascript", "application/javascript", "text/ecmascript"})


def is_shell(page: Page) -> bool:
    """Whether a page runs scripts and shows little by itself; works only on the bytes, so another process may run it.

    >>> is_shell(Page(url="https://a.example/", body=b'<div id=app></div><script src=/app.js></script>'))
    True
    >>> is_shell(Page(url="https://a.example/", body=b'<p>Closed today.</p>'))
    False
    """
    document = parse_page(page)
    if isinstance(document, NotArticle):
        return False
    if not any((script.get("type") or "").strip().lower() in RUN_TYPES for script in document.tree.iter("script")):
        return False
    body = document.tree.find("body")
    shown = text_of(body if body is not None else document.tree, limit=2 * MAX_SHOWN_CHARACTERS)  # cut at a word
    return len(shown) < MAX_SHOWN_CHARACTERS
