"""Scripts without spaces between words, which are cut into pairs of characters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import chain
from operator import add

MAX_WORD_PAIRS = 3  # of one unspaced word; a choice: most Chinese and Japanese words have two to four characters

SPACELESS = (
    "\u3005\u3040-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f"
)
SPACELESS += "\U00020000-\U000323af"
_LETTERS = "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ebd\u0ec0-\u0ecd"  # Thai and Lao
_LETTERS += "\u1000-\u103f\u1050-\u108f\u1780-\u17d3"  # Myanmar and Khmer
SPACELESS += _LETTERS
ORDINALS = "第제"  # before a number

_UNSPACED = re.compile(f"[{SPACELESS}]")
_UNSPACED_LETTER = re.compile(f"[{_LETTERS}]")
_UNSPACED_RUN = re.compile(f"[{SPACELESS}]+")
_COMMA = re.compile("[、，]")
_SOUND_MARK = re.compile("[\uff9e\uff9f]")
_KATAKANA = re.compile("[\u30a0-\u30ff\uff66-\uff9f]+")


def has_unspaced(text: str) -> bool:
    """Whether any part of a text is in such a script."""
    return _UNSPACED.search(text) is not None


def is_unspaced(text: str) -> bool:
    """Whether a text begins in such a script."""
    return _UNSPACED.match(text) is not None


def has_unspaced_letters(text: str) -> bool:
    """Whether any part of a text is in such a script that writes sounds, like Thai."""
    return _UNSPACED_LETTER.search(text) is not None


def is_unspaced_description(text: str) -> bool:
    """Whether an unspaced text is long enough to be several words: more than three pairs of characters.

    A name in katakana of any length is one word.
    """
    if _KATAKANA.fullmatch(text):
        return False
    return sum(len(run.group()) - 1 for run in _UNSPACED_RUN.finditer(text)) > MAX_WORD_PAIRS


def listed_words(text: str) -> Sequence[str]:
    """The words of a text separated by commas instead of spaces; none if one is a description, as in sentences.

    >>> listed_words("地震、選挙"), listed_words("地震")
    (['地震', '選挙'], [])
    """
    found = [word for word in _COMMA.split(text) if word]
    return found if len(found) > 1 and not any(map(is_unspaced_description, found)) else []


def pairs(text: str, start: int, end: int) -> Iterable[str]:
    """The overlapping pairs of characters in an unspaced run of a text, as Elasticsearch's cjk_bigram makes them.

    A lone character stays alone. A character after a number (年 of 2024年に, which is also 2024年) and an ordinal mark
    before one (第 of の第3回) are given alone in addition to their pairs.
    """
    run = text[start:end]
    if len(run) == 1 or text[start - 1 : start].isdigit() or run[-1] in ORDINALS or _SOUND_MARK.search(run):
        return [text[one:other] for one, other in pair_spans(text, start, end)]
    return map(add, run, run[1:])


def pair_spans(text: str, start: int, end: int) -> Iterable[tuple[int, int]]:
    """(start, end) of each of `pairs` in the text."""
    edges = _edges(text, start, end)
    if len(edges) == 2:
        return ((start, end),)
    first = ((start, edges[1]),) if text[start - 1 : start].isdigit() else ()
    last = ((edges[-2], end),) if text[end - 1] in ORDINALS and text[end : end + 1].isdigit() else ()
    return chain(first, zip(edges, edges[2:], strict=False), last)


def _edges(text: str, start: int, end: int) -> Sequence[int]:
    """Where each character of an unspaced run begins and the last ends; a half-width kana includes its sound mark."""
    if not _SOUND_MARK.search(text, start, end):
        return range(start, end + 1)
    marked = (place for place in range(start, end) if place == start or not _SOUND_MARK.match(text, place))
    return [*marked, end]
