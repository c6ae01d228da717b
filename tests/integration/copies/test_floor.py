"""How well copies are told from other stories, held by floors; docs/benchmarks.md has the figures."""

from __future__ import annotations

import pytest

from benchmarks.copy_pairs import labelled_pairs
from benchmarks.copy_texts import halves, stories_of
from benchmarks.near_duplicates import judged, measured
from tests.support.corpora import need_corpora

SEED = 2
FLOORS = {"precision": 0.97, "recall": 0.99, "f1": 0.985}


@pytest.mark.corpora
def test_pairs_of_real_texts_keep_their_floors() -> None:
    stories = halves(stories_of(need_corpora()))[1][::6]
    found = measured(judged(labelled_pairs(stories, SEED)))
    assert {name: found[name] for name, floor in FLOORS.items() if found[name] < floor} == {}, found["cases"]
