"""Turning an answer of Elasticsearch into the port's result."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from indexer.engines.elasticsearch.query import SPAN, TIMELINE
from indexer.engines.highlighting import Highlighter
from indexer.fields import given_back
from news.index import FacetCount, Hit, SearchRequest, SearchResult

Json = Mapping[str, Any]


def search_result(answer: Json, request: SearchRequest) -> SearchResult:
    """The result of one search."""
    highlighter = Highlighter(request.query)
    counts, hits = answer.get("aggregations", {}), answer["hits"]["hits"]
    return SearchResult(
        total=answer["hits"]["total"]["value"],
        hits=tuple(_hit(hit, request, highlighter) for hit in hits),
        facets={name: _facet(counts[name]) for name in request.facets},
        after=tuple(hits[-1]["sort"]) if hits and request.positions else None,
        span=_span(counts[SPAN]) if request.span else None,
        timeline=tuple(bucket["doc_count"] for bucket in counts[TIMELINE]["buckets"]) if TIMELINE in counts else (),
    )


def _hit(hit: Json, request: SearchRequest, highlighter: Highlighter) -> Hit:
    source = hit["_source"]
    return Hit(
        id=hit["_id"],
        score=hit["_score"] if request.sort.is_scored else None,
        fields=given_back(source, with_text=request.with_text),
        highlights=highlighter.marked(source) if request.highlight else {},
    )


def _facet(found: Json) -> tuple[FacetCount, ...]:
    counts = [FacetCount(value=str(bucket["key"]), count=bucket["doc_count"]) for bucket in found["buckets"]]
    return tuple(sorted(counts, key=lambda count: (-count.count, count.value)))


def _span(found: Json) -> tuple[datetime, datetime] | None:
    if not found["count"]:
        return None
    return _moment(found["min"]), _moment(found["max"])


def _moment(milliseconds: float) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)
