"""Query plans and filters as tantivy query objects; no text of a user ever reaches a query parser."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

import tantivy
from tantivy import Occur

from indexer.engines.embedded_schema import ANALYSIS, FOLDED, LEAD, LIVE, PLAIN, WORDS, microseconds
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
)
from indexer.engines.readings import readings_of
from indexer.engines.scoring import BLEND_STEP, LEAD_BOOST, TIE_BREAKER, WORD_BONUS, blend_dates, has_lead
from indexer.fields import FIELDS, Kind
from indexer.languages import ANALYSIS_CODES
from news.index import Filters, SearchRequest

_EARLIEST, _LATEST = -(2**63), 2**63 - 1


def search_query(searcher: tantivy.Searcher, schema: tantivy.Schema, request: SearchRequest) -> tantivy.Query:
    """What finds the live articles that match the request's query and filters."""
    analyses = [code for code in ANALYSIS_CODES if searcher.doc_freq(ANALYSIS, code)]
    return _Translator(schema, analyses).search(request)


def live_query(schema: tantivy.Schema, ids: Sequence[str] | None = None) -> tantivy.Query:
    """Every article, or those of these ids, without the marks of removed ones."""
    live = tantivy.Query.term_query(schema, LIVE, True)
    if ids is None:
        return live
    return _all([live, tantivy.Query.term_set_query(schema, "id", list(ids))])


def total(found: tantivy.SearchResult) -> int:
    """How many documents a search matched."""
    return int(found.count)  # type: ignore[attr-defined]  # it is there, tantivy's stubs forget it


class _Translator:
    def __init__(self, schema: tantivy.Schema, analyses: Sequence[str]) -> None:
        self._schema = schema
        self._analyses = analyses  # those that articles of this index have

    def search(self, request: SearchRequest) -> tantivy.Query:
        unscored = [tantivy.Query.const_score_query(one, 0.0) for one in self._filters(request.filters)]
        removed = (Occur.MustNot, self._term(LIVE, False))
        recent = [
            (Occur.Should, tantivy.Query.const_score_query(self._published(since, None), BLEND_STEP))
            for since in blend_dates(request)
        ]
        return tantivy.Query.boolean_query(
            [(Occur.Must, self._readings(request)), *((Occur.Must, one) for one in unscored), removed, *recent]
        )

    def _readings(self, request: SearchRequest) -> tantivy.Query:
        """Each article in the reading of its own language."""
        readings = readings_of(request, self._analyses)
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
            case Words() | Begins() | Resembles():
                return self._in_fields(planned)
            case Value(name=name, value=value, prefix=prefix):
                return self._begins(name + FOLDED, value) if prefix else self._term(name + FOLDED, value)
            case Dated(start=start, end=end):
                return tantivy.Query.const_score_query(self._published(start, end), 0.0)
            case All(children=children):
                return self._every(children)
            case Any(children=children, at_least=at_least):
                return _any([self._one_of_several(child) for child in children], at_least)
            case Exclude():
                return self._every((planned,))

    def _every(self, children: Sequence[Plan]) -> tantivy.Query:
        """All of them, with what they exclude taken away at once: each by itself would go through everything."""
        wanted = [child for child in children if not isinstance(child, Exclude)] or [Everything()]
        excluded = [child.child for child in children if isinstance(child, Exclude)]
        return tantivy.Query.boolean_query(
            [
                *((Occur.Must, self._plan(child)) for child in wanted),
                *((Occur.MustNot, self._plan(child)) for child in excluded),
            ]
        )

    def _one_of_several(self, child: Plan) -> tantivy.Query:
        bonus = tantivy.Query.const_score_query(tantivy.Query.all_query(), WORD_BONUS)
        return tantivy.Query.boolean_query([(Occur.Must, self._plan(child)), (Occur.Should, bonus)])

    def _in_fields(self, planned: Words | Begins | Resembles) -> tantivy.Query:
        """The best field counts, the others less; a word in the lead counts a little more."""
        parts = [self._in_field(name, planned) for name in planned.fields]
        if has_lead(planned):
            parts.append(tantivy.Query.boost_query(self._term(LEAD, planned.terms[0]), LEAD_BOOST))
        return parts[0] if len(parts) == 1 else tantivy.Query.disjunction_max_query(parts, TIE_BREAKER)

    def _in_field(self, name: str, planned: Words | Begins | Resembles) -> tantivy.Query:
        text = FIELDS[name].kind is Kind.TEXT
        match planned:
            case Begins(start=start):
                return self._begins(name + (PLAIN if text else WORDS), start)
            case Resembles(word=word, edits=edits):
                plain = name + (PLAIN if text else WORDS)
                return tantivy.Query.fuzzy_term_query(self._schema, plain, word, distance=edits)
            case Words(terms=terms, slop=slop):
                index_field = name if text else name + WORDS
                if len(terms) == 1:  # tantivy panics on a phrase of one word
                    return self._term(index_field, terms[0])
                return tantivy.Query.phrase_query(self._schema, index_field, list(terms), slop)

    def _begins(self, name: str, start: str) -> tantivy.Query:
        return tantivy.Query.fuzzy_term_query(self._schema, name, start, distance=0, prefix=True)

    def _term(self, name: str, value: str | bool) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, name, value, "freq")  # a lone word's positions are not read

    def _filters(self, filters: Filters) -> Iterable[tantivy.Query]:
        for name, values in filters.values_by_field().items():
            yield tantivy.Query.term_set_query(self._schema, name + FOLDED, [fold_value(value) for value in values])
        if filters.published_from or filters.published_to:
            yield self._published(filters.published_from, filters.published_to)
        if filters.first_seen_until:
            until = microseconds(filters.first_seen_until)
            kind = tantivy.FieldType.Integer
            yield tantivy.Query.range_query(self._schema, "first_seen_at", kind, _EARLIEST, until)

    def _published(self, start: datetime | None, end: datetime | None) -> tantivy.Query:
        return published_query(self._schema, microseconds(start) if start else None, microseconds(end) if end else None)


def published_query(schema: tantivy.Schema, start: int | None, end: int | None) -> tantivy.Query:
    """The articles published from the start on and before the end, in microseconds; undated ones never are."""
    return tantivy.Query.range_query(
        schema,
        "published_at",
        tantivy.FieldType.Integer,
        _EARLIEST if start is None else start,
        _LATEST if end is None else end,
        include_upper=end is None,
    )


def _all(parts: Sequence[tantivy.Query]) -> tantivy.Query:
    return tantivy.Query.boolean_query([(Occur.Must, part) for part in parts])


def _any(parts: Sequence[tantivy.Query], at_least: int = 1) -> tantivy.Query:
    return tantivy.Query.boolean_query([(Occur.Should, part) for part in parts], minimum_number_should_match=at_least)
