"""One search on one snapshot of the embedded index."""

from __future__ import annotations

from typing import Any

import tantivy

from indexer.engines.embedded_counts import published_span, timeline
from indexer.engines.embedded_position import position_after, start_of
from indexer.engines.embedded_query import search_query, total
from indexer.engines.embedded_reader import Snapshot
from indexer.engines.embedded_schema import stored_document
from indexer.engines.highlighting import document_highlights
from indexer.engines.plan import plan
from indexer.fields import given_back
from indexer.languages import analysis_of
from news.index import Hit, SearchRequest, SearchResult, Sort


def run_search(snapshot: Snapshot, request: SearchRequest) -> SearchResult:
    """The answer; raises ValueError when the index lacks a field the request names."""
    searcher = snapshot.searcher
    query = search_query(searcher, snapshot.schema, request)
    if request.collapse:
        query = snapshot.collapse_memory.collapsed(searcher, snapshot.schema, query, request)
    start = start_of(snapshot.schema, query, request)
    found = searcher.search(start.query, max(1, request.limit), offset=start.offset, **_order(request.sort))
    addresses = found.hits if request.limit else []
    scored = request.sort.is_scored
    hits = tuple(
        _hit(stored_document(searcher.doc(address)), score if scored else None, request) for score, address in addresses
    )
    return SearchResult(
        total=total(found if start.query is query else searcher.search(query, 1)),
        hits=hits,
        facets=snapshot.facet_memory.facets(searcher, query, request) if request.facets else {},
        after=position_after(searcher, snapshot.schema, query, request, start, hits) if request.positions else None,
        span=published_span(searcher, query) if request.span else None,
        timeline=timeline(searcher, query, request.timeline) if request.timeline else (),
    )


def _order(sort: Sort) -> dict[str, Any]:
    """tantivy puts articles without the field last in both directions."""
    if sort.is_scored:
        return {}
    return {
        "order_by_field": "published_at",
        "order": tantivy.Order.Desc if sort is Sort.NEWEST else tantivy.Order.Asc,
    }


def _hit(document: dict[str, Any], score: float | None, request: SearchRequest) -> Hit:
    return Hit(
        id=document["id"],
        score=score,
        fields=given_back(document, with_text=request.with_text),
        highlights=_highlights(document, request) if request.highlight else {},
    )


def _highlights(document: dict[str, Any], request: SearchRequest) -> dict[str, tuple[str, ...]]:
    analysis = analysis_of(document.get("language"))
    return document_highlights(document, plan(request.query, analysis), analysis)
