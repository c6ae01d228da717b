"""Finding the wanted words that an article's words resemble, remembered for every word that was met."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from indexer.engines.spelling import is_within
from indexer.matching.keys import like_key

_MAX_WORDS = 200_000  # remembered; news of a year in one language has fewer

Wanted = tuple[str, int]  # a word and how many letters may differ


class Spellings:
    """Gives the keys of wanted words that a word resembles; wanted words come and go, and no pair is compared twice."""

    def __init__(self) -> None:
        self._wanted: list[tuple[str, int, int]] = []  # with their letters as bits; grows until much of it is unwanted
        self._counts: Counter[Wanted] = Counter()  # by how many queries each is wanted; 0 = still in the list
        self._known: dict[str, tuple[int, tuple[str, ...]]] = {}  # how much of the list was compared, and the keys

    def __len__(self) -> int:
        """The number of words that a new one is compared with."""
        return len(self._wanted)

    def want(self, words: Iterable[Wanted]) -> None:
        """Add wanted words."""
        for word, edits in words:
            if (word, edits) not in self._counts:
                self._wanted.append((word, edits, _letters(word)))
            self._counts[word, edits] += 1

    def unwant(self, words: Iterable[Wanted]) -> None:
        """Remove wanted words, once for each time they were added."""
        self._counts.subtract(words)
        live = +self._counts
        if len(self._counts) > 2 * len(live) + 100:  # forgetting costs more than comparing a few
            self._wanted = [each for each in self._wanted if live[each[0], each[1]]]
            self._counts = live
            self._known.clear()

    def keys_of(self, word: str) -> tuple[str, ...]:
        """The keys of wanted words that this word resembles, and perhaps of some that were wanted before."""
        compared, keys = self._known.get(word, (0, ()))
        if compared < len(self._wanted):
            keys += tuple(self._resembled(word, compared))
            if len(self._known) >= _MAX_WORDS:
                self._known.clear()
            self._known[word] = len(self._wanted), keys
        return keys

    def _resembled(self, word: str, first: int) -> Iterator[str]:
        letters, length = _letters(word), len(word)
        for wanted, edits, its_letters in self._wanted[first:]:
            if (
                abs(len(wanted) - length) <= edits
                and (letters & ~its_letters).bit_count() <= edits  # each edit adds at most one letter,
                and (its_letters & ~letters).bit_count() <= edits  # and removes at most one
                and is_within(word, wanted, edits)
            ):
                yield like_key(wanted, edits)


def _letters(word: str) -> int:
    """Which letters a word has, as bits; those of other scripts share bits."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 63)
    return bits
