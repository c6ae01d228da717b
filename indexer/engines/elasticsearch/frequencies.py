"""How frequent words are in the index, as the server says; it is asked for a word at most every FREQUENCY_SECONDS."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Hashable, Mapping
from typing import Any, Generic, TypeVar

from indexer.analysis.languages import ANALYSIS_CODES
from indexer.engines.crowds import main_field
from indexer.engines.elasticsearch.mapping import ANALYSIS, PLAIN
from indexer.engines.elasticsearch.query import Json, index_field
from indexer.engines.foreign import Spelling, Spread
from indexer.engines.plan import Words
from indexer.engines.remembered import Remembered
from news.query.tree import TEXT_FIELDS

FREQUENCY_SECONDS = 60.0  # a choice: shares of a large index hardly change
Value = TypeVar("Value")
_REMEMBERED = 10_000  # words
_EVERYTHING = "everything"  # remembered beside the words


class _Fresh(Generic[Value]):
    """What was asked lately."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._known: Remembered[tuple[float, Value]] = Remembered(_REMEMBERED)

    def recall(self, key: Hashable) -> Value | None:
        found = self._known.recall(key)
        return found[1] if found and self._clock() - found[0] <= FREQUENCY_SECONDS else None

    def remember(self, key: Hashable, value: Value) -> None:
        self._known.remember(key, (self._clock(), value))


class KnownFrequencies:
    """The `crowds.Frequencies` of an index. Safe to share by threads."""

    def __init__(self, search: Callable[..., Any], *, clock: Callable[[], float] = time.monotonic) -> None:
        """`search` asks the server."""
        self._search = search
        self._counts = _Fresh[int](clock)
        self._spreads = _Fresh[Spread](clock)

    @property
    def article_count(self) -> int:
        """The number of articles, including removed ones."""
        known = self._counts.recall(_EVERYTHING)
        if known is None:
            known = int(self._search(size=0, track_total_hits=True)["hits"]["total"]["value"])
            self._counts.remember(_EVERYTHING, known)
        return known

    def counts(self, words: Collection[Words]) -> Mapping[Words, int]:
        """The number of articles that each of them is in."""
        counts = {word: known for word in words if (known := self._counts.recall(word)) is not None}
        return counts | self._asked([word for word in words if word not in counts])

    def spreads(self, spellings: Collection[Spelling]) -> Mapping[Spelling, Spread]:
        """How many articles of each analysis have each of these."""
        fresh = {each: known for each in spellings if (known := self._spreads.recall(each)) is not None}
        return fresh | self._asked_spreads([each for each in spellings if each not in fresh])

    def _asked(self, words: list[Words]) -> dict[Words, int]:
        if not words:
            return {}
        filters = [{"term": {index_field(main_field(word)): {"value": word.terms[0]}}} for word in words]
        answer = self._search(size=0, track_total_hits=False, aggs={"words": {"filters": {"filters": filters}}})
        buckets = answer["aggregations"]["words"]["buckets"]
        counts = {word: int(bucket["doc_count"]) for word, bucket in zip(words, buckets, strict=True)}
        for word, count in counts.items():
            self._counts.remember(word, count)
        return counts

    def _asked_spreads(self, spellings: list[Spelling]) -> dict[Spelling, Spread]:
        if not spellings:
            return {}
        filters = [_written(each) for each in spellings]
        by_analysis = {"terms": {"field": ANALYSIS, "size": len(ANALYSIS_CODES)}}
        answer = self._search(
            size=0,
            track_total_hits=False,
            query={"bool": {"filter": {"bool": {"should": filters}}}},
            aggs={"words": {"filters": {"filters": filters}, "aggs": {ANALYSIS: by_analysis}}},
        )
        buckets = answer["aggregations"]["words"]["buckets"]
        spreads: dict[Spelling, Spread] = {
            spelling: {each["key"]: int(each["doc_count"]) for each in bucket[ANALYSIS]["buckets"]}
            for spelling, bucket in zip(spellings, buckets, strict=True)
        }
        for spelling, spread in spreads.items():
            self._spreads.remember(spelling, spread)
        return spreads


def _written(spelling: Spelling) -> Json:
    """A query for it in any of the fields."""
    fields = [index_field(name) if spelling.is_stem else name + PLAIN for name in TEXT_FIELDS]
    return {"bool": {"should": [{"term": {field: {"value": spelling.term}}} for field in fields]}}
