"""What is offered where nothing matches."""

from __future__ import annotations

import pytest

from news.index import Filters, SearchRequest, SearchResult
from news.query.parser import parse_query
from news.query.tree import Phrase
from search.suggestions.missed import Missed, missed

SCIENCE = Filters(sections=("Science",))


def test_where_the_filters_leave_nothing_no_other_words_are_offered() -> None:
    def search(request: SearchRequest) -> SearchResult:
        return SearchResult(total=0 if request.filters == SCIENCE else 3)  # a writer of that name among them

    asked = SearchRequest(query=parse_query("tides"), filters=SCIENCE)
    assert missed("tides", asked, search, parse_query) == Missed(unfiltered_total=3)


@pytest.mark.parametrize("filters", [SCIENCE, Filters()])
def test_a_writer_whom_the_filters_leave_is_offered(filters: Filters) -> None:
    def search(request: SearchRequest) -> SearchResult:
        is_by = isinstance(request.query, Phrase) and request.query.field == "authors"
        return SearchResult(total=2 if is_by or request.filters == Filters() != filters else 0)

    asked = SearchRequest(query=parse_query("Ayşe Kaya"), filters=filters)
    assert missed("Ayşe Kaya", asked, search, parse_query).spelling == 'author:"Ayşe Kaya"'
