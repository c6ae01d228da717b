"""Highlights become HTML in which only the marks are elements."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.index import MARK_END, MARK_START
from search.highlight import extract_of, to_html
from search.page.render import make_environment
from search.results import FoundArticle

ELEMENT = re.compile(r"<[^>]*>")


@pytest.mark.parametrize(
    ("fragment", "html"),
    [
        ("plain", "plain"),
        (f"{MARK_START}<script>{MARK_END}alert(1)", "<mark>&lt;script&gt;</mark>alert(1)"),
        ("<img src=x onerror='a'>", "&lt;img src=x onerror=&#x27;a&#x27;&gt;"),
        ('"&', "&quot;&amp;"),
        (f"{MARK_START}open", "<mark>open</mark>"),
        (f"closed{MARK_END}", "closed"),
        (f"{MARK_START}{MARK_START}twice{MARK_END}{MARK_END}", "<mark>twice</mark>"),
        ("nul\x00byte", "nul\ufffdbyte"),
    ],
)
def test_everything_but_the_marks_is_text(fragment: str, html: str) -> None:
    assert to_html(fragment) == html


@given(st.text(st.sampled_from(["<", ">", "&", '"', "a", MARK_START, MARK_END, "\x00"])))
def test_marks_are_balanced_and_alone(fragment: str) -> None:
    elements = ELEMENT.findall(to_html(fragment))
    assert elements == ["<mark>", "</mark>"] * (len(elements) // 2)


@pytest.mark.parametrize(
    ("fragments", "line"),
    [
        (["It ends."], "It ends."),
        (["goes by <mark>sea</mark>, and"], "… goes by <mark>sea</mark>, and …"),
        (["<mark>sea</mark> ice.", "He said so&quot;"], "… <mark>sea</mark> ice. … He said so&quot; …"),
        (["&quot;It ends.&quot;"], "&quot;It ends.&quot;"),
        (["هلال بعد الغروب؟"], "هلال بعد الغروب؟"),
        ([], ""),
    ],
)
def test_an_extract_shows_where_it_breaks_off(fragments: list[str], line: str) -> None:
    assert extract_of(fragments) == line


def test_a_standfirst_with_more_of_the_words_than_any_passage_is_the_teaser() -> None:
    teaser = make_environment().filters["snippet"]
    without = FoundArticle(
        id="1",
        url="",
        title="",
        dek="A dek.",
        people=(),
        authors=(),
        agencies=(),
        section=None,
        source_id="",
        source_name="",
        language=None,
        published_at=None,
        published_day_only=False,
        score=None,
        highlights={},
    )

    def shown(**highlights: tuple[str, ...]) -> str:
        return str(teaser(replace(without, highlights=highlights)))

    both, one = "<mark>Soup</mark> cures a <mark>cold</mark>.", "A <mark>cold</mark> spell."
    assert shown(dek=(both,), text=(one,)) == both
    assert shown(dek=(one,), text=(both, one)) == f"{both} … {one}"
    assert shown(dek=(one,)) == one
    assert shown() == "A dek."
