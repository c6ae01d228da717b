"""One search on one snapshot of the embedded index."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import tantivy

from indexer.engines.embedded_counts import Counts
from indexer.engines.embedded_position import position_after, start_of
from indexer.engines.embedded_query import search_query, total
from indexer.engines.embedded_reader import Snapshot
from indexer.engines.embedded_schema import stored_document
from indexer.engines.highlighting import Highlighter
from indexer.fields import given_back
from news.index import Hit, SearchRequest, SearchResult, Sort


def run_search(snapshot: Snapshot, request: SearchRequest) -> SearchResult:
    """The answer; raises ValueError when the index lacks a field the request names."""
    searcher = snapshot.searcher
    query = search_query(searcher, snapshot.schema, request)
    if request.collapse:
        query = snapshot.collapse_memory.collapsed(searcher, snapshot.schema, query, request)
    counts = snapshot.count_memory.counts(searcher, query, request)
    if request.limit == 0 and counts.total is not None:
        return _result(counts.total, counts)
    start = start_of(snapshot.schema, query, request)
    found = searcher.search(start.query, max(1, request.limit), offset=start.offset, **_order(request.sort))
    addresses = found.hits if request.limit else []
    highlighter = Highlighter(request.query)
    hits = tuple(
        _hit(stored_document(searcher.doc(address)), score, request, highlighter) for score, address in addresses
    )
    matched = total(found if start.query is query else searcher.search(query, 1))
    after = position_after(searcher, snapshot.schema, query, request, start, hits) if request.positions else None
    return replace(_result(matched, counts), hits=hits, after=after)


def _result(matched: int, counts: Counts) -> SearchResult:
    return SearchResult(total=matched, facets=counts.facets, span=counts.span, timeline=counts.timeline)


def _order(sort: Sort) -> dict[str, Any]:
    """tantivy puts articles without the field last in both directions."""
    if sort.is_scored:
        return {}
    return {
        "order_by_field": "published_at",
        "order": tantivy.Order.Desc if sort is Sort.NEWEST else tantivy.Order.Asc,
    }


def _hit(document: dict[str, Any], score: float, request: SearchRequest, highlighter: Highlighter) -> Hit:
    return Hit(
        id=document["id"],
        score=score if request.sort.is_scored else None,
        fields=given_back(document, with_text=request.with_text),
        highlights=highlighter.marked(document) if request.highlight else {},
    )
