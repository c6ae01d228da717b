"""Scripts that do not space their words, which are cut into pairs of characters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import chain
from operator import add

MAX_WORD_PAIRS = 3  # of one unspaced word, a choice: most words of Chinese and Japanese have two to four characters

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
    """Whether anything of a text is in such a script."""
    return _UNSPACED.search(text) is not None


def is_unspaced(text: str) -> bool:
    """Whether a text begins in a script that does not space its words."""
    return _UNSPACED.match(text) is not None


def has_unspaced_letters(text: str) -> bool:
    """Whether a text is in a script that writes sounds and does not space its words, as Thai."""
    return _UNSPACED_LETTER.search(text) is not None


def is_unspaced_description(text: str) -> bool:
    """Whether so much stands there without a space that it is several words: more than three pairs of characters.

    A name in katakana, of any length, is one.
    """
    if _KATAKANA.fullmatch(text):
        return False
    return sum(len(run.group()) - 1 for run in _UNSPACED_RUN.finditer(text)) > MAX_WORD_PAIRS


def listed_words(text: str) -> Sequence[str]:
    """The words between which commas stand instead of spaces; none where one of them is a description, as in sentences.

    >>> listed_words("地震、選挙"), listed_words("地震")
    (['地震', '選挙'], [])
    """
    found = [word for word in _COMMA.split(text) if word]
    return found if len(found) > 1 and not any(map(is_unspaced_description, found)) else []


def pairs(text: str, start: int, end: int) -> Iterable[str]:
    """The pairs of characters of an unspaced run of a text, which overlap, as Elasticsearch's cjk_bigram makes them.

    A lone character stays alone; so does, besides, one behind a number (年 of 2024年に, which is 2024年 as well)
    and the mark of an ordinal before one (第 of の第3回).
    """
    run = text[start:end]
    if len(run) == 1 or text[start - 1 : start].isdigit() or run[-1] in ORDINALS or _SOUND_MARK.search(run):
        return [text[one:other] for one, other in pair_spans(text, start, end)]
    return map(add, run, run[1:])


def pair_spans(text: str, start: int, end: int) -> Iterable[tuple[int, int]]:
    """Where each of `pairs` stands."""
    edges = _edges(text, start, end)
    if len(edges) == 2:
        return ((start, end),)
    first = ((start, edges[1]),) if text[start - 1 : start].isdigit() else ()
    last = ((edges[-2], end),) if text[end - 1] in ORDINALS and text[end : end + 1].isdigit() else ()
    return chain(first, zip(edges, edges[2:], strict=False), last)


def _edges(text: str, start: int, end: int) -> Sequence[int]:
    """Where the characters of an unspaced run begin, and the last one ends; a half-width kana's sound mark is of it."""
    if not _SOUND_MARK.search(text, start, end):
        return range(start, end + 1)
    marked = (place for place in range(start, end) if place == start or not _SOUND_MARK.match(text, place))
    return [*marked, end]
