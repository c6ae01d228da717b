"""How questions and requests begin before they say what they are about."""

from __future__ import annotations

import pytest

from indexer.engines.plan import Disjunction, Words
from indexer.engines.planner import plan
from news.query.parser import parse_query


def asked(text: str, analysis: str = "en") -> list[str]:
    planned = plan(parse_query(text), analysis)
    assert isinstance(planned, Disjunction)
    return [word.terms[0] for word in planned.children if isinstance(word, Words)]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("what papers are there dealing with wing flutter", ["wing", "flutter"]),
        ("papers on heat transfer", ["heat", "transfer"]),
        ("has anyone investigated the heat of wings", ["heat", "wing"]),
        ("I am interested in articles on robots in factories", ["robot", "factori"]),
        ("where can I find pressure data on wings", ["pressur", "data", "wing"]),  # from the first other word on, all
    ],
)
def test_what_a_question_begins_with_is_not_asked_for(text: str, terms: list[str]) -> None:
    assert asked(text) == terms


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Study finds bridges fail early", ["studi", "find", "bridg", "fail", "earli"]),  # a headline
        ("Found guilty of fraud in Oslo", ["found", "guilti", "fraud", "oslo"]),
        ("what is the bridge report", ["bridg", "report"]),
        ("is there a report about papers", ["report", "paper"]),  # nothing else would be left
        ("what is the report on bridges", ["report", "bridg"]),  # one word would be left
    ],
)
def test_what_else_begins_so_is_kept(text: str, terms: list[str]) -> None:
    assert asked(text) == terms


def test_other_languages_are_read_as_before() -> None:
    assert asked("papers on wing flutter", "de") == ["pap", "on", "wing", "flutt"]


def test_a_description_with_stop_words_counts_where_it_stands_just_so() -> None:
    planned = plan(parse_query("you have heard of the rule"), "en")
    assert isinstance(planned, Disjunction)
    assert planned.verbatim == Words(("you", "have", "heard", "of", "the", "rule"), ("text",))
    assert planned.at_least == 1
    for other in ("storm tanker harbour ferry", "word " * 12 + "of it"):
        planned = plan(parse_query(other), "en")
        assert isinstance(planned, Disjunction | Words)
        assert getattr(planned, "verbatim", None) is None
    in_order_of_date = plan(parse_query("you have heard of the rule"), "en", by_relevance=False)
    assert getattr(in_order_of_date, "verbatim", None) is None
