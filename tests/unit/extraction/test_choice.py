"""The judges of metadata: every tree has its say."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from crawler.extraction.body.bodymodel import HOPELESS_SUM
from crawler.extraction.choice import judge
from crawler.extraction.trees import STEP_TREES, trees_from

LATE_TURN = [[[-0.04]]] * STEP_TREES + [[[8.0]]]  # without hope until the last tree


def test_a_late_tree_counts_where_no_candidate_is_given_up() -> None:
    model = trees_from(["words"], LATE_TURN)
    column = {"words": np.zeros(1)}
    assert model.certainties(column)[0] > 0.9
    assert replace(model, hopeless_sum=HOPELESS_SUM).certainties(column)[0] < 0.1


@pytest.mark.parametrize("field", ["title", "byline", "date"])
def test_no_candidate_of_metadata_is_given_up(field: str) -> None:
    assert judge(field).hopeless_sum == -np.inf
