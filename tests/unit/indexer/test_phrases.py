"""Queries with many phrases of words that most articles have."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import pairwise

import pytest

from indexer.engines.phrases import QueryTooCostly, check_phrases
from indexer.engines.plan import Words
from indexer.engines.planner import plan
from news.query.parser import parse_query

COMMON = ["to", "the", "said", "of", "and", "in", "that", "for", "with", "from"]


@dataclass(frozen=True)
class _Index:
    article_count: int = 1_000_000

    def counts(self, words: Collection[Words]) -> Mapping[Words, int]:
        return {word: 800_000 if word.terms[0] in COMMON else 500 for word in words}


def check(text: str, index: _Index | None = None) -> None:
    check_phrases([plan(parse_query(text), "und")], index or _Index())


MANY = [f'"{one} {other}"' for one, other in pairwise(COMMON)]


@pytest.mark.parametrize(
    "text", [" OR ".join(MANY), " ".join(f"-{phrase}" for phrase in MANY), f"wheat ({' OR '.join(MANY)})"]
)
def test_many_phrases_of_common_words_are_refused(text: str) -> None:
    with pytest.raises(QueryTooCostly, match="most articles"):
        check(text)


@pytest.mark.parametrize(
    "text",
    [
        " OR ".join(MANY[:3]),
        " OR ".join(f'"{word} wheat"' for word in COMMON),
        f"wheat {' '.join(MANY)}",
        f"(wheat {MANY[0]}) OR (wheat -{MANY[1]}) OR {MANY[2]} OR {MANY[3]}",
    ],
)
def test_few_phrases_and_those_beside_a_rare_word_are_asked(text: str) -> None:
    check(text)


def test_a_small_index_is_asked_anything() -> None:
    check(" OR ".join(MANY), _Index(1000))
