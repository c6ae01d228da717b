"""How much of a description an article must hold."""

from __future__ import annotations

LETTER_PAIRS = 16  # of a word or two of Thai


def needed_words(count: int, *, by_relevance: bool) -> int:
    """How many of a description's telling words an article must hold.

    Measured with benchmarks/search_quality.py: by relevance, two of three words and more, and a fifth of many, lose
    nothing at the top and a hundredth of recall@100; a third loses a tenth. By date it is a choice: three quarters.
    """
    if not by_relevance:
        return max(1, count - count // 4)
    return 1 if count <= 2 else max(2, count // 5)


def needed_pairs(count: int, *, by_relevance: bool, of_letters: bool = False) -> int:
    """How many telling pairs of characters of an unspaced description an article must hold: a choice.

    Three words of two characters make five pairs, of which three are the words: so of up to five more than half, which
    is every word. Of more, by relevance, a third; of letters, which Thai and its neighbours write, three quarters of
    what may be one word, and half of more, since a pair of those is less than a syllable.
    """
    if count <= 5 and not of_letters:
        return count // 2 + 1
    if of_letters and by_relevance and count > LETTER_PAIRS:
        return count // 2
    return max(3, count // 3) if by_relevance and not of_letters else needed_words(count, by_relevance=False)
