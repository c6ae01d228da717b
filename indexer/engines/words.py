"""How text becomes terms in the embedded engine, and what both engines take for a word.

The chain is that of elasticsearch_mapping.py: words by Unicode class, pairs of characters for scripts without spaces,
lower case, stem, accents folded. Stop words stay in the index, so that phrases hold them; queries leave them out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import tantivy

from indexer.languages import ANALYSES, LANGUAGE_LETTERS, LETTERS

MAX_WORD_CHARACTERS = 255  # longer ones are split, as Elasticsearch does

_CJK = "\u3005\u3040-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f"
_CJK += "\U00020000-\U000323af"


def _marks() -> str:
    """Every combining mark of the basic plane, and the joiners, as regular expression ranges."""
    points = [point for point in range(0x300, 0x10000) if unicodedata.category(chr(point)) in {"Mn", "Mc"}]
    points += [0xAD, 0x200C, 0x200D]
    return "".join(f"\\u{point:04x}" for point in points)


_WORD = re.compile(rf"(?P<cjk>[{_CJK}]+)|(?:(?![{_CJK}])[^\W_]|[{_marks()}]){{1,{MAX_WORD_CHARACTERS}}}")
_JOINERS = dict.fromkeys((0xAD, 0x200C, 0x200D), "")
_LATIN = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i"})
_LETTERS = {
    code: str.maketrans(LETTERS | LANGUAGE_LETTERS.get(code, {})) for code in (*LANGUAGE_LETTERS, "")
}  # "" = any other


@dataclass(frozen=True, slots=True)
class Token:
    """One term and where in the text it stood, in characters."""

    term: str
    start: int
    end: int


def tokens(text: str, analysis: str) -> Iterator[Token]:
    """The terms of a text in one language's analysis, in order; neighbours are one position apart."""
    for found in _WORD.finditer(text):
        if found["cjk"]:
            yield from _pairs(found.group(), found.start())
        elif term := normalized(found.group(), analysis):
            yield Token(term, *found.span())


def terms(text: str, analysis: str) -> tuple[str, ...]:
    """The terms alone."""
    return tuple(token.term for token in tokens(text, analysis))


@lru_cache(maxsize=100_000)
def normalized(word: str, analysis: str) -> str:
    """One word as a term: lower case, stemmed in its language, accents folded.

    >>> normalized("Häuser", "de"), normalized("İSTANBUL", "tr"), normalized("Élections", "und")
    ('haus', 'istanbul', 'elections')
    """
    lower = _lower(word, analysis)
    if analysis in ANALYSES:
        lower = "".join(_stemmer(analysis)(lower))
    return _folded(lower)


@lru_cache(maxsize=20_000)
def is_stop_word(word: str, analysis: str) -> bool:
    """Whether a query in this language can do without the word."""
    if analysis not in ANALYSES:
        return False
    letters = LANGUAGE_LETTERS.get(analysis, {})
    lower = "".join(letters.get(character, character) for character in word).lower()
    return not _stop_filter(analysis)(lower)


def _lower(word: str, analysis: str) -> str:
    return word.translate(_LETTERS.get(analysis, _LETTERS[""])).translate(_JOINERS).lower()


def _pairs(run: str, start: int) -> Iterator[Token]:
    """Overlapping pairs of characters, as Elasticsearch's cjk_bigram makes them; a lone one stays alone."""
    if len(run) == 1:
        yield Token(run, start, start + 1)
    for index in range(len(run) - 1):
        yield Token(run[index : index + 2], start + index, start + index + 2)


def _folded(word: str) -> str:
    """Latin letters without their accents; other scripts as they are."""
    if word.isascii():
        return word
    return "".join(_base(character) for character in word.translate(_LATIN))


def _base(character: str) -> str:
    plain = unicodedata.normalize("NFKD", character)[0]
    return plain if plain.isascii() and plain.isalnum() else character


@lru_cache(maxsize=64)
def _stemmer(analysis: str) -> Callable[[str], list[str]]:
    return _analyzer(tantivy.Filter.stemmer(ANALYSES[analysis].snowball))


@lru_cache(maxsize=64)
def _stop_filter(analysis: str) -> Callable[[str], list[str]]:
    listed = list(ANALYSES[analysis].stop_words)
    return _analyzer(
        tantivy.Filter.custom_stopword(listed) if listed else tantivy.Filter.stopword(ANALYSES[analysis].snowball)
    )


def _analyzer(word_filter: tantivy.Filter) -> Callable[[str], list[str]]:
    analyze: Callable[[str], list[str]] = (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.raw()).filter(word_filter).build().analyze
    )
    return analyze
