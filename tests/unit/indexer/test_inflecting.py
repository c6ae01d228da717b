"""What is typed finds the forms that stemming leaves apart, and no other word's."""

from __future__ import annotations

import pytest

from indexer.engines.highlighting import highlights
from indexer.engines.plan import Disjunction, Words
from indexer.engines.planner import plan
from news.query.parser import parse_query
from news.query.tree import TEXT_FIELDS

MEET = [  # language, typed, written
    ("ar", "سعر", "بسعر"),
    ("bg", "театър", "театри"),
    ("cs", "povodeň", "povodních"),
    ("cs", "Praha", "Praze"),
    ("cs", "vítěz", "vítězové"),
    ("fa", "فرودگاهها", "فرودگاه"),
    ("fa", "جاده\u200cها", "جادهٔ"),
    ("fi", "hinta", "hintojen"),
    ("fi", "hinnat", "hintaa"),
    ("fi", "Turku", "Turussa"),
    ("fi", "lapset", "lasten"),
    ("fi", "nainen", "naisten"),
    ("fi", "puhelin", "puhelimet"),
    ("fi", "potilas", "potilaita"),
    ("fi", "lehdet", "lehtiä"),
    ("he", "בנק", "הבנקים"),
    ("he", "שביתת", "בשביתה"),
    ("hi", "डॉक्टर", "डाक्टर"),
    ("hu", "baleset", "balesetben"),
    ("hu", "Debrecen", "Debrecenben"),
    ("hu", "Firenze", "Firenzéből"),
    ("hu", "étterem", "éttermek"),
    ("id", "anak-anak", "anak"),
    ("id", "ditangkap", "penangkapan"),
    ("id", "menang", "memenangkan"),
    ("pl", "rolnik", "rolnicy"),
    ("pl", "poseł", "posłowie"),
    ("pl", "policjant", "policjanci"),
    ("pl", "święto", "świąt"),
    ("pl", "błąd", "błędy"),
    ("tr", "maasi", "maaşları"),
    ("uk", "Львів", "Львова"),
    ("uk", "мости", "міст"),
    ("uk", "село", "сіл"),
    ("uk", "музей", "музеях"),
    ("hi", "125000", "१,२५,०००"),
    ("en", "1,25,000", "125000"),
    ("en", "12500000", "1,25,00,000"),
    ("ur", "سڑک", "سڑکوں"),
    ("ur", "حملوں", "حملہ"),
    ("ur", "بچے", "بچوں"),
    ("und", "1200円", "1,200円で"),
    ("und", "1,200포인트", "1200포인트로"),
    ("und", "第3回", "の第3回大会"),
    ("und", "5人", "約5人が"),
]
APART = [
    ("ar", "مدينة", "لمدة"),
    ("cs", "les", "lesní"),
    ("fi", "Lappi", "lapsi"),
    ("id", "makan", "akan"),
    ("pl", "mecz", "meczet"),
    ("uk", "вода", "від"),
    ("uk", "сіль", "село"),
    ("ur", "حمل", "حملہ"),
    ("und", "2024年", "2024,000"),
]


def is_found(language: str, typed: str, written: str) -> bool:
    """Whether the words written are marked as what was typed."""
    return bool(highlights({"title": written}, plan(parse_query(typed), language), language))


@pytest.mark.parametrize(("language", "typed", "written"), MEET)
def test_a_form_finds_another(language: str, typed: str, written: str) -> None:
    assert is_found(language, typed, written)


@pytest.mark.parametrize(("language", "typed", "written"), APART)
def test_a_form_finds_no_other_word(language: str, typed: str, written: str) -> None:
    assert not is_found(language, typed, written)


def test_a_description_asks_for_other_forms_where_it_asks_for_most_words() -> None:
    query = parse_query("baleset Szeged pénteken autópálya")
    by_date = plan(query, "hu", by_relevance=False)
    assert isinstance(by_date, Disjunction)
    assert by_date.at_least == 3
    first = by_date.children[0]
    assert isinstance(first, Disjunction)
    assert Words(("balese",), TEXT_FIELDS) in first.children  # what balesetben is indexed as
    by_relevance = plan(query, "hu")
    assert isinstance(by_relevance, Disjunction)
    assert all(isinstance(child, Words) for child in by_relevance.children)


@pytest.mark.parametrize("language", ["ar", "bg", "fa", "he", "hi", "ru", "uk", "ur"])
def test_a_word_has_no_forms_where_other_letters_are_written(language: str) -> None:
    assert plan(parse_query("reuters"), language) == Words(("reuters",), TEXT_FIELDS)


@pytest.mark.parametrize("language", ["cs", "fi", "hu", "id"])
def test_nor_has_one_in_other_letters_where_latin_is(language: str) -> None:
    assert isinstance(plan(parse_query("Харків"), language), Words)
