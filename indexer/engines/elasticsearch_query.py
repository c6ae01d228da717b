"""Query plans and filters as Elasticsearch queries; no text of a user ever reaches a query parser."""

from __future__ import annotations

from typing import Any as Anything

from indexer.engines.elasticsearch_mapping import ANALYSIS, FOLDED, LIVE, PLAIN, TERMS, WORDS
from indexer.engines.plan import All, Any, Begins, Everything, Exclude, Plan, Value, Words, fold_value, plan
from indexer.engines.scoring import TIE_BREAKER
from indexer.fields import FIELDS, Kind
from indexer.languages import ANALYSIS_CODES
from news.index import Filters, SearchRequest, Sort
from news.query import Query

Json = dict[str, Anything]
_ORDERS: dict[Sort, list[Json]] = {
    Sort.RELEVANCE: [{"_score": "desc"}, {"id": "asc"}],
    Sort.NEWEST: [{"published_at": {"order": "desc", "missing": "_last"}}, {"id": "asc"}],
    Sort.OLDEST: [{"published_at": {"order": "asc", "missing": "_last"}}, {"id": "asc"}],
}


def search_body(request: SearchRequest) -> Json:
    """The body of one search."""
    return {
        "query": {"bool": {"must": _readings(request.query), "filter": _filters(request.filters)}},
        "sort": _ORDERS[request.sort],
        "from_": request.offset,
        "size": request.limit,
        "track_total_hits": True,
        "source": [name for name, field in FIELDS.items() if field.in_hits or field.kind is Kind.TEXT],
        "aggs": {name: {"terms": {"field": name, "size": request.facet_size}} for name in request.facets},
    }


def _readings(query: Query) -> Json:
    """Each article in the reading of its own language."""
    readings: dict[Plan | None, list[str]] = {}
    for analysis in ANALYSIS_CODES:
        readings.setdefault(plan(query, analysis), []).append(analysis)
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
        case Words() | Begins():
            return _in_fields(planned)
        case Value(name=name, value=value, prefix=prefix):
            return {"prefix" if prefix else "term": {name + FOLDED: {"value": value}}}
        case All(children=children):
            return {"bool": {"must": [_translated(child) for child in children]}}
        case Any(children=children, at_least=at_least):
            should = [_translated(child) for child in children]
            return {"bool": {"should": should, "minimum_should_match": at_least}}
        case Exclude(child=child):
            return {"bool": {"must": {"match_all": {"boost": 0.0}}, "must_not": _translated(child)}}


def _in_fields(planned: Words | Begins) -> Json:
    """The best field counts, the others a little; a headline's match outweighs the body's."""
    parts = []
    for name in planned.fields:
        boost, text = FIELDS[name].weight, FIELDS[name].kind is Kind.TEXT
        if isinstance(planned, Begins):
            parts.append({"prefix": {name + (PLAIN if text else WORDS): {"value": planned.start, "boost": boost}}})
        else:
            parts.append(_words(name + (TERMS if text else WORDS), planned, boost))
    return parts[0] if len(parts) == 1 else {"dis_max": {"queries": parts, "tie_breaker": TIE_BREAKER}}


def _words(name: str, planned: Words, boost: float) -> Json:
    if len(planned.terms) == 1:
        return {"term": {name: {"value": planned.terms[0], "boost": boost}}}
    return {"match_phrase": {name: {"query": " ".join(planned.terms), "slop": planned.slop, "boost": boost}}}


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
    bounds = {"gte": filters.published_from, "lt": filters.published_to}
    given = {name: moment.isoformat() for name, moment in bounds.items() if moment}
    return [*chosen, {"range": {"published_at": given}}] if given else chosen
