"""How often words stand in Elasticsearch's index is asked for once a minute."""

from __future__ import annotations

from typing import Any

from indexer.engines.elasticsearch.frequencies import FREQUENCY_SECONDS, KnownFrequencies
from indexer.engines.foreign import Spelling
from indexer.engines.plan import Words

BRIDGE, TOLL = Words(("bridg",), ("title", "dek", "text")), Words(("toll",), ("title",))


class _Server:
    """Answers with as many articles as were asked for before."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.now = 0.0

    def search(self, **body: Any) -> dict[str, Any]:
        self.asked.append(body)
        filters = body.get("aggs", {}).get("words", {}).get("filters", {}).get("filters", [])
        languages = {"buckets": [{"key": "fr", "doc_count": len(self.asked)}]}
        buckets = [{"doc_count": len(self.asked), "analysis": languages} for _ in filters]
        return {"hits": {"total": {"value": 1000 + len(self.asked)}}, "aggregations": {"words": {"buckets": buckets}}}

    def frequencies(self) -> KnownFrequencies:
        return KnownFrequencies(self.search, clock=lambda: self.now)


def test_words_are_asked_for_together_in_the_field_that_tells() -> None:
    server = _Server()
    assert server.frequencies().counts([BRIDGE, TOLL]) == {BRIDGE: 1, TOLL: 1}
    (body,) = server.asked
    assert body["aggs"]["words"]["filters"]["filters"] == [
        {"term": {"text_terms": {"value": "bridg"}}},
        {"term": {"title_terms": {"value": "toll"}}},
    ]


def test_what_is_known_is_asked_again_after_a_minute() -> None:
    server = _Server()
    known = server.frequencies()
    assert (known.article_count, known.article_count) == (1001, 1001)
    known.counts([BRIDGE])
    server.now = FREQUENCY_SECONDS
    assert known.counts([BRIDGE, TOLL]) == {BRIDGE: 2, TOLL: 3}
    assert len(server.asked) == 3
    server.now = FREQUENCY_SECONDS + 1
    assert known.counts([BRIDGE, TOLL]) == {BRIDGE: 4, TOLL: 3}
    assert known.article_count == 1005


def test_nothing_is_asked_of_no_words() -> None:
    server = _Server()
    assert server.frequencies().counts([]) == {}
    assert server.asked == []


def test_in_which_languages_words_stand_is_asked_once_a_minute_for_all_together() -> None:
    server = _Server()
    known = server.frequencies()
    typed, stem = Spelling("port", is_stem=False), Spelling("port", is_stem=True)
    assert known.spreads([typed, stem]) == known.spreads([stem, typed]) == {typed: {"fr": 1}, stem: {"fr": 1}}
    (body,) = server.asked
    fields = [
        [next(iter(each["term"])) for each in one["bool"]["should"]]
        for one in body["aggs"]["words"]["filters"]["filters"]
    ]
    assert fields == [["title_plain", "dek_plain", "text_plain"], ["title_terms", "dek_terms", "text_terms"]]
    server.now = FREQUENCY_SECONDS + 1
    assert known.spreads([stem]) == {stem: {"fr": 2}}
    assert known.spreads([]) == {}
    assert len(server.asked) == 2
