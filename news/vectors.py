"""Vectors of texts by meaning: how they are kept, how close two are, and hits in the order of words and meaning."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from math import sqrt
from operator import mul

# Reciprocal rank fusion (Cormack, Clarke and Buettcher 2009) of both orders with equal weights. The constant is smaller
# than their 60 because so few hits are ordered; measured, see decision 15
RANK_CONSTANT = 5
_STEPS = 127
_BYTES = "b"  # array's code for signed bytes


def packed(vector: Sequence[float]) -> bytes:
    """A vector in a byte for each number; its length is lost, which closeness does not depend on."""
    most = max(map(abs, vector), default=0.0) or 1.0
    return array(_BYTES, (round(number / most * _STEPS) for number in vector)).tobytes()


def closeness(one: bytes, other: bytes) -> float:
    """The cosine of the angle between two packed vectors, -1 to 1; 0 if one of them is nothing.

    >>> round(closeness(packed([3.0, 4.0]), packed([6.0, 8.0])), 2)
    1.0
    """
    mine, theirs = array(_BYTES, one), array(_BYTES, other)
    lengths = sqrt(_product(mine, mine) * _product(theirs, theirs))
    return _product(mine, theirs) / lengths if lengths else 0.0


def _product(one: array[int], other: array[int]) -> int:
    return sum(map(mul, one, other))


def by_words_and_meaning(ids: Sequence[str], closeness_of: Mapping[str, float]) -> list[str]:
    """These ids, in the order of words, with those moved forward that are closest in meaning.

    An id without a closeness keeps the rank it has by words.

    >>> by_words_and_meaning(["a", "b", "c"], {"a": 0.1, "b": 0.2, "c": 0.9})
    ['a', 'c', 'b']
    """
    known = iter(sorted((each for each in ids if each in closeness_of), key=lambda each: -closeness_of[each]))
    by_meaning = [next(known) if each in closeness_of else each for each in ids]
    ranks = {each: rank for rank, each in enumerate(by_meaning, 1)}
    scores = {each: 1 / (RANK_CONSTANT + n) + 1 / (RANK_CONSTANT + ranks[each]) for n, each in enumerate(ids, 1)}
    return sorted(ids, key=lambda each: -scores[each])
