"""Continuing after a hit of the embedded engine, however far down it is.

In order of date, a position is the date and how many articles with exactly that date came before, so articles published
meanwhile shift nothing. In order of relevance it is a count of hits, because tantivy cannot begin at a score.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import tantivy
from tantivy import Occur

from indexer.engines.embedded.query import count, dated_query
from indexer.engines.embedded.schema import microseconds
from news.errors import EngineError
from news.index import Hit, Position, SearchRequest, Sort

_UNDATED = -(2**63)  # stands for a missing date


@dataclass(frozen=True, slots=True)
class Start:
    """Where a page begins: at this many hits into the matches of a query."""

    query: tantivy.Query
    offset: int


def start_of(schema: tantivy.Schema, query: tantivy.Query, request: SearchRequest) -> Start:
    """Where the request's page begins. Raises EngineError for a position that this engine did not give."""
    if request.after is None:
        return Start(query, request.offset)
    numbers = [value for value in request.after if isinstance(value, int)]
    if request.sort.is_scored and len(numbers) == len(request.after) == 1:
        return Start(query, numbers[0])
    if not request.sort.is_scored and len(numbers) == len(request.after) == 2:
        return Start(_and(query, _from(schema, request.sort, numbers[0])), numbers[1])
    raise EngineError("this position was given by another engine; begin the search again")


def position_after(
    searcher: tantivy.Searcher,
    schema: tantivy.Schema,
    query: tantivy.Query,
    request: SearchRequest,
    start: Start,
    hits: Sequence[Hit],
) -> Position | None:
    """The position of the last of the hits; None without hits."""
    if not hits:
        return None
    end = start.offset + len(hits)
    if request.sort.is_scored:
        return (end,)
    dates = [_date(hit, request.sort) for hit in hits]
    last = dates[-1]
    if request.after is not None:
        return (last, end if last == request.after[0] else dates.count(last))
    if dates[0] != last:
        return (last, dates.count(last))
    return (last, end - count(searcher, _before(schema, query, request.sort, last)))


def _date(hit: Hit, sort: Sort) -> int:
    moment = hit.fields.get(sort.moment)
    return microseconds(datetime.fromisoformat(moment)) if moment else _UNDATED


def _from(schema: tantivy.Schema, sort: Sort, date: int) -> tantivy.Query:
    """A query for the articles of this date and those after it in the order."""
    undated = _undated(schema, sort)
    if date == _UNDATED:
        return undated
    bounds = (None, date + 1) if sort.is_descending else (date, None)
    dated = dated_query(schema, *bounds, name=sort.moment)
    return tantivy.Query.boolean_query([(Occur.Should, dated), (Occur.Should, undated)])


def _before(schema: tantivy.Schema, query: tantivy.Query, sort: Sort, date: int) -> tantivy.Query:
    """A query for the matches that come before those of this date in the order."""
    if date == _UNDATED:
        return _and(query, dated_query(schema, None, None, name=sort.moment))
    bounds = (date + 1, None) if sort.is_descending else (None, date)
    return _and(query, dated_query(schema, *bounds, name=sort.moment))


def _undated(schema: tantivy.Schema, sort: Sort) -> tantivy.Query:
    dated = dated_query(schema, None, None, name=sort.moment)
    return tantivy.Query.boolean_query([(Occur.Must, tantivy.Query.all_query()), (Occur.MustNot, dated)])


def _and(query: tantivy.Query, condition: tantivy.Query) -> tantivy.Query:
    return tantivy.Query.boolean_query([(Occur.Must, query), (Occur.Must, condition)])
