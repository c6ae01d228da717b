"""What spares extraction work gives what the long way gives."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import HtmlElement, fragment_fromstring

from crawler.extraction.body.wording import WORDING_NAMES, PageFacts, _ascii_signs, _signs, wordings
from crawler.extraction.bylines.byline_lines import _INSIDE, _INSIDE_PARTS
from crawler.extraction.dates.moments import find_moment
from crawler.extraction.page.document import Document, parse_page
from crawler.extraction.page.tree import text_of, visible_strings
from crawler.extraction.text import AnyCase, tidy, word_key
from news.article import Page


def tree_of(markup: str) -> HtmlElement:
    document = parse_page(Page(url="https://gazette.example/1", body=markup.encode("utf-8", "surrogatepass")))
    assert isinstance(document, Document)
    return document.tree


def facts(title: str = "") -> PageFacts:
    return PageFacts(word_key(title), (), "")


@pytest.mark.parametrize("limit", [1, 7, 40, 2_000])
def test_the_text_of_an_element_is_cut_where_all_of_it_would_be(limit: int) -> None:
    element = fragment_fromstring(f"<div>{'<p>two <b>words</b>  </p>x<i> </i>' * 50}</div>")
    assert text_of(element, limit=limit) == tidy(" ".join(visible_strings(element)), limit=limit)


@pytest.mark.parametrize("bad", ["\x00", "\x0b", "\x1f", "\ufffe", "\uffff"])
def test_characters_that_no_markup_may_hold_are_left_out(bad: str) -> None:
    long_enough_to_be_text = f"<!-- {'ships ' * 20}-->"
    markup = f"<html><body>{long_enough_to_be_text}<p>Grö{bad}ße\t1</p></body></html>"
    assert tree_of(markup).text_content() == "Größe\t1"


@pytest.mark.parametrize("text", ["Größe zählt, sagt die Behörde", "â Ã Ä Å – “”", "Â\xa0Ã\xa0Ä\xa0Å\xa0"])
def test_letters_with_accents_are_no_text_that_was_encoded_twice(text: str) -> None:
    assert tree_of(f"<html><body><p>{text * 3}</p></body></html>").text_content() == text * 3


def test_a_form_is_an_element_like_any_other() -> None:
    kinds = {type(each) for each in tree_of("<form><label>Name</label><input name=a><select></select></form>").iter()}
    assert kinds == {HtmlElement}


def test_a_short_text_is_compared_with_the_headline_of_each_page() -> None:
    is_title = WORDING_NAMES.index("is_title")
    texts = ["Storm hits", "Hits of the storm", "***"]
    found = [
        wordings(texts, facts(title))[:, is_title].tolist() for title in ("Storm hits", "Storm ends", "", "Storm hits")
    ]
    assert found == [[1, 0, 0], [0, 0, 0], [0, 0, 1], [1, 0, 0]]


@pytest.mark.parametrize("text", ["Photo: Jane Doe", "PHOTO Jane Doe", "a Bild", "Foto: Größe", "© Größe", "via AFP."])
def test_a_credit_is_seen_in_any_letters(text: str) -> None:
    credit = WORDING_NAMES.index("credit")
    assert wordings([text, "A map of the harbour"], facts())[:, credit].tolist() == [1, 0]


def test_a_date_needs_a_year_of_four_digits() -> None:
    assert find_moment("5 May 20") is None
    days = [find_moment(text) for text in ("5 May 2020", "2020-05-05", "May 5, 2020", "5.5.2020", "2020年5月5日")]
    assert days[0] is not None
    assert all(one == other for one, other in pairwise(days))


@pytest.mark.parametrize("text", ["Photo: AP", "PHOTO: ap", "foto", "Çekim: Foto", "İstanbul / PHOTO", "aphorism", ""])
def test_a_pattern_of_small_letters_finds_what_ignoring_case_finds(text: str) -> None:
    pattern = r"\bphoto|\bfoto|\bap\b"
    quick, parted = AnyCase(pattern), AnyCase(pattern, ("ap", "photo", "foto"))

    assert quick.is_in(text) == parted.is_in(text) == bool(re.search(pattern, text, re.IGNORECASE))
    assert quick.is_all_of(text) == bool(re.fullmatch(pattern, text, re.IGNORECASE))


@pytest.mark.parametrize("pattern", [r"\bPhoto", "yazdır", "ſtory"])
def test_a_pattern_that_small_letters_would_miss_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="write it small"):
        AnyCase(pattern)


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1) | st.text(".!?;:,\"')]9a ", min_size=1))
def test_signs_of_ascii_are_counted_as_those_of_any_text(text: str) -> None:
    assert _ascii_signs(text) == _signs(text)


@given(st.text("aexpBby12: ", max_size=6), st.sampled_from(sorted(map(str.strip, _INSIDE_PARTS))), st.text("aB x"))
def test_what_may_open_a_byline_inside_a_line_is_looked_for_first(before: str, opener: str, after: str) -> None:
    line = " ".join(f"{before} {opener} {after}".split())
    if _INSIDE.search(line):
        assert any(part in line for part in _INSIDE_PARTS)
