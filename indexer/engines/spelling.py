"""How far apart two spellings are."""

from __future__ import annotations


def is_within(word: str, other: str, edits: int) -> bool:
    """Whether at most this many letters changed, added, left out or swapped with a neighbour turn one into the other.

    Optimal string alignment (Damerau 1964, restricted), row by row, given up when a whole row is beyond the bound.

    >>> is_within("ankara", "anakra", 1), is_within("ankara", "ankra", 1), is_within("ankara", "angora", 1)
    (True, True, False)
    """
    if abs(len(word) - len(other)) > edits or len(set(other).difference(word)) > edits:  # an edit brings one letter
        return False
    before: list[int] = []
    row = list(range(len(other) + 1))
    for number, letter in enumerate(word, start=1):
        following = [number]
        for place, wanted in enumerate(other, start=1):
            cost = min(row[place] + 1, following[place - 1] + 1, row[place - 1] + (letter != wanted))
            if number > 1 and place > 1 and letter == other[place - 2] and word[number - 2] == wanted:
                cost = min(cost, before[place - 2] + 1)
            following.append(cost)
        if min(following) > edits:
            return False
        before, row = row, following
    return row[-1] <= edits
