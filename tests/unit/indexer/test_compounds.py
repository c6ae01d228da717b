"""Words that a hyphen joins, as they are looked for."""

from __future__ import annotations

import re

import pytest

from indexer.engines.plan import Conjunction, Disjunction, Plan, Words
from indexer.engines.planner import plan
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
        ("Covid-19", "en", ("covid", "19"), "covid19"),
        ("10,000", "en", ("10", "000"), "10000"),
        ("رئیس\u200cجمهور", "fa", ("رييس", "جمهور"), "رييسجمهور"),
    ],
)
def test_two_words_are_looked_for_side_by_side_and_as_one(
    text: str, analysis: str, apart: tuple[str, ...], joined: str
) -> None:
    planned = read(text, analysis)
    assert isinstance(planned, Disjunction)
    assert [word.terms for word in planned.children if isinstance(word, Words)] == [apart, (joined,)]
    assert planned.at_least == 1


@pytest.mark.parametrize("text", ["up-to-date", "2020-21", "foo_bar", '"anti-war"', "a/b"])
def test_what_else_falls_apart_stands_side_by_side(text: str) -> None:
    assert isinstance(read(text), Words)


@pytest.mark.parametrize(
    ("text", "analysis", "typed", "other"),
    [
        ("1000", "en", "1000", ("1", "000")),
        ("Airstrikes", "en", "airstrik", ("air", "strike")),
        ("EEUU", "es", "eeuu", ("ee", "uu")),
        ("عبدالفتاح", "ar", "عبدالفتاح", ("عبد", "فتاح")),
        ("$30bn", "en", "30bn", ("30", "bn")),
        ("ONeill", "en", "oneil", ("o", "neill")),
        ("#FridaysForFuture", "en", "fridaysforfutur", ("friday", "for", "futur")),
        ("10000", "en", "10000", ("10", "000")),
        ("policia", "es", "polici", ("polic",)),
        ("qualita", "it", "qual", ("qualit",)),
        ("activite", "fr", "activit", ("activ",)),
    ],
)
def test_one_word_is_looked_for_as_it_may_be_written_elsewhere(
    text: str, analysis: str, typed: str, other: tuple[str, ...]
) -> None:
    planned = read(text, analysis)
    assert isinstance(planned, Disjunction)
    assert [word.terms for word in planned.children if isinstance(word, Words)][:2] == [(typed,), other]


def test_an_aircraft_is_looked_for_in_each_writing_and_in_the_plural() -> None:
    planned = read("F16")
    assert isinstance(planned, Disjunction)
    found = [word.terms for word in planned.children if isinstance(word, Words)]
    assert found == [("f16",), ("f", "16"), ("f16s",), ("f", "16s")]


@pytest.mark.parametrize(
    ("text", "analysis", "apart", "joined"),
    [
        ("air strikes", "en", (("air",), ("strike",)), ("airstrik",)),
        ("COP 29", "en", (("cop",), ("29",)), ("cop29",)),
        ("عبد الفتاح", "ar", (("عبد",), ("فتاح",)), ("عبدالفتاح",)),
    ],
)
def test_two_words_that_are_one_elsewhere_are_looked_for_as_that_one_too(
    text: str, analysis: str, apart: tuple[tuple[str, ...], ...], joined: tuple[str, ...]
) -> None:
    planned = read(text, analysis)
    assert isinstance(planned, Disjunction)
    both, one = planned.children[:2]
    one = one.children[0] if isinstance(one, Disjunction) else one
    assert isinstance(both, Conjunction)
    assert isinstance(one, Words)
    typed = [word.children[0] if isinstance(word, Disjunction) else word for word in both.children]
    assert [word.terms for word in typed if isinstance(word, Words)] == list(apart)
    assert one.terms == joined


@pytest.mark.parametrize("text", ["new bridge", "title:air strike", "air -strike", '"air strike"', "the 29"])
def test_other_words_stay_two(text: str) -> None:
    assert not {"airstrik", "newbridg", "the29"} & set(re.findall(r"\w+", repr(read(text))))


@pytest.mark.parametrize("text", ["2024", "1984", "A320", "BBC", "police", "5"])
def test_words_of_one_piece_have_no_other_way(text: str) -> None:
    assert isinstance(read(text), Words)


def test_korean_is_looked_for_without_its_particles() -> None:
    planned = read("미사일을", "und")
    assert isinstance(planned, Disjunction)
    assert [word.terms for word in planned.children if isinstance(word, Words)][1] == ("미사", "사일")


@pytest.mark.parametrize(("text", "found"), [("İzmir'den", ("izmir",)), ("Kur'an", ("kur", "an"))])
def test_turkish_names_are_looked_for_without_what_follows_their_apostrophe(text: str, found: tuple[str, ...]) -> None:
    planned = read(text, "tr")
    assert isinstance(planned, Words)
    assert planned.terms == found


def test_in_a_description_each_of_the_two_is_a_word() -> None:
    planned = read("large anti-war protest london")
    assert isinstance(planned, Disjunction)
    found = [word.terms for word in planned.children if isinstance(word, Words)]
    assert found == [("larg",), ("anti",), ("war",), ("protest",), ("london",)]
