"""Whether two texts are copies of one another, told from their sketches."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from news.shingles import Sketch

# Chosen on one half of benchmarks/near_duplicates.py, reported on the other: see docs/benchmarks.md
MIN_CONTAINMENT = 0.5  # of the shorter text's shingles that the longer one has too
MIN_SIZE = 0.2  # of the longer text's size: a live blog that holds a brief is no copy of it


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much of two texts is the same."""

    jaccard: float  # shared shingles among those of either
    containment: float  # shared shingles among those of the shorter text
    size: float  # of the shorter text, with the longer one's as 1


NOTHING = Likeness(0.0, 0.0, 0.0)


def likeness(one: Sketch, other: Sketch) -> Likeness:
    """An estimate from the sketches, exact when both hold all their shingles.

    The hashes up to a limit that both sketches know completely are an even sample of the shingles of both texts.
    """
    if not one.hashes or not other.hashes:
        return NOTHING
    limit = min(_known_up_to(one), _known_up_to(other))
    mine, theirs = (set(each.hashes[: bisect_right(each.hashes, limit)]) for each in (one, other))
    jaccard = len(mine & theirs) / len(mine | theirs)
    smaller, larger = sorted((one.shingle_count, other.shingle_count))
    shared_count = jaccard / (1 + jaccard) * (smaller + larger)
    return Likeness(jaccard, min(1.0, shared_count / smaller), smaller / larger)


def are_copies(found: Likeness) -> bool:
    """Whether two texts this alike are one text: edited, cut, with a paragraph added, or in another order."""
    return found.containment >= MIN_CONTAINMENT and found.size >= MIN_SIZE


def _known_up_to(sketch: Sketch) -> int:
    is_whole = len(sketch.hashes) == sketch.shingle_count
    return (1 << 32) - 1 if is_whole else sketch.hashes[-1]
