"""The learned judges of passages: the trees of the first and of the second look.

`benchmarks/train_body_model.py` writes their files.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from crawler.extraction.trees import Trees, read_trees

MODEL_FILE = "models/body_model.json"  # in crawler.extraction
SECOND_FILE = "models/second_look_model.json"

# Most passages are menus and the like: hopeless ones are dropped on the way. In the developers' corpora none of them
# would have reached the lowest certainty that story.py looks for.
HOPELESS_SUM = -3.0  # log-odds


@lru_cache(maxsize=1)
def body_model() -> Trees:
    """The trees of the first look, read from the package once per process."""
    return replace(read_trees(MODEL_FILE), hopeless_sum=HOPELESS_SUM)


@lru_cache(maxsize=1)
def second_look_model() -> Trees:
    """The trees of the second look, read from the package once per process."""
    return read_trees(SECOND_FILE)
