"""A query is read in the languages that may be found, and not in others."""

from __future__ import annotations

import pytest

from indexer.engines.readings import wanted_analyses
from news.index import Filters, SearchRequest
from news.query.parser import parse_query

HELD = ("de", "en", "hr", "und")


@pytest.mark.parametrize(
    ("query", "languages", "analyses"),
    [
        ("bridge", (), HELD),
        ("bridge", ("de",), ("de",)),
        ("bridge", ("DE-at", "sr"), ("de", "hr")),
        ("bridge", ("ja",), ("und",)),
        ("bridge", ("tr",), ()),
        ("lang:en bridge", (), ("en",)),
        ('lang:"en"', (), ("en",)),
        ("lang:en bridge", ("de",), ()),
        ("lang:en OR bridge", (), HELD),
        ("-lang:en bridge", (), HELD),
        ("lang:en* bridge", (), HELD),
    ],
)
def test_only_languages_that_may_be_found_are_read(
    query: str, languages: tuple[str, ...], analyses: tuple[str, ...]
) -> None:
    request = SearchRequest(query=parse_query(query), filters=Filters(languages=languages))
    assert tuple(wanted_analyses(request, HELD)) == analyses
