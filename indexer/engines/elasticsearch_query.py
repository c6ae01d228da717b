"""Query plans and filters as Elasticsearch queries; no text of a user ever reaches a query parser."""

from __future__ import annotations

from datetime import datetime
from typing import Any as Anything

from indexer.engines.elasticsearch_mapping import ANALYSIS, FOLDED, LEAD, LIVE, PLAIN, TERMS, WORDS
from indexer.engines.plan import (
    All,
    Any,
    Begins,
    Dated,
    Everything,
    Exclude,
    Plan,
    Resembles,
    Value,
    Words,
    fold_value,
    readings_of,
)
from indexer.engines.scoring import LEAD_WEIGHT, TIE_BREAKER, WORD_BONUS, has_lead
from indexer.fields import FIELDS, Kind
from news.index import Filters, SearchRequest, Sort

Json = dict[str, Anything]
_ORDERS: dict[Sort, list[Json]] = {
    Sort.RELEVANCE: [{"_score": "desc"}, {"id": "asc"}],
    Sort.NEWEST: [{"published_at": {"order": "desc", "missing": "_last"}}, {"id": "asc"}],
    Sort.OLDEST: [{"published_at": {"order": "asc", "missing": "_last"}}, {"id": "asc"}],
}


def search_body(request: SearchRequest) -> Json:
    """The body of one search."""
    return {
        "query": {"bool": {"must": _readings(request), "filter": _filters(request.filters)}},
        "sort": _ORDERS[request.sort],
        "from_": request.offset,
        "size": request.limit,
        "track_total_hits": True,
        "source": [name for name, field in FIELDS.items() if field.in_hits or field.kind is Kind.TEXT],
        "aggs": {name: {"terms": {"field": name, "size": request.facet_size}} for name in request.facets},
    }


def _readings(request: SearchRequest) -> Json:
    """Each article in the reading of its own language."""
    readings = readings_of(request)
    if len(readings) == 1:
        return _optional(next(iter(readings)))
    parts = [
        {"bool": {"must": _optional(planned), "filter": {"terms": {ANALYSIS: analyses}}}}
        for planned, analyses in readings.items()
    ]
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
        case Dated(start=start, end=end):
            return {"bool": {"filter": _published(start, end)}}
        case All(children=children):
            return {"bool": {"must": [_translated(child) for child in children]}}
        case Any(children=children, at_least=at_least):
            should = [_one_of_several(child) for child in children]
            return {"bool": {"should": should, "minimum_should_match": at_least}}
        case Exclude(child=child):
            return {"bool": {"must": {"match_all": {"boost": 0.0}}, "must_not": _translated(child)}}


def _one_of_several(child: Plan) -> Json:
    return {"bool": {"must": _translated(child), "should": {"match_all": {"boost": WORD_BONUS}}}}


def _in_fields(planned: Words | Begins | Resembles) -> Json:
    """The best field counts, the others less; a word in the lead counts a little more."""
    parts = [_in_field(name, planned) for name in planned.fields]
    best = parts[0] if len(parts) == 1 else {"dis_max": {"queries": parts, "tie_breaker": TIE_BREAKER}}
    if not has_lead(planned):
        return best
    return {"bool": {"must": best, "should": {"term": {LEAD: {"value": planned.terms[0], "boost": LEAD_WEIGHT}}}}}


def _in_field(name: str, planned: Words | Begins | Resembles) -> Json:
    text = FIELDS[name].kind is Kind.TEXT
    plain = name + (PLAIN if text else WORDS)
    match planned:
        case Begins(start=start):
            return {"prefix": {plain: {"value": start}}}
        case Resembles(word=word, edits=edits):
            return {"fuzzy": {plain: {"value": word, "fuzziness": edits, "rewrite": "constant_score"}}}
        case Words(terms=terms, slop=slop):
            index_field = name + (TERMS if text else WORDS)
            if len(terms) == 1:
                return {"term": {index_field: {"value": terms[0]}}}
            return {"match_phrase": {index_field: {"query": " ".join(terms), "slop": slop}}}


def _published(start: datetime | None, end: datetime | None) -> Json:
    bounds = {"gte": start, "lt": end}
    given = {name: moment.isoformat() for name, moment in bounds.items() if moment}
    return {"range": {"published_at": given}} if given else {"exists": {"field": "published_at"}}


def _filters(filters: Filters) -> list[Json]:
    chosen: list[Json] = [{"term": {LIVE: True}}]
    folded = {
        "source": filters.sources,
        "section": filters.sections,
        "language": filters.languages,
        "authors": filters.authors,
    }
    chosen += [
        {"terms": {name + FOLDED: [fold_value(value) for value in values]}} for name, values in folded.items() if values
    ]
    if filters.published_from or filters.published_to:
        chosen.append(_published(filters.published_from, filters.published_to))
    return chosen
