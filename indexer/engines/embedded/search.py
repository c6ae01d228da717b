"""One search on one snapshot of the embedded index."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from indexer.engines.embedded.collapsed_counts import left_out_and_counted
from indexer.engines.embedded.collapsing import without_copies
from indexer.engines.embedded.counts import Counts
from indexer.engines.embedded.hits import find_hits
from indexer.engines.embedded.index_words import readings_in
from indexer.engines.embedded.position import position_after
from indexer.engines.embedded.query import count, matching_query
from indexer.engines.embedded.reader import Snapshot
from indexer.engines.embedded.schema import stored_document
from indexer.engines.highlighting import Highlighter
from indexer.fields import given_back
from news.index import Hit, SearchRequest, SearchResult


def run_search(snapshot: Snapshot, request: SearchRequest) -> SearchResult:
    """Answer the request; raises ValueError when the index lacks a field that it names."""
    searcher, schema = snapshot.searcher, snapshot.schema
    readings = readings_in(snapshot, request)
    matching = matching_query(schema, request, readings)
    collapse, counts = left_out_and_counted(snapshot, matching, request)
    shown = without_copies(schema, matching.query, collapse)
    if request.limit == 0:
        return _result(count(searcher, shown) if counts.total is None else counts.total, counts)
    found = find_hits(snapshot, shown, collapse, request, readings, matched=counts.total)
    highlighter = Highlighter(request.query)
    hits = tuple(
        _hit(stored_document(searcher.doc(address)), score, request, highlighter) for score, address in found.hits
    )
    after = position_after(searcher, schema, shown, request, found.start, hits) if request.positions else None
    return replace(_result(found.total, counts), hits=hits, after=after)


def _result(matched: int, counts: Counts) -> SearchResult:
    return SearchResult(total=matched, facets=counts.facets, span=counts.span, timeline=counts.timeline)


def _hit(document: dict[str, Any], score: float, request: SearchRequest, highlighter: Highlighter) -> Hit:
    return Hit(
        id=document["id"],
        score=score if request.sort.is_scored else None,
        fields=given_back(document, with_text=request.with_text),
        highlights=highlighter.marked(document) if request.highlight else {},
    )
