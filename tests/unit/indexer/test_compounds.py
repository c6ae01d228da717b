"""Words that a hyphen joins, as they are looked for."""

from __future__ import annotations

import pytest

from indexer.engines.plan import Any, Plan, Words, plan
from news.query.parser import parse_query


def read(text: str, analysis: str = "en") -> Plan | None:
    return plan(parse_query(text), analysis)


@pytest.mark.parametrize(
    ("text", "analysis", "apart", "joined"),
    [
        ("e-mail", "en", ("e", "mail"), "email"),
        ("Anti-Wars", "en", ("anti", "war"), "antiwar"),
        ("co\u2011operation", "und", ("co", "operation"), "cooperation"),
        ("l'avant-garde", "fr", ("avant", "gard"), "avantgard"),
    ],
)
def test_two_words_are_looked_for_side_by_side_and_as_one(
    text: str, analysis: str, apart: tuple[str, ...], joined: str
) -> None:
    planned = read(text, analysis)
    assert isinstance(planned, Any)
    assert [word.terms for word in planned.children if isinstance(word, Words)] == [apart, (joined,)]
    assert planned.at_least == 1


@pytest.mark.parametrize("text", ["up-to-date", "covid-19", "foo_bar", '"anti-war"', "a/b"])
def test_what_else_falls_apart_stands_side_by_side(text: str) -> None:
    assert isinstance(read(text), Words)


def test_in_a_description_each_of_the_two_is_a_word() -> None:
    planned = read("large anti-war protest london")
    assert isinstance(planned, Any)
    found = [word.terms for word in planned.children if isinstance(word, Words)]
    assert found == [("larg",), ("anti",), ("war",), ("protest",), ("london",)]
