"""Names that a thing has elsewhere."""

from __future__ import annotations

import pytest

from indexer.analysis.languages import ANALYSES
from indexer.analysis.other_names import _NAMES, other_names
from indexer.engines.plan import Conjunction, Disjunction, Exclude, Plan, Resembles, Words
from indexer.engines.planner import plan
from news.query.parser import parse_query
from news.query.tree import TEXT_FIELDS


@pytest.mark.parametrize(
    ("typed", "analysis", "names"),
    [
        ("Peking", "en", ["beijing"]),
        ("beijing", "fr", ["peking", "pékin"]),
        ("PEKIN", "und", ["beijing", "peking"]),  # a name of one language leads to those of all
        ("Selenskyj", "en", ["zelensky", "zelenskyy", "zelenskiy"]),
        ("al-Qaeda", "de", ["al qaida", "al kaida"]),
        ("El Niño", "es", []),
        ("Nations Unies", "en", ["un", "uno", "united nations"]),
        ("UN", "es", ["onu", "naciones unidas"]),
        ("ONU", "fr", ["uno", "nations unies"]),  # un is in every French sentence
        ("OMS", "en", ["world health organization"]),  # and who in every English one
        ("WHO", "de", ["weltgesundheitsorganisation"]),
        ("who", "de", []),  # a word
        ("U.S.", "en", ["usa"]),
        ("United States", "en", ["us", "usa"]),
        ("us", "en", []),
        ("bridge", "en", []),
    ],
)
def test_what_a_thing_is_called_in_texts_of_a_language(typed: str, analysis: str, names: list[str]) -> None:
    assert list(other_names(typed, analysis)) == names


def test_every_line_of_the_table_names_languages_that_are_analysed() -> None:
    for line in filter(str.strip, _NAMES.split("\n")):
        first, *others = line.split("|")
        assert first.split()
        assert {part.split()[0] for part in others} <= ANALYSES.keys(), line
        assert all(len(part.split()) > 1 for part in others), line


def _terms(planned: Plan | None) -> set[str]:
    match planned:
        case Words(terms=terms):
            return {" ".join(terms)}
        case Conjunction(children=children) | Disjunction(children=children):
            return {term for child in children for term in _terms(child)}
        case Resembles(word=word):
            return {f"~{word}"}
        case _:
            return set()


@pytest.mark.parametrize(
    ("query", "analysis", "asked"),
    [
        ("Peking", "de", {"peking", "beijing"}),
        ("Peking talks", "en", {"peke", "beij", "~beijing", "talk"}),
        ('"Peking"', "de", {"peking"}),  # in quotes, as it stands
        ("Zhou Enlai", "de", {"zhou", "enlai", "chou en lai"}),
        ("visit Viet Nam", "de", {"visit", "viet", "nam", "vietnam"}),
        ("world health organization", "fr", {"world", "health", "organiz", "who", "~who", "om", "~oms"}),
        ("author:Peking", "de", {"peking"}),
        ("Gipfel in Peking mit Gästen", "de", {"gipfel", "peking", "gast"}),  # of a description a share is enough
    ],
)
def test_queries_ask_for_the_other_names(query: str, analysis: str, asked: set[str]) -> None:
    assert _terms(plan(parse_query(query), analysis)) == asked


def test_a_name_that_an_edit_replaced_by_another_was_taken_away() -> None:
    planned = plan(parse_query("removed:Kiev"), "en")
    assert isinstance(planned, Conjunction)
    assert _terms(planned.children[0]) == {"kiev"}
    assert planned.children[1] == Exclude(Words(("kiev",), TEXT_FIELDS))


def test_abbreviations_and_names_without_endings_count_as_they_are_written() -> None:
    spanish = plan(parse_query("Chennai"), "es")
    assert isinstance(spanish, Disjunction)
    assert Conjunction((Words(("madr",), TEXT_FIELDS), Resembles("madras", 0, TEXT_FIELDS))) in spanish.children
    polish = plan(parse_query("ONU"), "pl")
    assert isinstance(polish, Disjunction)
    assert Resembles("un", 0, TEXT_FIELDS) in [
        each.children[1] for each in polish.children if isinstance(each, Conjunction)
    ]
