"""One search on one snapshot of the embedded index."""

from __future__ import annotations

from typing import Any

import tantivy

from indexer.engines.embedded_query import search_query, total
from indexer.engines.embedded_schema import stored_document
from indexer.engines.highlighting import highlights
from indexer.engines.plan import plan
from indexer.fields import FIELDS, Kind
from indexer.languages import analysis_of
from news.index import FacetCount, Hit, SearchRequest, SearchResult, Sort
from news.query import Query

_FACET_CANDIDATES = 1000  # values counted before the most frequent are taken in a stable order


def run_search(searcher: tantivy.Searcher, schema: tantivy.Schema, request: SearchRequest) -> SearchResult:
    """The answer; raises ValueError when the index lacks a field the request names."""
    query = search_query(searcher, schema, request)
    found = searcher.search(query, max(1, request.limit), offset=request.offset, **_order(request.sort))
    scored = request.sort is Sort.RELEVANCE
    addresses = found.hits if request.limit else []
    return SearchResult(
        total=total(found),
        hits=tuple(
            _hit(stored_document(searcher.doc(address)), score if scored else None, request)
            for score, address in addresses
        ),
        facets={name: _facet(searcher, query, name, request.facet_size) for name in request.facets},
    )


def _order(sort: Sort) -> dict[str, Any]:
    """tantivy puts articles without the field last in both directions."""
    if sort is Sort.RELEVANCE:
        return {}
    return {
        "order_by_field": "published_at",
        "order": tantivy.Order.Desc if sort is Sort.NEWEST else tantivy.Order.Asc,
    }


def _hit(document: dict[str, Any], score: float | None, request: SearchRequest) -> Hit:
    return Hit(
        id=document["id"],
        score=score,
        fields={name: value for name, value in document.items() if FIELDS[name].in_hits},
        highlights=_highlights(document, request.query) if request.highlight else {},
    )


def _highlights(document: dict[str, Any], query: Query) -> dict[str, tuple[str, ...]]:
    analysis = analysis_of(document.get("language"))
    texts = {name: document[name] for name, field in FIELDS.items() if field.kind is Kind.TEXT and name in document}
    return highlights(texts, plan(query, analysis), analysis)


def _facet(searcher: tantivy.Searcher, query: tantivy.Query, name: str, size: int) -> tuple[FacetCount, ...]:
    if name not in FIELDS or not FIELDS[name].facet:
        raise ValueError(f"{name!r} is not a facet")
    candidates = max(size, _FACET_CANDIDATES)
    counted = searcher.aggregate(
        query, {"values": {"terms": {"field": name, "size": candidates, "segment_size": 10 * candidates}}}
    )
    counts = [FacetCount(value=str(b["key"]), count=int(b["doc_count"])) for b in counted["values"]["buckets"]]
    return tuple(sorted(counts, key=lambda found: (-found.count, found.value))[:size])
