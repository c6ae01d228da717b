"""How addresses spell words: without accents, umlauts as one letter or two."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

_SPELLED = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "o", "å": "a", "æ": "ae", "ı": "i", "ł": "l"}
)


def spelled_in_addresses(words: Sequence[str]) -> set[tuple[str, ...]]:
    """The ways in which addresses spell words: umlauts as two letters, or without their dots."""
    return {tuple(unaccented(word.translate(_SPELLED)) for word in words), tuple(unaccented(word) for word in words)}


def unaccented(word: str) -> str:
    """A word without accents, as in addresses."""
    return "".join(
        character
        for character in unicodedata.normalize("NFKD", word.replace("ß", "ss"))
        if not unicodedata.combining(character)
    )
