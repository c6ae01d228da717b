"""Query plans and filters as Elasticsearch queries; no text of a user ever reaches a query parser."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

from indexer.engines.elasticsearch.mapping import ANALYSIS, FOLDED, LEAD, LIVE, PLAIN, TERMS, WORDS
from indexer.engines.foreign import FOREIGN_WEIGHT
from indexer.engines.plan import (
    Begins,
    Conjunction,
    Dated,
    Disjunction,
    Everything,
    Exclude,
    Plan,
    Resembles,
    Value,
    Words,
    fold_value,
)
from indexer.engines.readings import Readings
from indexer.engines.scoring import BLEND_STEP, LEAD_BOOST, TIE_BREAKER, WORD_BONUS, blend_dates, has_lead
from indexer.fields import FIELDS, Field, Kind
from news.index import Filters, SearchRequest, Sort

Json = dict[str, Any]
SHARD_FACET_SIZE = 1000  # values that each shard counts, so that the sums over several shards are right
SPAN, TIMELINE = "span_", "timeline_"
SEARCH_SECONDS = 10  # the server gives up a search that takes longer
_ORDERS: dict[Sort, list[Json]] = {
    Sort.RELEVANCE: [{"_score": "desc"}, {"id": "asc"}],
    Sort.BLEND: [{"_score": "desc"}, {"id": "asc"}],
    Sort.NEWEST: [{"published_at": {"order": "desc", "missing": "_last"}}, {"id": "asc"}],
    Sort.OLDEST: [{"published_at": {"order": "asc", "missing": "_last"}}, {"id": "asc"}],
    Sort.EDITED: [{"fetched_at": {"order": "desc"}}, {"id": "asc"}],
}


def matching(request: SearchRequest, readings: Readings) -> Json:
    """The query for the live articles that match the request in these readings."""
    query = {"must": _readings(readings), "filter": _filters(request.filters)}
    recent = [
        {"constant_score": {"filter": _dated(since, None), "boost": BLEND_STEP}} for since in blend_dates(request)
    ]
    return {"bool": {**query, "should": recent} if recent else query}


def search_body(request: SearchRequest, query: Json) -> Json:
    """The body of one search; its query is that of `matching`."""
    body: Json = {
        "query": query,
        "sort": _ORDERS[request.sort],
        "size": request.limit,
        "track_total_hits": True,
        "source": [name for name, field in FIELDS.items() if field.in_hits or _needed(field, request)],
        "aggs": _counts(request),
        "timeout": f"{SEARCH_SECONDS}s",
    }
    if request.after is None:
        return {**body, "from_": request.offset}
    return {**body, "search_after": list(request.after)}


def _needed(field: Field, request: SearchRequest) -> bool:
    return field.kind is Kind.TEXT and (request.highlight or request.with_text)


def _counts(request: SearchRequest) -> Json:
    """Facets, and the span and the timeline of published_at; their names cannot be those of fields."""
    sizes = {"size": request.facet_size, "shard_size": max(SHARD_FACET_SIZE, request.facet_size)}
    counts: Json = {name: {"terms": {"field": name, **sizes}} for name in request.facets}
    if request.span:
        counts[SPAN] = {"stats": {"field": "published_at"}}
    if len(request.timeline) > 1:
        ranges = [{"from": start.isoformat(), "to": end.isoformat()} for start, end in pairwise(request.timeline)]
        counts[TIMELINE] = {"date_range": {"field": "published_at", "ranges": ranges}}
    return counts


def _readings(readings: Readings) -> Json:
    """Each article in the reading of its own language."""
    if len(readings.plans) == 1 and not readings.foreign:
        return _optional(next(iter(readings.plans)))
    parts = []
    for planned, analyses, is_foreign in readings.by_weight():
        spoken: Json = {"must": _optional(planned), "filter": {"terms": {ANALYSIS: analyses}}}
        parts.append({"bool": {**spoken, "boost": FOREIGN_WEIGHT} if is_foreign else spoken})
    return {"bool": {"should": parts, "minimum_should_match": 1}}


def _optional(planned: Plan | None) -> Json:
    return _translated(planned) if planned else {"match_none": {}}


def _translated(planned: Plan) -> Json:
    match planned:
        case Everything():
            return {"match_all": {"boost": 0.0}}
        case Words() | Begins() | Resembles():
            return _in_fields(planned)
        case Value(name=name, value=value, prefix=prefix):
            return {"prefix" if prefix else "term": {name + FOLDED: {"value": value}}}
        case Dated(start=start, end=end, name=name):
            return {"bool": {"filter": _dated(start, end, name)}}
        case Conjunction(children=children, verbatim=verbatim):
            wanted = _every(children)
            return {"bool": {"must": wanted, "should": _translated(verbatim)}} if verbatim else wanted
        case Disjunction():
            return _several(planned)
        case Exclude():
            return _every((planned,))


def _every(children: Sequence[Plan]) -> Json:
    """A query for all of these, with everything they exclude in one clause."""
    wanted = [child for child in children if not isinstance(child, Exclude)] or [Everything()]
    excluded = [_translated(child.child) for child in children if isinstance(child, Exclude)]
    must = {"must": [_translated(child) for child in wanted]}
    return {"bool": {**must, "must_not": excluded} if excluded else must}


def _several(planned: Disjunction) -> Json:
    should = [_one_of_several(child) for child in planned.children]
    enough: Json = {"bool": {"should": should, "minimum_should_match": planned.at_least}}
    verbatim = [_translated(planned.verbatim)] if planned.verbatim else []
    if not planned.aside:
        return {"bool": {"must": enough, "should": verbatim}} if verbatim else enough
    if planned.rare:
        beside = {"bool": {"must": [_one_of(planned.rare), _one_of(planned.aside)]}}
        enough = {"bool": {"should": [enough, beside], "minimum_should_match": 1}}
    return {"bool": {"filter": enough, "should": [*should, *map(_translated, planned.aside), *verbatim]}}


def _one_of(children: Sequence[Plan]) -> Json:
    return {"bool": {"should": [_translated(child) for child in children], "minimum_should_match": 1}}


def _one_of_several(child: Plan) -> Json:
    return {"bool": {"must": _translated(child), "should": {"match_all": {"boost": WORD_BONUS}}}}


def _in_fields(planned: Words | Begins | Resembles) -> Json:
    """Score by the best field, others counting less; a word in the lead counts a little more."""
    parts = [_in_field(name, planned) for name in planned.fields]
    if has_lead(planned):
        parts.append({"term": {LEAD: {"value": planned.terms[0], "boost": LEAD_BOOST}}})
    return parts[0] if len(parts) == 1 else {"dis_max": {"queries": parts, "tie_breaker": TIE_BREAKER}}


def _in_field(name: str, planned: Words | Begins | Resembles) -> Json:
    text = FIELDS[name].kind is Kind.TEXT
    plain = name + (PLAIN if text else WORDS)
    match planned:
        case Begins(start=start):
            return {"prefix": {plain: {"value": start}}}
        case Resembles(word=word, edits=edits):
            return {"fuzzy": {plain: {"value": word, "fuzziness": edits, "rewrite": "constant_score"}}}
        case Words(terms=terms, slop=slop):
            if len(terms) == 1:
                return {"term": {index_field(name): {"value": terms[0]}}}
            return {"match_phrase": {index_field(name): {"query": " ".join(terms), "slop": slop}}}


def index_field(name: str) -> str:
    """The index's field of a field's words."""
    return name + (TERMS if FIELDS[name].kind is Kind.TEXT else WORDS)


def _dated(start: datetime | None, end: datetime | None, name: str = "published_at") -> Json:
    bounds = {"gte": start, "lt": end}
    given = {name: moment.isoformat() for name, moment in bounds.items() if moment}
    return {"range": {name: given}} if given else {"exists": {"field": name}}


def _filters(filters: Filters) -> list[Json]:
    chosen: list[Json] = [{"term": {LIVE: True}}]
    chosen += [
        {"terms": {name + FOLDED: [fold_value(value) for value in values]}}
        for name, values in filters.values_by_field().items()
    ]
    if filters.published_from or filters.published_to:
        chosen.append(_dated(filters.published_from, filters.published_to))
    if filters.first_seen_until:
        chosen.append({"range": {"first_seen_at": {"lte": filters.first_seen_until.isoformat()}}})
    return chosen
