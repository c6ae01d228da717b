"""Passages built alike are judged alike: how sure each is moves towards those of the same kind on its page."""

from __future__ import annotations

import numpy as np

from crawler.extraction.body.features import Column
from crawler.extraction.body.passages import Passage

# Chosen by cross-validation on the developers' corpora, where .2 and .5 are as good within what folds move.
KIN_SHARE = 0.3  # of what the other passages of its kind say
LEAST_LIFTED = 0.35  # a passage below it is not lifted: prompts often stand in paragraphs of the story's kind
MAX_LOG_ODDS = 6.0


def drawn_together(passages: list[Passage], certainties: Column) -> Column:
    """The certainties, each drawn to the mean of the other passages with the same path of tags and classes.

    Log-odds are averaged, a longer passage counting by the square root of its length.
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
