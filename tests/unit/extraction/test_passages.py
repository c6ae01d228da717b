"""A page as passages, as readers see them."""

from __future__ import annotations

import pytest
from lxml import html

from crawler.extraction.page.walk import read_passages


@pytest.mark.parametrize(
    ("markup", "line"),
    [
        pytest.param("<p><a>Health</a><span>7 May 2026</span></p>", "Health 7 May 2026", id="a word and a number"),
        pytest.param("<p><b>2026</b><i>21:25</i></p>", "2026 21:25", id="two numbers"),
        pytest.param("<p><i>By</i><a>Jane Doe</a></p>", "By Jane Doe", id="two words"),
        pytest.param("<p><a>Jane Doe</a><a>John Roe</a><i>7 May</i></p>", "Jane Doe, John Roe 7 May", id="two links"),
        pytest.param("<p><a><b>Jane</b><i>Doe</i></a></p>", "Jane Doe", id="one link"),
        pytest.param("<p><a>Jana M</a><b>und</b><a>Max M</a></p>", "Jana M und Max M", id="a joining word"),
        pytest.param("<p><a>tilda_k</a><b>November 2</b></p>", "tilda_k November 2", id="a user's name"),
        pytest.param("<p><b>O</b>nce</p>", "Once", id="a drop cap"),
        pytest.param("<p><b>O</b>NCE</p>", "ONCE", id="a drop cap before capitals"),
        pytest.param("<p>the 5<sup>th</sup></p>", "the 5th", id="an ordinal"),
        pytest.param("<p><b>two</b>fold</p>", "twofold", id="a word in two parts"),
        pytest.param(
            "<p><b>Jane Doe</b><span class=edit>edited by jr</span></p>", "Jane Doe edited by jr", id="a named element"
        ),
        pytest.param("<p>with <b>Jane Doe</b>s clock</p>", "with Jane Does clock", id="an ending behind a name"),
        pytest.param("<p><b>Jane</b>, <i>Berlin</i></p>", "Jane, Berlin", id="apart already"),
    ],
)
def test_a_short_text_has_blanks_where_elements_run_together(markup: str, line: str) -> None:
    passages, _ = read_passages(html.fromstring(f"<html><body>{markup}</body></html>"))
    assert [passage.line for passage in passages] == [line]


def test_a_shadow_root_that_the_page_brings_along_is_read_and_other_templates_are_not() -> None:
    markup = (
        "<news-story><template shadowrootmode=open><p>Shown</p></template></news-story><template><p>Kept</p></template>"
    )
    passages, _ = read_passages(html.fromstring(f"<html><body>{markup}</body></html>"))
    assert [passage.text for passage in passages] == ["Shown"]


def test_the_text_itself_and_long_ones_stay_as_they_stand() -> None:
    markup = "<p><a>Health</a><span>7 May</span></p><p><b>Ships</b><i>Waited</i>" + " outside the harbour" * 20 + "</p>"
    short, long = read_passages(html.fromstring(f"<html><body>{markup}</body></html>"))[0]
    assert short.text == "Health7 May"
    assert long.line.startswith("ShipsWaited outside")
