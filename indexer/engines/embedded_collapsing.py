"""Leaving copies out of an answer of the embedded engine."""

from __future__ import annotations

from collections.abc import Hashable
from threading import Lock

import tantivy
from tantivy import Occur

from indexer.engines.collapsing import (
    MAX_MEMBERS,
    MEMBER_STANDINGS,
    NOTHING_HIDDEN,
    Collapse,
    collapse_of,
    collapse_unseen,
    needs_look,
)
from indexer.engines.embedded_query import total
from news.index import SearchRequest

_REMEMBERED = 256  # searches of one commit


class CollapseMemory:
    """What searches of one commit leave out: their pages, facets and timelines ask again."""

    def __init__(self) -> None:
        self._known: dict[Hashable, Collapse] = {}
        self._lock = Lock()

    def collapsed(
        self, searcher: tantivy.Searcher, schema: tantivy.Schema, query: tantivy.Query, request: SearchRequest
    ) -> tantivy.Query:
        """The query without the copies that are left out."""
        key = (request.query, request.filters, request.past)
        with self._lock:
            known = self._known.get(key)
        if known is None:
            known = _looked_up(searcher, schema, query, request)
            with self._lock:
                if len(self._known) >= _REMEMBERED:
                    del self._known[next(iter(self._known))]
                self._known[key] = known
        if not known.hidden:
            return query
        left_out = tantivy.Query.term_set_query(schema, "standing", list(known.hidden))
        if known.shown:
            shown = tantivy.Query.term_set_query(schema, "seniority", list(known.shown))
            left_out = tantivy.Query.boolean_query([(Occur.Must, left_out), (Occur.MustNot, shown)])
        return tantivy.Query.boolean_query([(Occur.Must, query), (Occur.MustNot, left_out)])


def _looked_up(
    searcher: tantivy.Searcher, schema: tantivy.Schema, query: tantivy.Query, request: SearchRequest
) -> Collapse:
    if not needs_look(request):
        return Collapse()
    members = tantivy.Query.boolean_query(
        [
            (Occur.Must, query),
            (Occur.Must, tantivy.Query.term_set_query(schema, "standing", list(MEMBER_STANDINGS))),
        ]
    )
    found = searcher.search(tantivy.Query.const_score_query(members, 0.0), MAX_MEMBERS)
    if total(found) > MAX_MEMBERS:
        return collapse_unseen(request)
    addresses = [address for _, address in found.hits]
    if not addresses:
        return NOTHING_HIDDEN  # no fast field is asked for nothing
    values = (searcher.fast_field_values(name, addresses) for name in ("cluster", "standing", "seniority"))
    return collapse_of(zip(*values, strict=True), count=len(addresses))
