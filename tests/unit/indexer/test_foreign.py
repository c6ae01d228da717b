"""Which languages find other words than were typed."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pytest

from indexer.engines.foreign import Spelling, Spread, foreign_analyses
from news.query.parser import parse_query

# Articles of each language with a word as it is written, and with its stem
WRITTEN: Mapping[str, Spread] = {
    "port": {"en": 60, "fr": 3},
    "ports": {"en": 22},
    "paris": {"de": 20, "en": 30, "fr": 90},
    "die": {"de": 700, "en": 50},
    "porté": {"fr": 1},
}
STEMS: Mapping[str, Spread] = {
    "port": {"de": 5, "en": 80, "fr": 170},
    "paris": {"de": 20, "en": 30, "fr": 90, "es": 1},
    "pari": {"en": 30},
    "die": {"en": 60, "de": 700},
}
ANALYSES = ("de", "en", "es", "fr")


class _Index:
    def spreads(self, spellings: Collection[Spelling]) -> Mapping[Spelling, Spread]:
        return {each: (STEMS if each.is_stem else WRITTEN).get(each.term, {}) for each in spellings}


@pytest.mark.parametrize(
    ("query", "foreign"),
    [
        ("port", {"de", "fr"}),  # French finds porte and portée
        ("ports", {"de", "fr"}),
        ('"ports"', {"de", "fr"}),
        ("port paris", {"de", "es", "fr"}),  # one word is enough
        ("port -die", {"de", "fr"}),
        ("paris", {"es"}),
        ("die", set()),  # in German a word that every sentence has
        ("porter", set()),  # nobody writes it so: then all are alike
        ("title:port", set()),
        ("port of call for grain", set()),  # a description
        ("last:7d", set()),
        ("U.S.", set()),
    ],
)
def test_a_language_is_foreign_if_hardly_any_of_what_it_finds_has_the_word_as_typed(
    query: str, foreign: set[str]
) -> None:
    assert foreign_analyses(parse_query(query), ANALYSES, _Index()) == foreign


def test_an_index_of_one_language_is_not_asked() -> None:
    assert foreign_analyses(parse_query("port"), ("fr",), None) == set()  # type: ignore[arg-type]  # nothing to ask
