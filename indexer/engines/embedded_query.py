"""Query plans and filters as tantivy query objects; no text of a user ever reaches a query parser."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

import tantivy
from tantivy import Occur

from indexer.engines.embedded_schema import ANALYSIS, FOLDED, LIVE, PLAIN, WORDS, microseconds
from indexer.engines.plan import All, Any, Begins, Everything, Exclude, Plan, Value, Words, fold_value, plan
from indexer.engines.scoring import TIE_BREAKER
from indexer.fields import FIELDS, Kind
from indexer.languages import ANALYSIS_CODES
from news.index import Filters
from news.query import Query

_EARLIEST, _LATEST = -(2**63), 2**63 - 1


def search_query(schema: tantivy.Schema, query: Query, filters: Filters) -> tantivy.Query:
    """What finds the live articles that match the query and the filters."""
    return _Translator(schema).search(query, filters)


def live_query(schema: tantivy.Schema, ids: Sequence[str] | None = None) -> tantivy.Query:
    """Every article, or those of these ids, without the marks of removed ones."""
    live = tantivy.Query.term_query(schema, LIVE, True)
    if ids is None:
        return live
    return _all([live, tantivy.Query.term_set_query(schema, "id", list(ids))])


def total(found: tantivy.SearchResult) -> int:
    """How many documents a search matched."""
    return int(found.count)  # type: ignore[attr-defined]  # it is there, tantivy's stubs forget it


def plans_by_analysis(query: Query) -> dict[Plan | None, list[str]]:
    """The distinct readings of a query, each with the analyses that read it so."""
    readings: dict[Plan | None, list[str]] = {}
    for analysis in ANALYSIS_CODES:
        readings.setdefault(plan(query, analysis), []).append(analysis)
    return readings


class _Translator:
    def __init__(self, schema: tantivy.Schema) -> None:
        self._schema = schema

    def search(self, query: Query, filters: Filters) -> tantivy.Query:
        conditions = [self._term(LIVE, True), *self._filters(filters)]
        unscored = [tantivy.Query.const_score_query(condition, 0.0) for condition in conditions]
        return _all([self._readings(query), *unscored])

    def _readings(self, query: Query) -> tantivy.Query:
        """Each article in the reading of its own language."""
        readings = plans_by_analysis(query)
        if len(readings) == 1:
            return self._optional(next(iter(readings)))
        parts = []
        for planned, analyses in readings.items():
            spoken = tantivy.Query.term_set_query(self._schema, ANALYSIS, analyses)
            parts.append(_all([self._optional(planned), tantivy.Query.const_score_query(spoken, 0.0)]))
        return _any(parts)

    def _optional(self, planned: Plan | None) -> tantivy.Query:
        return self._plan(planned) if planned else tantivy.Query.empty_query()

    def _plan(self, planned: Plan) -> tantivy.Query:
        match planned:
            case Everything():
                return tantivy.Query.const_score_query(tantivy.Query.all_query(), 0.0)
            case Words() | Begins():
                return self._in_fields(planned)
            case Value(name=name, value=value, prefix=prefix):
                return self._begins(name + FOLDED, value) if prefix else self._term(name + FOLDED, value)
            case All(children=children):
                return _all([self._plan(child) for child in children])
            case Any(children=children, at_least=at_least):
                return _any([self._plan(child) for child in children], at_least)
            case Exclude(child=child):
                return tantivy.Query.boolean_query(
                    [(Occur.Must, self._plan(Everything())), (Occur.MustNot, self._plan(child))]
                )

    def _in_fields(self, planned: Words | Begins) -> tantivy.Query:
        """The best field counts, the others a little; a headline's match outweighs the body's."""
        parts = []
        for name in planned.fields:
            text = FIELDS[name].kind is Kind.TEXT
            if isinstance(planned, Begins):
                found = self._begins(name + (PLAIN if text else WORDS), planned.start)
            else:
                found = self._words(name if text else name + WORDS, planned)
            parts.append(tantivy.Query.boost_query(found, FIELDS[name].weight))
        return parts[0] if len(parts) == 1 else tantivy.Query.disjunction_max_query(parts, TIE_BREAKER)

    def _words(self, name: str, planned: Words) -> tantivy.Query:
        if len(planned.terms) == 1:  # tantivy panics on a phrase of one word
            return self._term(name, planned.terms[0])
        return tantivy.Query.phrase_query(self._schema, name, list(planned.terms), planned.slop)

    def _begins(self, name: str, start: str) -> tantivy.Query:
        return tantivy.Query.fuzzy_term_query(self._schema, name, start, distance=0, prefix=True)

    def _term(self, name: str, value: str | bool) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, name, value)

    def _filters(self, filters: Filters) -> Iterable[tantivy.Query]:
        folded = {
            "source": filters.sources,
            "section": filters.sections,
            "language": filters.languages,
            "authors": filters.authors,
        }
        for name, values in folded.items():
            if values:
                yield tantivy.Query.term_set_query(self._schema, name + FOLDED, [fold_value(value) for value in values])
        if filters.published_from or filters.published_to:
            yield self._published(filters.published_from, filters.published_to)

    def _published(self, start: datetime | None, end: datetime | None) -> tantivy.Query:
        return tantivy.Query.range_query(
            self._schema,
            "published_at",
            tantivy.FieldType.Integer,
            microseconds(start) if start else _EARLIEST,
            microseconds(end) if end else _LATEST,
            include_upper=end is None,
        )


def _all(parts: Sequence[tantivy.Query]) -> tantivy.Query:
    return tantivy.Query.boolean_query([(Occur.Must, part) for part in parts])


def _any(parts: Sequence[tantivy.Query], at_least: int = 1) -> tantivy.Query:
    return tantivy.Query.boolean_query([(Occur.Should, part) for part in parts], minimum_number_should_match=at_least)
