"""How much of a description an article must hold."""

from __future__ import annotations

LETTER_PAIRS = 16  # of a word or two of Thai


def needed_words(count: int, *, by_relevance: bool) -> int:
    """How many of a description's significant words an article must have.

    Measured with benchmarks/search_quality.py: by relevance, two of three or more words, and a fifth of many, lose
    nothing at the top and a hundredth of recall@100; a third loses a tenth. By date, three quarters is a choice.
    """
    if not by_relevance:
        return max(1, count - count // 4)
    return 1 if count <= 2 else max(2, count // 5)


def needed_pairs(count: int, *, by_relevance: bool, of_letters: bool = False) -> int:
    """How many significant pairs of characters of an unspaced description an article must have: a choice.

    Three words of two characters make five pairs, of which three are the words; so of up to five pairs more than half
    are needed, which is every word. Of more, by relevance, a third. Scripts of letters, such as Thai, need three
    quarters of what may be one word and half of more, since a pair of letters is less than a syllable.
    """
    if count <= 5 and not of_letters:
        return count // 2 + 1
    if of_letters and by_relevance and count > LETTER_PAIRS:
        return count // 2
    return max(3, count // 3) if by_relevance and not of_letters else needed_words(count, by_relevance=False)
