"""How frequent words are in the index, as the server says; it is asked for a word at most every FREQUENCY_SECONDS."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping
from typing import Any

from indexer.engines.crowds import main_field
from indexer.engines.elasticsearch.query import index_field
from indexer.engines.plan import Words
from indexer.engines.remembered import Remembered

FREQUENCY_SECONDS = 60.0  # a choice: shares of a large index hardly change
_REMEMBERED = 10_000  # words
_EVERYTHING = "everything"  # remembered beside the words


class KnownFrequencies:
    """The `crowds.Frequencies` of an index. Safe to share by threads."""

    def __init__(self, search: Callable[..., Any], *, clock: Callable[[], float] = time.monotonic) -> None:
        """`search` asks the server."""
        self._search = search
        self._clock = clock
        self._known: Remembered[tuple[float, int]] = Remembered(_REMEMBERED)

    @property
    def article_count(self) -> int:
        """The number of articles, including removed ones."""
        known = self._recalled(_EVERYTHING)
        if known is None:
            known = int(self._search(size=0, track_total_hits=True)["hits"]["total"]["value"])
            self._known.remember(_EVERYTHING, (self._clock(), known))
        return known

    def counts(self, words: Collection[Words]) -> Mapping[Words, int]:
        """The number of articles that each of them is in."""
        counts = {word: known for word in words if (known := self._recalled(word)) is not None}
        return counts | self._asked([word for word in words if word not in counts])

    def _recalled(self, key: Words | str) -> int | None:
        known = self._known.recall(key)
        return known[1] if known and self._clock() - known[0] <= FREQUENCY_SECONDS else None

    def _asked(self, words: list[Words]) -> dict[Words, int]:
        if not words:
            return {}
        filters = [{"term": {index_field(main_field(word)): {"value": word.terms[0]}}} for word in words]
        answer = self._search(size=0, track_total_hits=False, aggs={"words": {"filters": {"filters": filters}}})
        buckets = answer["aggregations"]["words"]["buckets"]
        counts = {word: int(bucket["doc_count"]) for word, bucket in zip(words, buckets, strict=True)}
        for word, count in counts.items():
            self._known.remember(word, (self._clock(), count))
        return counts
