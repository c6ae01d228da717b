"""Features of the boxes around passages: how much of the page's prose each holds, and which holds it best."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from crawler.extraction.page.passages import Box, Passage, line_of
from crawler.extraction.trees import Column

WRAP_PASSAGES = 4  # in the smallest box that shows what a passage stands among
SCORED_LEVELS = 3  # above a passage to whose score its prose counts


def container_features(passages: list[Passage], boxes: list[Box], base: dict[str, Column]) -> dict[str, Column]:
    """How much of the page's prose the boxes around each passage hold, and how far away the best box is."""
    parents = [(box.parent or box).number for box in boxes]  # a box at the top is its own parent
    sums = _box_sums(passages, len(boxes), base)
    total = sums.prose[0] or 1.0
    best = int(np.argmax(sums.score))
    peak = sums.score[best] or 1.0
    line = {box.number for box in line_of(boxes[best])}
    held = sums.held.tolist()
    wraps, tops, steps = list(range(len(boxes))), list(range(len(boxes))), [0] * len(boxes)
    for number, parent in enumerate(parents):  # numbered first, so its results are ready to be inherited
        if parent != number:
            if held[number] < WRAP_PASSAGES:
                wraps[number] = wraps[parent]
            if number not in line:
                tops[number], steps[number] = tops[parent], steps[parent] + 1
    own = np.array([passage.box.number for passage in passages])
    above = np.array(parents)
    one = above[own]
    two = above[one]
    wrap, top = np.array(wraps)[own], np.array(tops)[own]
    depths = np.array([box.depth for box in boxes], dtype=np.float64)
    size = np.where(sums.chars[wrap] == 0.0, 1.0, sums.chars[wrap])
    return {
        "parent_score": sums.score[one] / peak, "grand_score": sums.score[two] / peak,
        "parent_prose": sums.prose[one] / total, "grand_prose": sums.prose[two] / total,
        "parent_links": sums.linked[one] / np.maximum(sums.chars[one], 1.0),
        "grand_links": sums.linked[two] / np.maximum(sums.chars[two], 1.0),
        "grand_chars": sums.chars[two], "in_best": (top == best).astype(np.float64),
        "steps_to_best": np.array(steps, dtype=np.float64)[own], "levels_above_best": depths[best] - depths[top],
        "wrap_count": sums.held[wrap], "wrap_chars": size, "wrap_links": sums.linked[wrap] / size,
        "wrap_prose": sums.prose[wrap] / size, "wrap_prose_share": sums.prose[wrap] / total,
        "best_prose": np.full(len(passages), sums.prose[best] / total),
    }  # fmt: skip


class _BoxSums(NamedTuple):
    """Totals under every box of a page, by box number; in characters unless noted."""

    held: Column  # passages
    chars: Column
    prose: Column
    linked: Column
    score: Column  # prose of nearby passages, less at each level up, as in readability's scoring


def _box_sums(passages: list[Passage], count: int, base: dict[str, Column]) -> _BoxSums:
    """Count every passage for its box and those around it, in page order, as sums of fractions depend on the order."""
    lines = {box: [each.number for each in line_of(box)] for box in {passage.box for passage in passages}}
    around = [lines[passage.box] for passage in passages]
    sizes = np.array([len(line) for line in around])
    places = np.array([number for line in around for number in line])

    def summed(values: Column) -> Column:
        sums: Column = np.bincount(places, np.repeat(values, sizes), count).astype(np.float64, copy=False)
        return sums

    score = [0.0] * count
    for line, prose in zip(around, base["prose_chars"].tolist(), strict=True):
        if prose:
            for step, number in enumerate(line[1 : SCORED_LEVELS + 1], start=1):
                score[number] += prose / step
    return _BoxSums(
        held=np.bincount(places, minlength=count).astype(np.float64),
        chars=summed(base["chars"]),
        prose=summed(base["prose_chars"]),
        linked=summed(base["chars"] * base["link_share"]),
        score=np.array(score),
    )
