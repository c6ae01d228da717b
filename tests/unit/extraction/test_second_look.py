"""The second look at passages: what it measures, and what it leaves as it was."""

from __future__ import annotations

import numpy as np
from lxml.html import document_fromstring

from crawler.extraction.body.bodymodel import HOPELESS_SUM, second_look_model
from crawler.extraction.body.features import measure
from crawler.extraction.body.second_look import MAX_ODDS, MAX_STEPS, looked_again, second_measures
from crawler.extraction.body.wording import PageFacts
from crawler.extraction.page.walk import read_passages
from crawler.extraction.trees import certainties_of

FACTS = PageFacts(title=(), descriptions=(), stated_body="")
LONG = "The harbour was closed on Sunday after the storm, and ships waited outside for two days and a night."
PAGE = f"<div><p>{LONG}</p><p>{LONG}</p><p>Menu</p></div><ul><li>Item</li></ul>"


def measured(markup: str, odds: list[float]) -> dict[str, list[float]]:
    passages, boxes = read_passages(document_fromstring(markup))
    columns = second_measures(passages, measure(passages, boxes, FACTS), np.array(odds))
    return {name: column.tolist() for name, column in columns.items()}


def test_every_feature_of_the_second_look_is_measured() -> None:
    for markup, odds in ((PAGE, [4.0, 2.0, -4.0, -9.0]), ("<p>One line.</p>", [0.0])):
        columns = measured(markup, odds)
        assert set(second_look_model().features) <= set(columns)
        assert all(np.isfinite(column).all() and len(column) == len(odds) for column in columns.values())


def test_a_passage_is_measured_by_the_others_of_its_kind() -> None:
    columns = measured(PAGE, [4.0, 2.0, -4.0, -9.0])
    weights = [len(LONG) ** 0.5, 2.0]  # by the square root of the length
    expected = (weights[0] * 2.0 + weights[1] * -4.0) / sum(weights)
    assert columns["path_sure"][0] == expected
    assert columns["path_sure"][3] == -MAX_ODDS  # alone of its kind: its own, within the bound
    assert columns["sure+1"] == [2.0, -4.0, -MAX_ODDS, -MAX_ODDS]
    assert columns["sure-1"] == [-MAX_ODDS, 4.0, 2.0, -4.0]


def test_story_is_counted_up_to_a_passage() -> None:
    columns = measured(PAGE, [4.0, 2.0, -4.0, -9.0])
    assert columns["since_prose"] == [MAX_STEPS, 1.0, 1.0, 2.0]
    assert columns["story_before"] == [0.5, 1.0, 1.0, 1.0]
    assert columns["story_chars"] == [2.0 * len(LONG)] * 4
    assert columns["story_share"] == [0.5, 0.5, 0.0, 0.0]


def test_what_was_hopeless_stays_so() -> None:
    passages, boxes = read_passages(document_fromstring(PAGE))
    first = measure(passages, boxes, FACTS)
    hopeless = np.full(4, HOPELESS_SUM - 1.0)
    assert looked_again(passages, first, hopeless).tolist() == certainties_of(hopeless).tolist()
    one_kept = np.array([4.0, *hopeless[1:]])
    assert looked_again(passages, first, one_kept)[1:].tolist() == certainties_of(hopeless[1:]).tolist()
    assert one_kept.tolist() == [4.0, *hopeless[1:].tolist()]  # the first look's answers are not changed
