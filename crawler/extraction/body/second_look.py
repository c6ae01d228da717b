"""A second look at each passage, which uses the first certainties of its neighbours and of passages of its kind.

`benchmarks/train_body_model.py` trains its trees on the first trees' results for sites that those never saw.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from crawler.extraction.body.bodymodel import HOPELESS_SUM, second_look_model
from crawler.extraction.body.neighbour_features import shifted
from crawler.extraction.page.passages import Passage
from crawler.extraction.trees import Column, certainties_of

MAX_ODDS = 6.0  # larger log-odds make no difference
MAX_STEPS = 50.0  # passages back to the last one that is story prose
PROSE_CHARACTERS = 80
REACH = (-3, -2, -1, 1, 2)
# First-look measures that the second look also uses; more of them change nothing out of sample.
FIRST_NAMES = ("chars", "words", "link_share", "italic_share", "since_headline")


def looked_again(passages: Sequence[Passage], first: dict[str, Column], odds: Column) -> Column:
    """How certain it is that each passage is story, 0 to 1: the mean of both looks, or the first if hopeless."""
    hopeful = odds > HOPELESS_SUM
    result = odds.copy()
    if hopeful.any():
        second = second_look_model().odds(second_measures(passages, first, odds), hopeful)
        result[hopeful] = (odds[hopeful] + second) / 2
    return certainties_of(result)


def second_measures(passages: Sequence[Passage], first: dict[str, Column], odds: Column) -> dict[str, Column]:
    """Measure -> one value per passage; `odds` are the log-odds of the first look, `first` its measures."""
    sure = np.clip(odds, -MAX_ODDS, MAX_ODDS)
    chars = first["chars"]
    measures = {"sure": sure}
    measures |= {f"sure{step:+d}": shifted(sure, step, fill=-MAX_ODDS) for step in REACH}
    measures |= _of_kinds(_kinds(passages), sure, np.sqrt(chars))
    measures |= _place(sure, chars)
    return measures | {name: first[name] for name in FIRST_NAMES}


def _kinds(passages: Sequence[Passage]) -> dict[str, list[int]]:
    """Each passage's number by box path, by parent box, by the parent's path and by grandparent box."""
    around = [passage.box.parent or passage.box for passage in passages]
    paths: dict[str, int] = {}
    return {
        "path": [paths.setdefault(passage.box.path, len(paths)) for passage in passages],
        "parent": [box.number for box in around],
        "parent_path": [paths.setdefault(box.path, len(paths)) for box in around],
        "grand": [(box.parent or box).number for box in around],
    }


def _of_kinds(kinds: dict[str, list[int]], sure: Column, weight: Column) -> dict[str, Column]:
    """Per kind, how sure a passage's kin are, what share of them is story, and the kind's size."""
    table = np.array(list(kinds.values()))
    firsts = np.concatenate(([0], np.cumsum(table.max(axis=1) + 1)[:-1]))
    kind = (table + firsts[:, None]).ravel()
    sure, weight = np.tile(sure, len(kinds)), np.tile(weight, len(kinds))
    told, story = weight * sure, weight * (sure > 0)
    others = np.bincount(kind, weight)[kind] - weight
    has_kin = others > 1e-6
    size = np.where(has_kin, others, 1.0)
    mean = np.where(has_kin, (np.bincount(kind, told)[kind] - told) / size, sure)
    share = np.where(has_kin, (np.bincount(kind, story)[kind] - story) / size, sure > 0)
    count = np.bincount(kind)[kind].astype(np.float64)
    rows = {"sure": mean, "story": share, "others": count}
    tables = {name: values.reshape(len(kinds), -1) for name, values in rows.items()}
    return {f"{kind}_{name}": table[place] for place, kind in enumerate(kinds) for name, table in tables.items()}


def _place(sure: Column, chars: Column) -> dict[str, Column]:
    """The steps back to story prose, and the story's text up to each passage, on the page, and within it."""
    index = np.arange(len(sure))
    prose = np.where((sure > 0) & (chars > PROSE_CHARACTERS), index, -int(MAX_STEPS))
    before = np.concatenate(([-int(MAX_STEPS)], np.maximum.accumulate(prose)[:-1]))
    story = chars * (sure > 0)
    total = story.sum() or 1.0
    return {
        "since_prose": np.minimum(index - before, MAX_STEPS), "story_before": np.cumsum(story) / total,
        "story_chars": np.full(len(sure), total), "story_share": story / total,
    }  # fmt: skip
