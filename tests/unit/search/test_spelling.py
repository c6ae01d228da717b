"""Did you mean: which words of a query are looked at."""

from __future__ import annotations

import pytest

from news.index import Hit, SearchRequest, SearchResult
from news.query.parser import parse_query
from news.query.tree import Fuzzy
from search.spelling import Search, corrected

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
        ("source:(hamborg OR (live)) hamborg", "source:(hamborg OR (live)) hamburg"),
    ],
)
def test_words_of_texts_are(query: str, likelier: str) -> None:
    assert corrected(query, index_of("hamburg"), parse_query) == likelier


def test_of_likely_words_the_one_is_meant_with_which_something_is_found() -> None:
    assert corrected("hamborg", index_of("humborg"), parse_query) == "humborg"


def test_a_query_that_finds_nothing_either_is_not_offered() -> None:
    assert corrected("hamborg", index_of(), parse_query) is None
