"""Turns a word into a term: letters made equal, lower case, stemmed in its language, accents folded."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

import tantivy

from indexer.analysis.endings import AFFIXES, bare
from indexer.analysis.languages import ANALYSES, ANALYSIS_CODES, LANGUAGE_LETTERS, LETTERS
from indexer.analysis.met_forms import met_form
from indexer.analysis.stemming import OWN_LETTERS, STEMMERS, one_stem

_MAX_WORDS = 60_000  # cached for each analysis: 7 MB. Emptied after every 8,000 articles or so, which costs .1 ms each

_JOINERS = dict.fromkeys((0xAD, 0x200C, 0x200D, 0x2BC), "")  # the last is an apostrophe that is a letter: памʼять
_NASAL = re.compile("[ङञणनम]\u094d(?=[क-म])")  # Devanagari nasals that may be written as ं before these consonants
_LATIN = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ə": "e", "ħ": "h"}
)
# By analysis; "" = any that has no letters of its own
_LETTERS = {code: str.maketrans(LETTERS | LANGUAGE_LETTERS.get(code, {})) for code in (*LANGUAGE_LETTERS, "")}


class _Terms(dict[str, str]):
    """The terms of the words seen so far in one analysis; a known word is looked up without a Python call."""

    def __init__(self, analysis: str) -> None:
        super().__init__()
        self._analysis = analysis

    def __missing__(self, word: str) -> str:
        if len(self) >= _MAX_WORDS:
            self.clear()
        term = _normalized(word, self._analysis)
        if term == word:
            term = word  # most words are their own term: one string serves as both
        self[word] = term
        return term


TERMS = {analysis: _Terms(analysis) for analysis in ANALYSIS_CODES}


def normalized(word: str, analysis: str) -> str:
    """The term for a word; empty if nothing is left of it.

    >>> normalized("Häuser", "de"), normalized("İSTANBUL", "tr"), normalized("Élections", "und")
    ('haus', 'istanbul', 'elections')
    """
    return TERMS[analysis][word]


@lru_cache(maxsize=20_000)
def is_stop_word(word: str, analysis: str) -> bool:
    """Whether a word is a stop word, which queries in this language can leave out."""
    if analysis not in ANALYSES:
        return False
    letters = LANGUAGE_LETTERS.get(analysis, {})
    lower = "".join(letters.get(character, character) for character in word).lower()
    return not _stop_filter(analysis)(lower)


def _normalized(word: str, analysis: str) -> str:
    lower = met_form(_without_foreign_accents(_lower(word, analysis), analysis), analysis)
    if analysis in AFFIXES:
        return bare(_folded(lower), AFFIXES[analysis])
    if analysis in STEMMERS:
        lower = STEMMERS[analysis](lower)
    elif analysis in ANALYSES and ANALYSES[analysis].snowball:
        lower = one_stem("".join(_stemmer(analysis)(lower)), analysis)
        if analysis == "fr" and len(lower) > 3:
            lower = lower.rstrip("eé")  # the rest of -ée; typed as "ee" it is not removed
    return _folded(lower)


def with_equal_letters(word: str, analysis: str) -> str:
    """A word in lower case, without accents and with letters made equal that the language's readers treat as equal."""
    return _folded(_lower(word, analysis))


def _lower(word: str, analysis: str) -> str:
    if not word.isascii():
        word = unicodedata.normalize("NFKC", word).replace(" ", "")  # half-width kana, ligatures, Arabic glyphs
    if not word.isascii() or analysis in LANGUAGE_LETTERS:
        word = word.translate(_LETTERS.get(analysis, _LETTERS[""])).translate(_JOINERS)
    if "\u094d" in word:
        word = _NASAL.sub("ं", word)
    return word.lower()


def _folded(word: str) -> str:
    """The word with Latin letters stripped of accents and other scripts unchanged."""
    if word.isascii():
        return word
    return "".join(_base(character) for character in word.translate(_LATIN))


def _without_foreign_accents(word: str, analysis: str) -> str:
    """A word without accents that the stemmer of the language does not know."""
    if word.isascii() or analysis not in OWN_LETTERS:
        return word
    own = OWN_LETTERS[analysis]
    return "".join(character if character in own else _folded(character) for character in word)


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
