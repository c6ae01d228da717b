"""Splitting text into units for comparison: words, or characters in scripts without spaces."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

# Scripts without spaces between words; a unit is a character with the marks that follow it.
SPACELESS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai and Lao, Myanmar, Khmer
    "\u3040-\u30ff\u3100-\u312f\u31f0-\u31ff"  # kana, Bopomofo
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Han
)
# Sentence ends of the languages that are read, and the quotes and brackets that may follow; for character classes
SENTENCE_ENDS = ".!?…。！？؟।"
CLOSING_SIGNS = "\"'”’»)\\]"
_CHUNK = re.compile(rf"(\s*)([{SPACELESS}]|[^\s{SPACELESS}]+)")


@dataclass(frozen=True, slots=True)
class Word:
    """One unit and the whitespace before it."""

    text: str
    space: str = ""


def words_of(text: str) -> list[Word]:
    """The units of a text, in order; joined with their spaces they give the text, except for trailing space.

    >>> [word.text for word in words_of('He said: "3.5 people don’t."')]
    ['He', 'said', ':', '"', '3.5', 'people', 'don’t', '.', '"']
    >>> [word.text for word in words_of("東京で地震")]
    ['東', '京', 'で', '地', '震']
    """
    words: list[Word] = []
    for space, chunk in _CHUNK.findall(text):
        if words and not space and _is_mark(chunk[0]):
            words[-1] = Word(words[-1].text + chunk[0], words[-1].space)
            chunk = chunk[1:]  # noqa: PLW2901  the mark belongs to the unit before
            if not chunk:
                continue
        first, *rest = _parted(chunk)
        words.append(Word(first, space))
        words += [Word(part) for part in rest]
    return words


def word_count(text: str) -> int:
    """The number of units that are not punctuation or symbols.

    >>> word_count("He said: no."), word_count("東京で地震。")
    (3, 5)
    """
    return sum(not all(map(_is_sign, word.text)) for word in words_of(text))


def _parted(chunk: str) -> list[str]:
    """Split a run without spaces into its outer signs, one by one, and the word between, which may contain signs."""
    start, end = 0, len(chunk)
    while start < end and _is_sign(chunk[start]):
        start += 1
    while end > start and _is_sign(chunk[end - 1]):
        end -= 1
    middle = [chunk[start:end]] if start < end else []
    return [*chunk[:start], *middle, *chunk[end:]]


def _is_sign(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] == "M"
