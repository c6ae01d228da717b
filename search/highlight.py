"""Marked fragments as HTML: everything is escaped, and only the engine's marks become elements."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape, unescape

from news.index import MARK_END, MARK_START
from news.words import CLOSING_SIGNS, SENTENCE_ENDS

_MARKS = re.compile(f"([{MARK_START}{MARK_END}])")
_MARKED = re.compile("<mark>(.*?)</mark>")
_ELEMENTS = re.compile("</?mark>")
_SENTENCE_END = re.compile(rf"[{SENTENCE_ENDS}۔][{CLOSING_SIGNS}]*$")  # the last is Urdu's full stop


def to_html(fragment: str) -> str:
    """A highlight as HTML text whose only elements are balanced, unnested `<mark>`.

    >>> to_html(f"a {MARK_START}b{MARK_END} <i>")
    'a <mark>b</mark> &lt;i&gt;'
    """
    parts: list[str] = []
    is_open = False
    for chunk in _MARKS.split(fragment):
        if chunk in (MARK_START, MARK_END):
            if (chunk == MARK_START) != is_open:
                is_open = not is_open
                parts.append("<mark>" if is_open else "</mark>")
        else:
            parts.append(escape(chunk.replace("\0", "\ufffd")))
    return "".join(parts) + ("</mark>" if is_open else "")


def marked_words(fragment: str) -> int:
    """How many different words are marked in a fragment.

    >>> marked_words("<mark>Sea</mark> of <mark>sea</mark> and <mark>sand</mark>")
    2
    """
    return len(set(_MARKED.findall(fragment.casefold())))


def extract_of(fragments: Iterable[str]) -> str:
    """Join fragments of a text into one line, with an ellipsis wherever it starts or ends within a sentence.

    >>> extract_of(["goes by <mark>sea</mark>, and", "It ends."])
    '… goes by <mark>sea</mark>, and … It ends.'
    """
    line = " … ".join(fragments)
    bare = unescape(_ELEMENTS.sub("", line)).strip()
    begins_inside = next((letter for letter in bare if letter.isalnum()), "").islower()
    ends_inside = bool(bare) and not _SENTENCE_END.search(bare)
    return f"{'… ' if begins_inside else ''}{line}{' …' if ends_inside else ''}"
