"""Conversion between the parameters people use and the request an engine takes; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from news.index import VALUE_FILTERS, FacetCount, Filters, Hit, SearchRequest
from news.query.errors import QuerySyntaxError
from news.query.parser import parse_query, parse_strict
from news.query.tree import Query
from news.times import as_utc
from search.cursor import read_cursor
from search.highlight import to_html
from search.params import FILTERS_OF_VALUES, MAX_DEPTH, SearchedFor, SearchParams, end_of, start_of
from search.results import FoundArticle

# Authors match by every name of the byline, but only people are offered: agencies and the site's own name are not.
FACET_FIELDS = {name: VALUE_FILTERS[filter_name] for name, filter_name in FILTERS_OF_VALUES.items()} | {
    "author": "people"
}
FACET_SIZE = 30
EXPORT_PAGE = 1000  # articles in memory at a time


def search_request(params: SearchParams, *, now: datetime) -> SearchRequest:
    """The engine's request for one page of hits, with the facets that no filter narrows.

    Raises QuerySyntaxError if the search is strict, and BadRequest for a cursor of another search.
    """
    parse = parse_strict if params.strict else parse_query
    return SearchRequest(
        query=parse(params.q, now=now),
        filters=filters_of(params),
        sort=params.effective_sort,
        now=now.replace(minute=0, second=0, microsecond=0),  # within the hour a cursor continues in the same order
        offset=params.offset,
        limit=params.size,
        facets=tuple(field for name, field in FACET_FIELDS.items() if not getattr(params, name)),
        facet_size=FACET_SIZE,
        highlight=bool(params.q),
        after=read_cursor(params, params.cursor) if params.cursor is not None else None,
        positions=params.cursor is not None or params.offset + params.size >= MAX_DEPTH // params.size * params.size,
        span=params.timeline,
        collapse=params.collapse,
    )


def doubt_of(query: str, *, now: datetime) -> str | None:
    """Where a query does not mean what it looks like and is read as plain words; None when it does.

    >>> doubt_of("title:(tides", now=datetime(2026, 11, 28))
    'at character 7: this ( is never closed; add )'
    """
    try:
        parse_strict(query, now=now)
    except QuerySyntaxError as error:
        return str(error)
    return None


def filters_of(wanted: SearchedFor) -> Filters:
    """What every hit must satisfy."""
    values: dict[str, Any] = {filter_name: getattr(wanted, name) for name, filter_name in FILTERS_OF_VALUES.items()}
    return Filters(
        **values,
        published_from=start_of(wanted.published_from) if wanted.published_from else None,
        published_to=end_of(wanted.published_to) if wanted.published_to else None,
    )


def timeline_request(request: SearchRequest, edges: tuple[datetime, ...]) -> SearchRequest:
    """The request that counts the same search's matches between the edges."""
    return replace(_counting(request), timeline=edges)


def export_request(request: SearchRequest, *, with_text: bool) -> SearchRequest:
    """The request for the first part of everything the same search finds."""
    return replace(_counting(request), limit=EXPORT_PAGE, positions=True, with_text=with_text)


def unfiltered_request(request: SearchRequest) -> SearchRequest:
    """The request that counts the same query's matches without filters."""
    return replace(_counting(request), filters=Filters())


def byline_request(request: SearchRequest, query: Query) -> SearchRequest:
    """The request that counts another query's matches with the same filters."""
    return replace(_counting(request), query=query)


def _counting(request: SearchRequest) -> SearchRequest:
    """The same search without hits, facets and highlights."""
    return replace(
        request, offset=0, limit=0, after=None, facets=(), highlight=False, positions=False, span=False, timeline=()
    )


def facet_request(request: SearchRequest, name: str) -> SearchRequest:
    """The request for one narrowed facet, counted as if its own filter were off, so that more can be chosen."""
    own_filter_off: dict[str, Any] = {FILTERS_OF_VALUES[name]: ()}
    return replace(_counting(request), filters=replace(request.filters, **own_filter_off), facets=(FACET_FIELDS[name],))


def fold_spellings(counts: Iterable[FacetCount]) -> tuple[FacetCount, ...]:
    """Merge values that differ only in case, adding up their counts under the most frequent spelling."""
    folded: dict[str, FacetCount] = {}
    for one in sorted(counts, key=lambda each: -each.count):
        key = one.value.casefold()
        known = folded.get(key)
        folded[key] = replace(known, count=known.count + one.count) if known else one
    return tuple(sorted(folded.values(), key=lambda each: (-each.count, each.value)))


def found_article(hit: Hit, source_names: Mapping[str, str]) -> FoundArticle:
    """A hit as it is shown."""
    fields = hit.fields
    source_id = str(fields.get("source") or "")
    return FoundArticle(
        id=hit.id,
        url=str(fields.get("url") or ""),
        title=str(fields.get("title") or ""),
        dek=fields.get("dek") or None,
        authors=tuple(fields.get("authors") or ()),
        people=tuple(fields.get("people") or ()),
        agencies=tuple(fields.get("agencies") or ()),
        section=fields.get("section") or None,
        source_id=source_id,
        source_name=source_names.get(source_id, source_id),
        language=fields.get("language") or None,
        removed_at=moment_of(fields.get("removed_at")),
        published_at=moment_of(fields.get("published_at")),
        published_day_only=bool(fields.get("published_day_only")),
        changed=tuple(fields.get("changed") or ()),
        fetched_at=moment_of(fields.get("fetched_at")),
        score=hit.score,
        highlights={name: tuple(map(to_html, fragments)) for name, fragments in hit.highlights.items() if fragments},
    )


def moment_of(value: Any) -> datetime | None:
    """A time of a hit's fields in UTC. Engines return a datetime or ISO 8601 text."""
    if not value:
        return None
    return as_utc(value if isinstance(value, datetime) else datetime.fromisoformat(value))
