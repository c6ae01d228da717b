"""Marked fragments as HTML: everything is escaped, and only the engine's marks become elements."""

from __future__ import annotations

from html import escape

from news.index import MARK_END, MARK_START


def to_html(fragment: str) -> str:
    """A highlight as HTML text whose only elements are balanced, unnested `<mark>`.

    >>> to_html(f"a {MARK_START}b{MARK_END} <i>")
    'a <mark>b</mark> &lt;i&gt;'
    """
    parts: list[str] = []
    is_open = False
    for chunk in _split(fragment):
        if chunk in (MARK_START, MARK_END):
            if (chunk == MARK_START) != is_open:
                is_open = not is_open
                parts.append("<mark>" if is_open else "</mark>")
        else:
            parts.append(escape(chunk))
    return "".join(parts) + ("</mark>" if is_open else "")


def plain(fragment: str) -> str:
    """A highlight without its marks."""
    return fragment.replace(MARK_START, "").replace(MARK_END, "")


def _split(fragment: str) -> list[str]:
    for mark in (MARK_START, MARK_END):
        fragment = fragment.replace(mark, f"\0{mark}\0")
    return fragment.split("\0")
