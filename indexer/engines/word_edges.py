"""Where a piece of a text may begin or end without cutting a word."""

from __future__ import annotations

import re
import unicodedata

_REACH = 20  # characters, how far an edge moves: a choice
_BEGINS = (  # what precedes the beginning of a word, the surest first
    re.compile(" "),
    re.compile("[。、，！？；：」』）]"),
    re.compile("(?<=[\u3041-\u309f])(?=[\u30a1-\u30fa\u4e00-\u9fff])"),  # behind an ending in hiragana
    re.compile("(?=[\u0e40-\u0e44\u0ec0-\u0ec4])"),  # vowels that Thai and Lao write before their consonant
)


def first_beginning(text: str, start: int, limit: int) -> int:
    """The first place from `start` on where a word seems to begin, up to the limit; without one, `start`."""
    limit = min(start + _REACH, limit)
    for before in _BEGINS:
        if found := before.search(text, start, limit):
            return found.end()
    while start < limit and _is_mark(text[start]):
        start += 1
    return start


def last_beginning(text: str, limit: int, end: int) -> int:
    """The last place up to `end`, but not before the limit, where a word seems to begin; without one, `end`.

    It is after a space, so that two pieces with nothing between them touch.
    """
    limit = max(end - _REACH, limit)
    for before in _BEGINS:
        if found := [each.end() for each in before.finditer(text, limit, end)]:
            return found[-1]
    while end > limit and _is_mark(text[end : end + 1]):
        end -= 1
    return end


def _is_mark(character: str) -> bool:
    return bool(character) and unicodedata.category(character).startswith("M")
