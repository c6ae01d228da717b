"""Leaving copies out of the embedded engine's answers."""

from __future__ import annotations

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
from indexer.engines.embedded.query import all_of, const, total
from news.index import SearchRequest


def looked_up(
    searcher: tantivy.Searcher,
    schema: tantivy.Schema,
    matching: tantivy.Query,
    request: SearchRequest,
    *,
    member_count: int | None = None,
) -> Collapse:
    """Decide what the search leaves out; `member_count` is how many matching articles have copies, if known."""
    if not needs_look(request):
        return Collapse()
    if member_count == 0:
        return NOTHING_HIDDEN
    if member_count is not None and member_count > MAX_MEMBERS:
        return collapse_unseen(request)
    with_copies = all_of([matching, _of_standing(schema, MEMBER_STANDINGS)])
    found = searcher.search(const(with_copies), MAX_MEMBERS)
    if total(found) > MAX_MEMBERS:
        return collapse_unseen(request)
    addresses = [address for _, address in found.hits]
    if not addresses:
        return NOTHING_HIDDEN  # without members, read no fast field
    values = (searcher.fast_field_values(name, addresses) for name in ("cluster", "standing", "seniority"))
    return collapse_of(zip(*values, strict=True), count=len(addresses))


def without_copies(schema: tantivy.Schema, query: tantivy.Query, collapse: Collapse) -> tantivy.Query:
    """Restrict the query so that these copies are left out."""
    if not collapse.hidden:
        return query
    left_out = _of_standing(schema, collapse.hidden)
    if collapse.shown:
        shown = (Occur.MustNot, _of_seniority(schema, collapse.shown))
        left_out = tantivy.Query.boolean_query([(Occur.Must, left_out), shown])
    return tantivy.Query.boolean_query([(Occur.Must, query), (Occur.MustNot, left_out)])


def shown_all_the_same(schema: tantivy.Schema, query: tantivy.Query, collapse: Collapse) -> tantivy.Query:
    """A query for the later copies that are shown all the same."""
    return all_of([query, _of_standing(schema, collapse.hidden), _of_seniority(schema, collapse.shown)])


def _of_standing(schema: tantivy.Schema, standings: tuple[int, ...]) -> tantivy.Query:
    return tantivy.Query.term_set_query(schema, "standing", list(standings))


def _of_seniority(schema: tantivy.Schema, seniorities: tuple[int, ...]) -> tantivy.Query:
    return tantivy.Query.term_set_query(schema, "seniority", list(seniorities))
