"""Did you mean: which words of a query are looked at."""

from __future__ import annotations

import pytest

from news.index import Hit, SearchRequest, SearchResult
from news.query.tree import Fuzzy
from search.spelling import corrected

ARTICLE = Hit(id="1", score=None, fields={"title": "Titel und Hamburg", "dek": "moved", "text": ""})


def search(request: SearchRequest) -> SearchResult:
    """An index in which no word stands as it is typed, and every one is like those of one article."""
    hits = (ARTICLE,) if isinstance(request.query, Fuzzy) else ()
    return SearchResult(total=len(hits), hits=hits)


@pytest.mark.parametrize(
    "query", ["changed:title", "is:removed", "is:(removed OR live)", "tag:hamborg", "source:hamborg"]
)
def test_what_a_field_holds_is_no_misspelt_word(query: str) -> None:
    assert corrected(query, search) is None


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
    assert corrected(query, search) == likelier
