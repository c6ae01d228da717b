"""Passages built alike are judged alike: each certainty moves towards those of the same kind on the page."""

from __future__ import annotations

import numpy as np

from crawler.extraction.page.passages import Passage
from crawler.extraction.trees import Column

# Chosen by cross-validation on the developers' corpora; .2 and .5 are as good within the spread of the folds.
KIN_SHARE = 0.3  # the weight of the other passages of the same kind
LEAST_LIFTED = 0.35  # less certain passages are not raised: prompts often stand in paragraphs of the story's kind
MAX_LOG_ODDS = 6.0


def drawn_together(passages: list[Passage], certainties: Column) -> Column:
    """The certainties, each drawn towards the mean of the other passages with the same path of tags and classes.

    The mean is of log-odds, weighted by the square root of each passage's length.
    """
    kinds: dict[str, int] = {}
    kind = np.array([kinds.setdefault(passage.box.path, len(kinds)) for passage in passages])
    weight = np.sqrt([len(passage.text) for passage in passages])
    bound = 1.0 / (1.0 + np.exp(MAX_LOG_ODDS))
    inside = np.clip(certainties, bound, 1.0 - bound)
    odds = np.log(inside / (1.0 - inside))
    others = np.bincount(kind, weight)[kind] - weight
    sums = np.bincount(kind, weight * odds)[kind] - weight * odds
    has_kin = others > 1e-6
    mean = sums / np.where(has_kin, others, 1.0)
    drawn = 1.0 / (1.0 + np.exp(-((1.0 - KIN_SHARE) * odds + KIN_SHARE * mean)))
    kept = np.where(certainties < LEAST_LIFTED, np.minimum(drawn, certainties), drawn)
    result: Column = np.where(has_kin, kept, certainties)
    return result
