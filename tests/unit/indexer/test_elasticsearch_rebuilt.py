"""A search whose index a rebuild drops in the middle is asked again, and a part of the shards is no answer."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from elasticsearch import ApiError, Elasticsearch

from config.settings import EngineSettings
from indexer.engines.elasticsearch.engine import ElasticsearchEngine
from news.errors import EngineError, EngineUnavailable
from news.index import SearchRequest

WHOLE = {"total": 3, "failed": 0}
PART = {"total": 3, "failed": 1}


def refusal(status: int) -> ApiError:
    return ApiError("refused", meta=SimpleNamespace(status=status), body={})  # type: ignore[arg-type]


def searched(monkeypatch: pytest.MonkeyPatch, *answers: Any) -> int:
    """Search with a server that answers so; the total."""
    left = iter([{"_shards": WHOLE, "aggregations": {"analysis": {"buckets": []}}}, *answers])

    def search(client: Elasticsearch, **body: Any) -> Any:
        answer = next(left)
        if isinstance(answer, ApiError):
            raise answer
        return Answer(answer)

    monkeypatch.setattr(Elasticsearch, "search", search)
    engine = ElasticsearchEngine(EngineSettings(kind="elasticsearch", elasticsearch_url="http://127.0.0.1:9"))
    found = engine.search(SearchRequest(collapse=False))
    engine.close()
    assert list(left) == []
    return found.total


class Answer(dict[str, Any]):
    @property
    def body(self) -> dict[str, Any]:
        return dict(self)


def answer(shards: dict[str, int]) -> dict[str, Any]:
    return {"_shards": shards, "hits": {"total": {"value": 7}, "hits": []}}


@pytest.mark.parametrize("first", [refusal(404), refusal(503), answer(PART)], ids=["before", "in the middle", "a part"])
def test_a_dropped_index_is_asked_again(monkeypatch: pytest.MonkeyPatch, first: Any) -> None:
    assert searched(monkeypatch, first, answer(WHOLE)) == 7


def test_a_part_of_the_shards_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(EngineUnavailable, match="1 of the index's 3 shards"):
        searched(monkeypatch, answer(PART), answer(PART))


def test_a_wrong_request_is_not_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(EngineError, match="refused"):
        searched(monkeypatch, refusal(400))
