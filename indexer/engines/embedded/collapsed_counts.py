"""Which copies a search of the embedded engine leaves out, and what is counted of the rest.

Both go through all matches. Where that is slow, they share one pass: counts kept apart for each standing among copies
also say how many have copies, and add up to what is shown. Where it is not, counting them apart would take longer.
"""

from __future__ import annotations

from collections.abc import Sequence

import tantivy

from indexer.engines.collapsing import MEMBER_STANDINGS, NOTHING_HIDDEN, Collapse, matching_key
from indexer.engines.embedded.collapsing import looked_up, shown_all_the_same, without_copies
from indexer.engines.embedded.counts import (
    Counts,
    Tally,
    asks_for_counts,
    counts_key,
    counts_of,
    tallied,
    tallied_by_standing,
)
from indexer.engines.embedded.query import Matching
from indexer.engines.embedded.reader import Snapshot
from news.index import SearchRequest


def left_out_and_counted(snapshot: Snapshot, matching: Matching, request: SearchRequest) -> tuple[Collapse, Counts]:
    """What is left out, and the counts asked for; raises ValueError for a name that is no facet."""
    known = snapshot.collapses.recall(matching_key(request)) if request.collapse else NOTHING_HIDDEN
    if known is None and matching.is_slow and asks_for_counts(request):
        return _in_one_pass(snapshot, matching.query, request)
    if known is None:
        known = looked_up(snapshot.searcher, snapshot.schema, matching.query, request)
        snapshot.collapses.remember(matching_key(request), known)
    if not asks_for_counts(request):
        return known, Counts()
    shown = without_copies(snapshot.schema, matching.query, known)
    counts = snapshot.counts.recall(counts_key(request))
    if counts is None:
        counts = _added_up(snapshot, [tallied(snapshot.searcher, shown, request)], request)
    return known, counts


def _in_one_pass(snapshot: Snapshot, matching: tantivy.Query, request: SearchRequest) -> tuple[Collapse, Counts]:
    searcher, schema = snapshot.searcher, snapshot.schema
    tallies = tallied_by_standing(searcher, matching, request)
    member_count = sum(tally.total for standing, tally in tallies.items() if standing in MEMBER_STANDINGS)
    collapse = looked_up(searcher, schema, matching, request, member_count=member_count)
    shown = [tally for standing, tally in tallies.items() if standing not in collapse.hidden]
    if collapse.shown:
        shown.append(tallied(searcher, shown_all_the_same(schema, matching, collapse), request))
    snapshot.collapses.remember(matching_key(request), collapse)
    return collapse, _added_up(snapshot, shown, request)


def _added_up(snapshot: Snapshot, tallies: Sequence[Tally], request: SearchRequest) -> Counts:
    counts = counts_of(tallies, request)
    snapshot.counts.remember(counts_key(request), counts)
    return counts
