"""The learned judge of passages: boosted decision trees, read from a file that names every feature it asks for.

`benchmarks/train_body_model.py` writes the file and says how well the trees judge publishers they never saw.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from crawler.extraction.body.features import Column

MODEL_FILE = "models/body_model.json"  # in crawler.extraction

# Most passages are menus and the like: after so many trees, those without hope are not asked about the next. On the
# developers' corpora none of them would have ended at the least certainty that story.py looks for.
STEP_TREES = 100
HOPELESS_SUM = -3.0  # log-odds

_LEAF = -1


@dataclass(frozen=True)
class BodyModel:
    """Trees as arrays with a row per tree; a leaf's feature is -1 and its children are itself."""

    features: tuple[str, ...]
    feature: NDArray[np.int32]
    threshold: NDArray[np.float64]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: NDArray[np.float64]
    depth: int  # steps from a root to the deepest leaf
    out_of_fold: Mapping[str, Mapping[str, float]] = field(default_factory=dict)  # set -> scores on unseen sites
    hopeless_sum: float = -np.inf  # log-odds below which the next trees are not asked; of metadata every tree counts

    def certainties(self, columns: dict[str, Column]) -> Column:
        """How sure each passage is part of the story, 0 to 1."""
        table = np.array([columns[name] for name in self.features]).T.copy()
        sums = np.zeros(len(table))
        hopeful = np.arange(len(table))
        at_once = STEP_TREES if self.hopeless_sum > -np.inf else len(self.feature)
        for first in range(0, len(self.feature), at_once):
            leaves = self._leaves(table[hopeful], first, first + at_once)
            for start in range(0, leaves.shape[1], STEP_TREES):  # in steps also where none is left out: sums stay equal
                sums[hopeful] += leaves[:, start : start + STEP_TREES].sum(axis=1)
            hopeful = hopeful[sums[hopeful] > self.hopeless_sum]
        score: Column = 1.0 / (1.0 + np.exp(-sums))
        return score

    def _leaves(self, table: NDArray[np.float64], first: int, last: int) -> NDArray[np.float64]:
        """What each of the trees from `first` to before `last` says of each row."""
        count, width = table.shape
        flat = table.ravel()
        first_cell = (np.arange(count) * width)[:, None]
        root = np.arange(len(self.feature))[first:last] * self.feature.shape[1]
        node = np.broadcast_to(root, (count, len(root)))
        for _ in range(self.depth):
            goes_left = flat.take(first_cell + self._feature.take(node)) <= self._threshold.take(node)
            node = self._children.take(2 * node + goes_left)
        leaves: NDArray[np.float64] = self.value.ravel().take(node)
        return leaves

    @cached_property
    def _feature(self) -> NDArray[np.intp]:
        return np.maximum(self.feature, 0).ravel().astype(np.intp)  # numpy's own index type: others are copied

    @cached_property
    def _threshold(self) -> NDArray[np.float64]:
        return self.threshold.ravel()

    @cached_property
    def _children(self) -> NDArray[np.intp]:
        """Right and left child of every node in turn, as places in the flat arrays."""
        first = (np.arange(len(self.feature)) * self.feature.shape[1])[:, None]
        return np.stack([first + self.right, first + self.left], axis=2).ravel().astype(np.intp)


@lru_cache(maxsize=1)
def body_model() -> BodyModel:
    """The model of this version, read from the package once per process."""
    stored = json.loads(files("crawler.extraction").joinpath(MODEL_FILE).read_text(encoding="utf-8"))
    model = model_from(stored["features"], stored["trees"])
    return replace(model, out_of_fold=stored["out_of_fold"], hopeless_sum=HOPELESS_SUM)


def model_from(features: list[str], trees: list[list[list[float]]]) -> BodyModel:
    """A model of its stored form: a tree is a list of nodes, [feature, threshold, left, right] or [value]."""
    width = max(map(len, trees))
    shape = (len(trees), width)
    feature = np.full(shape, _LEAF, dtype=np.int32)
    threshold = np.full(shape, np.inf)
    left, right = np.zeros(shape, dtype=np.int32), np.zeros(shape, dtype=np.int32)
    value = np.zeros(shape)
    for row, tree in enumerate(trees):
        for column, node in enumerate(tree):
            left[row, column] = right[row, column] = column
            if len(node) == 1:
                value[row, column] = node[0]
            else:
                feature[row, column], threshold[row, column] = int(node[0]), node[1]
                left[row, column], right[row, column] = int(node[2]), int(node[3])
    return BodyModel(tuple(features), feature, threshold, left, right, value, max(map(_depth, trees)))


def _depth(tree: list[list[float]], node: int = 0) -> int:
    entry = tree[node]
    return 0 if len(entry) == 1 else 1 + max(_depth(tree, int(entry[2])), _depth(tree, int(entry[3])))
