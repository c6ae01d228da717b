"""Words of a short query side by side count more, where finding out costs little."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pytest

from indexer.engines.foreign import Spelling, Spread
from indexer.engines.neighbours import MOST_READ
from indexer.engines.plan import Conjunction, Disjunction, Plan, Words
from indexer.engines.readings import readings_of
from news.index import SearchRequest, Sort
from news.query.parser import parse_query

COUNTS = {"white": MOST_READ + 1, "hous": MOST_READ, "said": 500_000, "year": 200_000}


class _Index:
    def __init__(self, article_count: int) -> None:
        self.article_count = article_count

    def counts(self, words: Collection[Words]) -> Mapping[Words, int]:
        return {word: COUNTS.get(word.terms[0], 5) for word in words}

    def spreads(self, spellings: Collection[Spelling]) -> Mapping[Spelling, Spread]:
        raise AssertionError("an index of one language is not asked in which its words stand")


def verbatim(text: str, article_count: int = 1_000_000, sort: Sort = Sort.RELEVANCE) -> tuple[str, ...] | None:
    request = SearchRequest(query=parse_query(text), sort=sort)
    (planned,) = readings_of(request, ["en"], _Index(article_count)).plans
    return _verbatim(planned)


def _verbatim(planned: Plan | None) -> tuple[str, ...] | None:
    match planned:
        case Conjunction(verbatim=Words(terms=terms)):
            return terms
        case Conjunction(children=children) | Disjunction(children=children):
            return next((found for child in children if (found := _verbatim(child))), None)
        case _:
            return None


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("white house", ("white", "hous")),
        ("bank of scotland", ("bank", "of", "scotland")),
        ("white house -football after:2026-01-01", ("white", "hous")),
        ("world health organization", ("world", "health", "organiz")),  # which has another name
        ("house", None),
        ("the house", None),
        ("white F-16", None),  # of two words itself
        ("white OR house", None),
    ],
)
def test_two_or_three_words_are_also_looked_for_side_by_side(text: str, terms: tuple[str, ...] | None) -> None:
    assert verbatim(text) == terms


def test_common_words_are_not_unless_the_index_is_small() -> None:
    assert verbatim("said year") is None
    assert verbatim("said year", article_count=2000) == ("said", "year")


def test_by_date_the_place_of_words_does_not_matter() -> None:
    assert verbatim("white house", sort=Sort.NEWEST) is None
