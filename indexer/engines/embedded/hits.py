"""The hits of one page of the embedded engine, in the requested order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import tantivy

from indexer.engines.collapsing import Collapse
from indexer.engines.embedded.collapsing import without_copies
from indexer.engines.embedded.position import Start, start_of
from indexer.engines.embedded.query import all_of, count, total
from indexer.engines.embedded.rankings import ranking_at
from indexer.engines.embedded.reader import Snapshot
from indexer.engines.embedded.scores import loose_query, scored_query
from indexer.engines.readings import Readings
from news.index import SearchRequest, Sort

_CANDIDATES = 10  # candidates looked at for each hit, since some are copies


@dataclass(frozen=True, slots=True)
class Found:
    """A page of hits."""

    hits: Sequence[tuple[float, tantivy.DocAddress]]  # with their scores
    start: Start
    total: int  # of all matches


def find_hits(
    snapshot: Snapshot,
    shown: tantivy.Query,
    collapse: Collapse,
    request: SearchRequest,
    readings: Readings,
    *,
    matched: int | None,
) -> Found:
    """The hits of `shown`, which matches all but the copies left out; `matched` is their number, if known."""
    searcher, schema = snapshot.searcher, snapshot.schema
    is_first = request.sort is Sort.RELEVANCE and not request.offset and request.after is None
    loose = loose_query(schema, request, readings) if is_first else None
    if loose is not None:
        matched = count(searcher, shown) if matched is None else matched
        if matched >= request.limit and (best := _best(snapshot, loose, shown, collapse, request)):
            return Found(best, Start(shown, 0), matched)
    query = shown
    if request.sort.is_scored:
        query = without_copies(schema, scored_query(schema, request, readings), collapse)
    start = start_of(schema, query, request)
    if request.sort.is_scored and request.after is not None:
        ranking = ranking_at(searcher, query, request, start.offset, snapshot.rankings)
        return Found(ranking.page(start.offset, request.limit), start, ranking.total)
    found = searcher.search(start.query, request.limit, offset=start.offset, **_order(request.sort))
    if matched is None:
        matched = total(found) if start.query is query else count(searcher, shown)
    return Found(found.hits, start, matched)


def _best(
    snapshot: Snapshot, loose: tantivy.Query, shown: tantivy.Query, collapse: Collapse, request: SearchRequest
) -> Sequence[tuple[float, tantivy.DocAddress]]:
    """The first hits of a description, found by its loose query; none unless all of these match.

    The best articles hold more words than are needed, and few of them are copies, so it is enough to check these.
    """
    searcher, schema = snapshot.searcher, snapshot.schema
    candidates = searcher.search(loose, _CANDIDATES * request.limit, count=False).hits
    hits = _without_copies(searcher, candidates, collapse)[: request.limit]
    ids = [searcher.doc(address)["id"][0] for _, address in hits]
    same = count(searcher, all_of([tantivy.Query.term_set_query(schema, "id", ids), shown])) == request.limit
    return hits if same else ()


def _without_copies(
    searcher: tantivy.Searcher, hits: Sequence[tuple[float, tantivy.DocAddress]], collapse: Collapse
) -> Sequence[tuple[float, tantivy.DocAddress]]:
    """The hits that are not copies to be left out."""
    if not hits or not collapse.hidden:
        return hits
    standings, seniorities = (
        searcher.fast_field_values(name, [address for _, address in hits]) for name in ("standing", "seniority")
    )
    return [
        hit
        for hit, standing, seniority in zip(hits, standings, seniorities, strict=True)
        if standing not in collapse.hidden or seniority in collapse.shown
    ]


def _order(sort: Sort) -> dict[str, Any]:
    """Sort by the field; tantivy puts articles without it last in both directions."""
    if sort.is_scored:
        return {}
    return {
        "order_by_field": sort.moment,
        "order": tantivy.Order.Desc if sort.is_descending else tantivy.Order.Asc,
    }
