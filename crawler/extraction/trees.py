"""Boosted decision trees, read from a file that names every feature they use, and asked about many rows at once.

`benchmarks/train_body_model.py` and `benchmarks/train_metadata_models.py` write the files in crawler/extraction/models
and measure how well the trees judge publishers they never saw.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.float64]  # one value per row

STEP_TREES = 100  # after so many, rows whose sum is hopeless are dropped
ROWS_AT_ONCE = 512  # whose nodes are evaluated together: about 6 MB
MAX_LEAVES = 16  # of one tree, one bit each
_LOWEST = np.zeros(1 << MAX_LEAVES, dtype=np.uint8)  # number -> position of its lowest set bit
for _bit in range(MAX_LEAVES):
    _LOWEST[1 << _bit :: 2 << _bit] = _bit


@dataclass(frozen=True)
class Trees:
    """Decision trees as arrays, with leaves numbered from left to right.

    Turning right at a node rules out the leaves to its left, and the first leaf that no node rules out is the answer,
    so all nodes are evaluated at once (QuickScorer: Lucchese and others, SIGIR 2015). Single precision takes two
    thirds of the time of double; it changes a passage on two of 1,421 pages, where a measure lies right at a threshold.
    """

    features: tuple[str, ...]
    feature: NDArray[np.intp]  # by node and tree, like the two below
    threshold: NDArray[np.float32]  # larger values turn right; infinite where a tree has no such node
    passed: NDArray[np.uint16]  # the leaves to the node's left, one bit each
    value: NDArray[np.float64]  # by tree and leaf
    out_of_fold: Mapping[str, Mapping[str, float]] = field(default_factory=dict)  # set -> scores on unseen sites
    hopeless_sum: float = -np.inf  # log-odds below which later trees are skipped; by default none are

    def certainties(self, columns: dict[str, Column]) -> Column:
        """How certain it is of each row that it is what is sought, 0 to 1."""
        return certainties_of(self.odds(columns))

    def odds(self, columns: dict[str, Column], rows: NDArray[np.bool_] | None = None) -> Column:
        """That certainty as log-odds; only of the selected rows if `rows` is given."""
        table = np.array([columns[name] for name in self.features], dtype=np.float32)
        table = table if rows is None else table[:, rows]
        sums = [self._sums(table[:, start : start + ROWS_AT_ONCE]) for start in range(0, table.shape[1], ROWS_AT_ONCE)]
        return np.concatenate(sums) if sums else np.zeros(0)

    def _sums(self, table: NDArray[np.float32]) -> Column:
        """The log-odds of each row, which is a column of the table."""
        sums = np.zeros(table.shape[1])
        hopeful = np.arange(len(sums))
        at_once = STEP_TREES if self.hopeless_sum > -np.inf else len(self.value)
        for first in range(0, len(self.value), at_once):
            leaves = self._leaves(table[:, hopeful], first, first + at_once)
            for start in range(0, leaves.shape[1], STEP_TREES):  # in steps in any case, so that sums stay equal
                sums[hopeful] += leaves[:, start : start + STEP_TREES].sum(axis=1)
            hopeful = hopeful[sums[hopeful] > self.hopeless_sum]
        return sums

    def _leaves(self, table: NDArray[np.float32], first: int, last: int) -> NDArray[np.float64]:
        """The leaf values that the trees from `first` up to but not including `last` give each row."""
        feature, threshold = self.feature[:, first:last], self.threshold[:, first:last, None]
        turns_right = table.take(feature.ravel(), axis=0).reshape(*feature.shape, -1) > threshold
        passed = np.bitwise_or.reduce(turns_right * self.passed[:, first:last, None], axis=0)
        value = self.value[first:last]
        leaves: NDArray[np.float64] = value.ravel().take(_LOWEST.take(~passed.T) + np.arange(len(value)) * MAX_LEAVES)
        return leaves


def certainties_of(odds: Column) -> Column:
    """Convert log-odds to certainties, 0 to 1."""
    score: Column = 1.0 / (1.0 + np.exp(-odds))
    return score


def read_trees(file: str) -> Trees:
    """Read trees from a file in crawler.extraction, with their scores on unseen sites if it has them."""
    stored = json.loads(files("crawler.extraction").joinpath(file).read_text(encoding="utf-8"))
    model = trees_from(stored["features"], stored["trees"])
    return replace(model, out_of_fold=stored.get("out_of_fold", {}))


def trees_from(features: list[str], trees: list[list[list[float]]]) -> Trees:
    """Build trees from their stored form: each is a list of nodes, [feature, threshold, left, right] or [value]."""
    shape = (max(map(len, trees)) // 2 or 1, len(trees))  # inner nodes: a tree has one more leaf than those
    feature, passed = np.zeros(shape, dtype=np.intp), np.zeros(shape, dtype=np.uint16)
    threshold = np.full(shape, np.inf, dtype=np.float32)
    value = np.zeros((len(trees), MAX_LEAVES))
    for number, tree in enumerate(trees):
        nodes, leaves = _in_order(tree)
        value[number, : len(leaves)] = leaves
        for place, node in enumerate(nodes):
            feature[place, number], threshold[place, number], passed[place, number] = node
    return Trees(tuple(features), feature, threshold, passed, value)


def _in_order(tree: list[list[float]]) -> tuple[list[tuple[int, float, int]], list[float]]:
    """A tree's nodes as (feature, threshold, bits of the leaves to the left) and its leaves, left to right.

    Raises ValueError if the tree has more than MAX_LEAVES leaves.
    """
    nodes: list[tuple[int, float, int]] = []
    leaves: list[float] = []

    def walk(place: int) -> None:
        entry = tree[place]
        if len(entry) == 1:
            leaves.append(entry[0])
            return
        first = len(leaves)
        walk(int(entry[2]))
        nodes.append((int(entry[0]), entry[1], (1 << len(leaves)) - (1 << first)))
        walk(int(entry[3]))

    walk(0)
    if len(leaves) > MAX_LEAVES:
        raise ValueError(f"a tree has {len(leaves)} leaves; train them with at most {MAX_LEAVES}")
    return nodes, leaves
