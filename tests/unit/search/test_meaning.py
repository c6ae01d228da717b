"""Hits in the order of words and meaning."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pytest

from indexer.meaning import SentenceModel
from news.errors import StoreError
from news.index import Hit, Sort
from news.query.parser import parse_query
from news.vectors import by_words_and_meaning, closeness, packed
from search.meaning import Meaning, asked_words
from search.params import SearchParams

HITS = tuple(Hit(id=each, score=1.0, fields={}) for each in "abcd")


class FakeModel(SentenceModel):
    """A model for which a text means the share of its letters that are an x."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def vector(self, text: str) -> bytes:
        self.read.append(text)
        return packed([text.count("x"), len(text) - text.count("x")])


def ordered(query: str, vectors: Mapping[str, bytes], model: FakeModel | None = None) -> str:
    meaning = Meaning(
        lambda _model, ids: {each: vectors[each] for each in ids if each in vectors}, load=lambda: model or FakeModel()
    )
    return "".join(hit.id for hit in meaning.ordered(parse_query(query), HITS))


def test_what_is_closest_in_meaning_moves_forward_and_words_still_count() -> None:
    vectors = {"a": packed([0, 1]), "b": packed([0, 1]), "c": packed([1, 1]), "d": packed([1, 0])}
    assert ordered("xx", vectors) == "adcb"


def test_hits_without_a_vector_keep_their_rank() -> None:
    assert ordered("xx", {}) == "abcd"
    assert ordered("xx", {"b": packed([0, 1]), "d": packed([1, 0])}) == "abdc"
    assert by_words_and_meaning(["a", "b"], {"b": 0.1}) == ["a", "b"]


def test_a_record_that_cannot_be_read_leaves_the_order_of_words() -> None:
    def fails(_model: str, _ids: Collection[str]) -> Mapping[str, bytes]:
        raise StoreError("away")

    assert Meaning(fails, load=FakeModel).ordered(parse_query("xx"), HITS) == HITS


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("harbour tides", "harbour tides"),
        ('"high tide" -storm source:bbc title:port', "high tide port"),
        ("why do tides come twice a day in harbours", "why do tides come twice a day in harbours"),
        ("after:2026-01-01", ""),
        ('("spring tide" OR ebb) harbour~', "spring tide ebb harbour"),
    ],
)
def test_the_words_looked_for_in_texts_are_what_is_meant(query: str, words: str) -> None:
    assert asked_words(parse_query(query)) == words


def test_the_model_reads_nothing_for_a_search_without_words() -> None:
    model = FakeModel()
    assert ordered("source:bbc", {"a": packed([1, 0])}, model) == "abcd"
    assert model.read == []


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"q": "tide"}, True),
        ({"q": "tide", "page": 3}, True),
        ({"q": "tide", "page": 4}, False),  # hits 61 to 80
        ({"q": "tide", "sort": Sort.NEWEST}, False),
        ({"q": ""}, False),
        ({"q": "tide", "as_of": "2026-01-01"}, False),
        ({"q": "tide", "cursor": "abc"}, False),
    ],
)
def test_only_the_first_hits_by_relevance_are_ordered(given: dict[str, object], expected: bool) -> None:
    assert SearchParams.model_validate({**given, "meaning": True}).in_meaning_order is expected
    assert not SearchParams.model_validate(given).in_meaning_order


def test_a_packed_vector_keeps_its_direction() -> None:
    assert closeness(packed([0.5, -0.25, 0.1]), packed([1.0, -0.5, 0.2])) == pytest.approx(1, abs=0.001)
    assert closeness(packed([1, 0]), packed([0, 1])) == 0
    assert closeness(packed([0, 0]), packed([0, 1])) == 0
    assert len(packed([0.1] * 384)) == 384
