"""A piece of a text is cut between words, also where no space is between them."""

from __future__ import annotations

import pytest

from indexer.engines.word_edges import first_beginning, last_beginning


@pytest.mark.parametrize(
    ("text", "from_start", "to_end"),
    [
        ("alf beta gam", "beta gam", "alf beta "),
        (
            "している。裁判所は訴えを退けた。京都",
            "裁判所は訴えを退けた。京都",
            "している。裁判所は訴えを退けた。",
        ),
        ("んだ東京で会議", "東京で会議", "んだ東京で"),
        ("ายุเมืองและเก", "เมืองและเก", "ายุเมืองและ"),
        ("北京天气预报", "北京天气预报", "北京天气预报"),  # nothing tells
        ("ฺกขค", "กขค", "ฺกขค"),  # a mark alone begins nothing
    ],
)
def test_an_edge_moves_to_where_a_word_seems_to_begin(text: str, from_start: str, to_end: str) -> None:
    assert text[first_beginning(text, 0, len(text)) :] == from_start
    assert text[: last_beginning(text, 0, len(text))] == to_end


def test_an_edge_stays_where_no_word_begins_nearby() -> None:
    assert first_beginning("x" * 50 + " y", 10, 52) == 10
    assert last_beginning("y " + "x" * 50, 0, 40) == 40
