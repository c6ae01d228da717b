"""Did you mean: which words of a query are looked at, which are longer ones, which a name."""

from __future__ import annotations

import pytest

from news.index import Hit, SearchRequest, SearchResult
from news.query.parser import parse_query
from news.query.tree import Description, Fuzzy
from search.suggestions.bylines import byline_query
from search.suggestions.parting import parted
from search.suggestions.spelling import (
    Search,
    continued,
    corrected,
    corrected_in_part,
    corrected_name,
    one_letter_away,
)
from search.suggestions.times import timed, with_times

ARTICLE = Hit(id="1", score=None, fields={"title": "Titel und Hamburg", "dek": "Humborg moved", "text": ""})


def index_of(*found: str) -> Search:
    """An index of one article, in whose words every misspelt word may be meant, and that only these words find."""

    def search(request: SearchRequest) -> SearchResult:
        is_found = isinstance(request.query, Fuzzy) or any(word in repr(request.query) for word in found)
        return SearchResult(total=int(is_found), hits=(ARTICLE,) * is_found)

    return search


@pytest.mark.parametrize(
    "query", ["changed:title", "is:removed", "is:(removed OR live)", "tag:hamborg", "source:hamborg"]
)
def test_what_a_field_holds_is_no_misspelt_word(query: str) -> None:
    assert corrected(query, index_of("hamburg"), parse_query) is None


@pytest.mark.parametrize(
    ("query", "likelier"),
    [
        ("hamborg", "hamburg"),
        ("title:hamborg", "title:hamburg"),
        ("changed:title hamborg", "changed:title hamburg"),
        ("hamborg -hamborg NOT hamborg", "hamburg -hamborg NOT hamborg"),
        ("source:(hamborg OR (live)) hamborg", "source:(hamborg OR (live)) hamburg"),
    ],
)
def test_words_of_texts_are(query: str, likelier: str) -> None:
    assert corrected(query, index_of("hamburg"), parse_query) == likelier


def test_of_likely_words_the_one_is_meant_with_which_something_is_found() -> None:
    assert corrected("hamborg", index_of("humborg"), parse_query) == "humborg"


def test_a_query_that_finds_nothing_either_is_not_offered() -> None:
    assert corrected("hamborg", index_of(), parse_query) is None


def test_a_word_that_only_longer_words_begin_with_is_offered_as_a_beginning() -> None:
    assert continued("krankenhaus -bau", index_of("Prefix(text='krankenhaus'"), parse_query) == "krankenhaus* -bau"
    assert continued("krankenhaus", index_of(), parse_query) is None
    assert continued("krankenhaus", index_of("krankenhaus"), parse_query) is None  # it is found as it is


@pytest.mark.parametrize("text", ["oil & gas", "NOT oil", "author:kaya", "kay*", "G7 leaders", "a b c d e", "($30)"])
def test_what_cannot_be_a_name_is_not_looked_for_in_bylines(text: str) -> None:
    assert byline_query(text) is None


@pytest.mark.parametrize("text", ["J. K. Rowling", "María-José Fernández", "राजेश शर्मा", "أحمد منصور", "“Ayşe Kaya”"])
def test_names_of_any_script_are(text: str) -> None:
    assert byline_query(text, least_words=2) is not None


def test_words_that_tell_a_time_are_offered_as_one_where_that_finds_something() -> None:
    assert timed("oil before 2024", index_of("Published"), parse_query) == "oil before:2024"
    assert timed("oil before 2024", index_of(), parse_query) is None
    assert timed("oil", index_of("oil"), parse_query) is None


@pytest.mark.parametrize("text", ['"oil in 2024"', "before:2024 oil", "10,2024", "A2024", "the last weekend", "todays"])
def test_other_words_tell_no_time(text: str) -> None:
    assert with_times(text) == text


@pytest.mark.parametrize(
    ("typed", "written", "language"),
    [
        ("भूकपं", "भूकंप", "hi"),  # vowel signs are no letters, and yet the word is one
        ("İstanbu", "istanbul", "tr"),
        ("زلازال", "الزلازل", "ar"),
    ],
)
def test_words_of_other_scripts_are_corrected(typed: str, written: str, language: str) -> None:
    article = Hit(id="1", score=None, fields={"title": written, "language": language})

    def search(request: SearchRequest) -> SearchResult:
        is_found = isinstance(request.query, Fuzzy) or written in repr(request.query)
        return SearchResult(total=int(is_found), hits=(article,) * is_found)

    assert corrected(typed, search, parse_query) == written


def test_what_a_description_finds_without_a_compound_does_not_show_how_to_part_it() -> None:
    def search(request: SearchRequest) -> SearchResult:
        both = all(f"text={word!r}" in repr(request.query) for word in ("ahrtal", "flut"))
        return SearchResult(total=int(both or isinstance(request.query, Description)))

    assert parted("minister rücktritt ahrtalflut", search, parse_query) == "minister rücktritt ahrtal flut"


def test_a_half_of_a_hyphened_word_is_corrected() -> None:
    assert corrected("sankt-hamborg", index_of("hamburg", "'sankt'"), parse_query) == "sankt-hamburg"


def test_a_word_is_corrected_where_another_one_stands_nowhere() -> None:
    assert corrected_in_part("hamborg fischtrawler", index_of("hamburg")) == "hamburg fischtrawler"
    assert corrected_in_part("hamburg", index_of("hamburg")) is None


def test_the_closest_articles_are_looked_for_with_words_one_letter_away() -> None:
    assert one_letter_away("mived fischtrawler", index_of("moved")) == "moved fischtrawler"  # no name: not offered
    assert one_letter_away("miveb fischtrawler", index_of("moved")) is None
    assert one_letter_away("moved", index_of("moved")) is None


def test_a_name_that_exists_is_corrected_where_the_others_stand_beside_one_spelt_like_it() -> None:
    def search(request: SearchRequest) -> SearchResult:
        written = repr(request.query)
        likes = written.count("Fuzzy") == 1 and "text='titel'" in written
        found = likes or "Term(text='hamburg', field=None), Term(text='titel'" in written
        return SearchResult(total=int(found), hits=(ARTICLE,) * found)

    assert corrected_name("humburg titel", search, parse_query) == "hamburg titel"
    assert corrected_name("humburg titel OR oil", search, parse_query) is None
    assert corrected_name("humburg", search, parse_query) is None
    assert corrected_name("mived titel", search, parse_query) is None  # "moved" is no name


def test_a_word_of_a_byline_is_not_misspelt() -> None:
    assert corrected("hamborg", index_of("hamburg", "field='authors'"), parse_query) is None


@pytest.mark.parametrize(
    ("typed", "words", "parted_as"),
    [
        ("Klimaschutzgesetz", ("Klimaschutz", "gesetz"), "Klimaschutz gesetz"),
        ("Bundestagswahl", ("Bundestag", "wahl"), "Bundestag wahl"),
        ("医師不足", ("医師", "不足"), "医師 不足"),
        ("Klimaschutzgesetz", ("Klimaschutz", "steuer"), None),
        ("Wahl", ("Wa", "hl"), None),
    ],
)
def test_a_compound_that_stands_nowhere_is_parted_where_an_article_has_both_words(
    typed: str, words: tuple[str, str], parted_as: str | None
) -> None:
    def search(request: SearchRequest) -> SearchResult:
        return SearchResult(total=int(all(f"text={word!r}" in repr(request.query) for word in words)), hits=())

    assert parted(typed, search, parse_query) == parted_as
