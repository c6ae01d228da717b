"""What is shown where nothing matches: the looser forms of a query, and the first of them that finds something."""

from __future__ import annotations

import pytest

from news.index import Filters, Hit, SearchRequest, SearchResult, Sort
from news.query.parser import parse_query
from news.query.tree import AllOf, AnyOf, Description, Not, Query, Term
from search.suggestions.nearest import loosened, nearest

FOUND = Hit(id="1", score=1.0, fields={})


def test_words_may_stand_in_a_byline_then_most_of_them_are_enough_then_any() -> None:
    anywhere, most, some = loosened(parse_query("jane roe telescope"))
    assert isinstance(anywhere, AllOf)
    assert all(isinstance(child, AnyOf) for child in anywhere.children)
    assert Term("roe", "authors") in anywhere.children[1].children  # type: ignore[union-attr]
    jane, roe, telescope = map(Term, ("jane", "roe", "telescope"))
    assert most == AnyOf((AllOf((jane, roe)), AllOf((jane, telescope)), AllOf((roe, telescope))))
    assert some == AnyOf((Term("jane"), Term("roe"), Term("telescope")))


def test_operators_stay_required() -> None:
    for query in list(loosened(parse_query("storm tanker -oil source:gazette")))[1:]:
        assert isinstance(query, AllOf)
        assert set(query.children[1:]) == {Not(Term("oil")), Term("gazette", "source")}


def test_a_phrase_becomes_its_words() -> None:
    assert AnyOf((Term("storm"), Term("tanker"))) in list(loosened(parse_query('"storm tanker"')))
    words = tuple(map(Term, ("one", "two", "three", "four", "storm", "tanker")))
    assert Description(words) in list(loosened(parse_query('one two three four "storm tanker"')))


@pytest.mark.parametrize("text", ["", "source:gazette", "-storm", "storm OR tanker", "storm*", "https://a.example/b"])
def test_what_has_no_plain_words_has_no_looser_form(text: str) -> None:
    assert not list(loosened(parse_query(text)))


def test_the_first_form_that_finds_something_is_asked_with_the_same_filters() -> None:
    asked: list[SearchRequest] = []

    def search(request: SearchRequest) -> SearchResult:
        asked.append(request)
        found = isinstance(request.query, AnyOf)
        return SearchResult(total=int(found), hits=(FOUND,) * found)

    filters = Filters(sources=("gazette",))
    request = SearchRequest(query=parse_query("storm tanker"), filters=filters, sort=Sort.NEWEST, facets=("source",))
    assert nearest(request, None, search) == (FOUND,)
    assert [each.filters for each in asked] == [filters, filters]
    assert {each.sort for each in asked} == {Sort.RELEVANCE}


def test_nothing_is_near_where_no_word_is_known() -> None:
    request = SearchRequest(query=parse_query("storm tanker"))
    assert nearest(request, None, lambda _request: SearchResult(total=0)) == ()


def test_a_description_that_found_nothing_is_not_asked_again() -> None:
    described: Query = parse_query("one two three four")
    assert described not in list(loosened(described))
    anywhere = next(loosened(described))
    assert isinstance(anywhere, AllOf)
    assert len(anywhere.children) == 4


def test_a_word_with_hyphens_becomes_its_pieces() -> None:
    assert AnyOf((Term("storm"), Term("tanker"))) in list(loosened(parse_query("storm-tanker")))


def test_what_a_likelier_query_finds_comes_first() -> None:
    other = Hit(id="2", score=1.0, fields={})

    def search(request: SearchRequest) -> SearchResult:
        is_likelier = request.query == parse_query("storm tanker")
        hits = (other,) if is_likelier else (FOUND, other) if isinstance(request.query, AnyOf) else ()
        return SearchResult(total=len(hits), hits=hits)

    request = SearchRequest(query=parse_query("strom tanker"))
    assert nearest(request, parse_query("storm tanker"), search) == (other, FOUND)
