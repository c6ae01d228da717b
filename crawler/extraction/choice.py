"""The learned judges of metadata: how sure each of a page's statements of a field is right.

One file of trees a field, in the form of the body model; `benchmarks/train_metadata_models.py` writes them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files

import numpy as np

from crawler.extraction.body.bodymodel import BodyModel, model_from

Measures = Mapping[str, float]  # name -> value, of one candidate; -1 where there is nothing to measure


@lru_cache(maxsize=4)
def judge(field: str) -> BodyModel:
    """The trees for "title", "byline" or "date", read from the package once per process."""
    path = files("crawler.extraction").joinpath(model_file(field))
    stored = json.loads(path.read_text(encoding="utf-8"))
    return replace(model_from(stored["features"], stored["trees"]), out_of_fold=stored["out_of_fold"])


def model_file(field: str) -> str:
    """A field's file of trees, in this package."""
    return f"models/{field}_model.json"


def certainties(field: str, candidates: Sequence[Measures]) -> list[float]:
    """How sure each candidate is the field's value, 0 to 1."""
    model = judge(field)
    columns = {name: np.array([measures[name] for measures in candidates], dtype=float) for name in model.features}
    return [float(value) for value in model.certainties(columns)]
