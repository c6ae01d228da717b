"""Alignment of two versions' paragraphs: unchanged, reworded, moved, gone or new."""

from __future__ import annotations

from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from news.words import words_of

LEAST_LIKENESS = 0.5  # share of common words from which two paragraphs count as one reworded (Dice's coefficient)
MAX_LIKENESS_PAIRS = 40_000  # comparisons; beyond that, remaining paragraphs count as gone and new
MAX_EQUAL_PAIRS = 2_000_000  # of equal paragraphs; above it, only paragraphs at equal positions are paired


@dataclass(frozen=True, kw_only=True, slots=True)
class Pair:
    """One paragraph; positions count from 0, None = not in that version."""

    old: int | None
    new: int | None
    moved: bool = False


def align(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """Every paragraph of both versions once, in the new order; a removed one follows its former predecessor."""
    partners = _unmoved(old, new)
    in_place = set(partners)
    _pair_equal(old, new, partners)
    _pair_alike(old, new, partners)
    moved = set(partners) - in_place
    moved -= _in_order(partners, moved)
    return _ordered(len(old), len(new), partners, moved)


def _unmoved(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """Map new to old positions of equal paragraphs in the same order."""
    counts = Counter(new)
    if sum(counts[text] for text in old) > MAX_EQUAL_PAIRS:
        return {place: place for place, (one, other) in enumerate(zip(old, new, strict=False)) if one == other}
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return {block.b + step: block.a + step for block in blocks for step in range(block.size)}


def _pair_equal(old: Sequence[str], new: Sequence[str], partners: dict[int, int]) -> None:
    free: dict[str, list[int]] = defaultdict(list)
    for place in _left(len(old), partners.values()):
        free[old[place]].append(place)
    for place in _left(len(new), partners):
        if free[new[place]]:
            partners[place] = free[new[place]].pop(0)


def _pair_alike(old: Sequence[str], new: Sequence[str], partners: dict[int, int]) -> None:
    gone, come = _left(len(old), partners.values()), _left(len(new), partners)
    if len(gone) * len(come) > MAX_LIKENESS_PAIRS:
        return
    bags = {place: _bag(old[place]) for place in gone}
    found = []
    for place in come:
        bag = _bag(new[place])
        for other in gone:
            likeness = _likeness(bag, bags[other])
            if likeness >= LEAST_LIKENESS:
                found.append((-likeness, abs(place - other), place, other))
    taken: set[int] = set()
    for _, _, place, other in sorted(found):
        if place not in partners and other not in taken:
            partners[place] = other
            taken.add(other)


def _in_order(partners: dict[int, int], candidates: set[int]) -> set[int]:
    """The later-found pairs that cross no pair that stayed in place."""
    fixed = sorted((new, old) for new, old in partners.items() if new not in candidates)
    kept: set[int] = set()
    for new in sorted(candidates):
        pair = (new, partners[new])
        place = bisect(fixed, pair)
        after_last = place == 0 or fixed[place - 1][1] < pair[1]
        before_next = place == len(fixed) or pair[1] < fixed[place][1]
        if after_last and before_next:  # candidates among themselves are in order
            fixed.insert(place, pair)
            kept.add(new)
    return kept


def _ordered(old_count: int, new_count: int, partners: dict[int, int], moved: set[int]) -> list[Pair]:
    gone = _left(old_count, partners.values())
    pairs: list[Pair] = []
    for new in range(new_count):
        old = partners.get(new)
        if old is not None and new not in moved:
            while gone and gone[0] < old:
                pairs.append(Pair(old=gone.pop(0), new=None))
        pairs.append(Pair(old=old, new=new, moved=new in moved))
    return pairs + [Pair(old=place, new=None) for place in gone]


def _left(count: int, used: Iterable[int]) -> list[int]:
    taken = set(used)
    return [place for place in range(count) if place not in taken]


def _bag(text: str) -> Counter[str]:
    return Counter(word.text for word in words_of(text) if any(map(str.isalnum, word.text)))


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0
