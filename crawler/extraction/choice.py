"""The trained judges of metadata: how likely each candidate for a field is right.

Each field has one file of trees, written by `benchmarks/train_metadata_models.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np

from crawler.extraction.trees import Trees, read_trees

Measures = Mapping[str, float]  # name -> value, for one candidate; -1 where there is nothing to measure


@lru_cache(maxsize=4)
def judge(field: str) -> Trees:
    """The trees for "title", "byline" or "date", read from the package once per process."""
    return read_trees(model_file(field))


def model_file(field: str) -> str:
    """The path of a field's tree file within this package."""
    return f"models/{field}_model.json"


def certainties(field: str, candidates: Sequence[Measures]) -> list[float]:
    """How likely each candidate is to be the field's value, 0 to 1."""
    model = judge(field)
    columns = {name: np.array([measures[name] for measures in candidates], dtype=float) for name in model.features}
    return [float(value) for value in model.certainties(columns)]
