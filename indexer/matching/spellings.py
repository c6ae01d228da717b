"""Which wanted words an article's words are spelt like, remembered for every word that was met."""

from __future__ import annotations

from collections.abc import Iterable

from indexer.engines.spelling import is_within
from indexer.matching.keys import like_key

_MAX_WORDS = 200_000  # remembered; news of a year in one language has fewer


class Spellings(dict[str, tuple[str, ...]]):
    """By word: the keys of the wanted words it resembles."""

    def __init__(self, wanted: Iterable[tuple[str, int]]) -> None:
        """`wanted` are words with the number of letters that may differ."""
        super().__init__()
        self._wanted = [(word, edits, _letters(word)) for word, edits in sorted(set(wanted))]

    def __bool__(self) -> bool:
        return bool(self._wanted)

    def __missing__(self, word: str) -> tuple[str, ...]:
        if len(self) >= _MAX_WORDS:
            self.clear()
        letters, length = _letters(word), len(word)
        found = self[word] = tuple(
            like_key(wanted, edits)
            for wanted, edits, its_letters in self._wanted
            if abs(len(wanted) - length) <= edits
            and (letters ^ its_letters).bit_count() <= 2 * edits  # one letter for another changes two bits
            and is_within(word, wanted, edits)
        )
        return found


def _letters(word: str) -> int:
    """Which letters a word has, as bits; those of other scripts share bits."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 63)
    return bits
