"""Makes strings safe and comparable; every value that leaves extraction has passed through here."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from html import unescape

from news.words import CLOSING_SIGNS, SENTENCE_ENDS

MAX_VALUE_CHARACTERS = 2_000  # of one metadata value; longer ones are cut, a choice
MAX_BLOCK_CHARACTERS = 100_000  # of one block of the body, a choice
MAX_KEPT_CHARACTERS = 2_000  # of a text whose words are cached

# Characters that carry no text: C0 and C1 controls except whitespace, lone surrogates, the soft hyphen, zero-width
# space and word joiner, direction overrides and isolates, the byte order mark, interlinear marks, noncharacters.
# Zero-width joiners stay (Persian and the Indic scripts spell with them), and so do the plain marks U+200E and U+200F.
_UNSAFE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffb"
    "\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]"
)
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_ASCII_BESIDES = frozenset("ıſ")  # re.IGNORECASE treats these as "i" and "s"
_WORD = re.compile(r"\w+")
_SENTENCE_END = re.compile(rf"[{SENTENCE_ENDS}][{CLOSING_SIGNS}]*$")


class AnyCase:
    """A lowercase pattern that matches texts in any case.

    ASCII, which most texts are, is lowered first: that takes half to a tenth of the time of ignoring case. `parts`, if
    given, must be such that every ASCII text that matches contains one of them. Raises ValueError for a pattern with
    capitals or with letters that lowered ASCII cannot match.
    """

    def __init__(self, pattern: str, parts: Sequence[str] = ("",)) -> None:
        letters = re.sub(r"\\.", "", pattern)
        if letters != letters.lower() or set(letters) & _ASCII_BESIDES:
            raise ValueError(f"pattern {pattern!r} has letters that small ASCII letters do not match; write it small")
        self._parts = parts
        self._small = re.compile(pattern)
        self._any = re.compile(pattern, re.IGNORECASE)

    def is_in(self, text: str) -> bool:
        """Whether the pattern is found anywhere in a text."""
        if not text.isascii():
            return self._any.search(text) is not None
        small = text.lower()
        for part in self._parts:  # a loop: any() would take longer than the search
            if part in small:
                return self._small.search(small) is not None
        return False

    def is_all_of(self, text: str) -> bool:
        """Whether the pattern matches a whole text."""
        found = self._small.fullmatch(text.lower()) if text.isascii() else self._any.fullmatch(text)
        return found is not None


def scrub(value: str) -> str:
    """The string without characters that carry no text; always encodable as UTF-8."""
    return value if value.isprintable() else _UNSAFE.sub("", value)  # none of them is printable


def tidy(value: str | None, *, limit: int = MAX_VALUE_CHARACTERS) -> str:
    """The string as one clean line: scrubbed, composed (NFC), whitespace folded; "" for nothing."""
    if not value:
        return ""
    return unicodedata.normalize("NFC", " ".join(scrub(value[: 4 * limit]).split()))[:limit].rstrip()


def plain(value: object, *, limit: int = MAX_VALUE_CHARACTERS) -> str:
    """A metadata value as one clean line: entities resolved (also when escaped twice), markup dropped."""
    if not isinstance(value, str):
        return ""
    text = value[: 4 * limit]
    if "&" in text:
        text = unescape(unescape(text))
    if "<" in text:
        text = _MARKUP.sub(" ", text)
    return tidy(text, limit=limit)


def ends_sentence(text: str) -> bool:
    """Whether a text ends like a sentence, with or without closing quotes or brackets."""
    return _SENTENCE_END.search(text) is not None


def word_key(value: str | None) -> tuple[str, ...]:
    """The case-folded words of a string, for comparing texts regardless of case and punctuation."""
    if not value:
        return ()
    return _kept_key(value) if len(value) <= MAX_KEPT_CHARACTERS else _folded_words(value)


def joined_key(value: str | None) -> str:
    """The words of `word_key` run together, for comparing names that are also written as one word, or with hyphens.

    >>> joined_key("The Daily Paper") == joined_key("the-dailypaper")
    True
    """
    return "".join(word_key(value))


def is_part(words: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    """Whether words occur in a row within others; True for no words."""
    return any(words == whole[start : start + len(words)] for start in range(len(whole) - len(words) + 1))


def _folded_words(value: str) -> tuple[str, ...]:
    folded = value.lower() if value.isascii() else unicodedata.normalize("NFKC", value).casefold()
    return tuple(_WORD.findall(folded))


# A page's passages, names and headlines are each looked up several times; this holds two pages' worth, some 2 MB.
_kept_key = lru_cache(maxsize=500)(_folded_words)
