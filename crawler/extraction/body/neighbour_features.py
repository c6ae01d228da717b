"""Features of the passages before and after each passage."""

from __future__ import annotations

import numpy as np

from crawler.extraction.trees import Column

# Features also taken from the two passages before and the two after.
_NEIGHBOUR_NAMES = (
    "chars", "link_share", "ends", "tag_p", "prose_chars", "furniture", "tag_li", "in_best", "path_count",
    "path_prose_share",
)  # fmt: skip
# Features summed over the passages before and after.
_SUMMED_NAMES = ("prose_chars", "chars", "link_share", "prompts")


def neighbour_features(base: dict[str, Column]) -> dict[str, Column]:
    """Features of the passages before and after each passage."""
    result: dict[str, Column] = {}
    near = np.array([base[name] for name in _NEIGHBOUR_NAMES])
    moved = {step: shifted(near, step) for step in (-2, -1, 1, 2)}
    for row, name in enumerate(_NEIGHBOUR_NAMES):
        result |= {f"{name}{step:+d}": table[row] for step, table in moved.items()}
    summed = np.array([base[name] for name in _SUMMED_NAMES])
    sums = {
        f"{side}{reach}": window(summed, *ends)
        for reach in (3, 8)
        for side, ends in (("before", (-reach, -1)), ("after", (1, reach)))
    }
    for row, name in enumerate(_SUMMED_NAMES):
        result |= {f"{name}_{side}": table[row] for side, table in sums.items()}
    return result


def shifted(values: Column, step: int, fill: float = -1.0) -> Column:
    """For each row, the value `step` passages further on; `fill` beyond the ends."""
    result = np.full(values.shape, fill)
    if step > 0:
        result[..., :-step] = values[..., step:]
    else:
        result[..., -step:] = values[..., :step]
    return result


def window(values: Column, first: int, last: int) -> Column:
    """For each passage of a row, the sum over the passages from `first` to `last` relative to it."""
    sums = np.zeros((*values.shape[:-1], values.shape[-1] + 1))
    np.cumsum(values, axis=-1, out=sums[..., 1:])
    index = np.arange(values.shape[-1])
    low = np.clip(index + first, 0, len(index))
    high = np.clip(index + last + 1, 0, len(index))
    difference: Column = sums[..., high] - sums[..., low]
    return difference
