"""Query plans and filters as tantivy query objects; no text of a user ever reaches a query parser."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import tantivy
from tantivy import Occur

from indexer.engines.embedded.schema import ANALYSIS, FOLDED, LIVE, PLAIN, WORDS, microseconds
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
from indexer.fields import FIELDS, Kind
from news.index import Filters, SearchRequest

_EARLIEST, _LATEST = -(2**63), 2**63 - 1


@dataclass(frozen=True, slots=True)
class Matching:
    """A query for the live articles that match a request's query and filters, without scores."""

    query: tantivy.Query
    is_slow: bool  # another pass costs more than what is done with each match


def matching_query(schema: tantivy.Schema, request: SearchRequest, readings: Readings) -> Matching:
    """A query for what the request matches."""
    translator = Translator(schema)
    return Matching(translator.search(request, readings), translator.is_slow)


def index_field(name: str) -> str:
    """The index's field of a field's words."""
    return name if FIELDS[name].kind is Kind.TEXT else name + WORDS


def live_query(schema: tantivy.Schema, ids: Sequence[str] | None = None) -> tantivy.Query:
    """A query for every live article, or those with these ids."""
    live = tantivy.Query.term_query(schema, LIVE, True)
    if ids is None:
        return live
    return all_of([live, tantivy.Query.term_set_query(schema, "id", list(ids))])


def count(searcher: tantivy.Searcher, query: tantivy.Query) -> int:
    """The number of documents a query finds, without scores."""
    return total(searcher.search(const(query), 1))


def total(found: tantivy.SearchResult) -> int:
    """The number of documents a search matched."""
    return int(found.count)  # type: ignore[attr-defined]  # it exists, tantivy's stubs lack it


class Translator:
    """Translates plans into queries that find matches, as fast as tantivy can without scores."""

    def __init__(self, schema: tantivy.Schema) -> None:
        self._schema = schema
        self.is_slow = False  # whether a description or a phrase was translated

    def search(self, request: SearchRequest, readings: Readings) -> tantivy.Query:
        """The whole request."""
        wanted = [self._readings(readings), *(const(one) for one in self._filters(request.filters))]
        removed = (Occur.MustNot, self._term(LIVE, False))
        return tantivy.Query.boolean_query([*((Occur.Must, one) for one in wanted), removed, *self._recent(request)])

    def _recent(self, request: SearchRequest) -> list[tuple[Occur, tantivy.Query]]:
        """What counts besides the words."""
        return []

    def _readings(self, readings: Readings) -> tantivy.Query:
        """Each article in the reading of its own language."""
        if len(readings.plans) == 1:
            return self._optional(next(iter(readings.plans)))
        return any_of([self._spoken(planned, analyses) for planned, analyses in readings.plans.items()])

    def _spoken(self, planned: Plan | None, analyses: Iterable[str]) -> tantivy.Query:
        """A plan in articles of these analyses."""
        spoken = any_of([tantivy.Query.term_query(self._schema, ANALYSIS, one, "basic") for one in analyses])
        return all_of([self._optional(planned), const(spoken)])

    def _optional(self, planned: Plan | None) -> tantivy.Query:
        return self.translated(planned) if planned else tantivy.Query.empty_query()

    def translated(self, planned: Plan) -> tantivy.Query:
        """A plan, or a part of one."""
        match planned:
            case Everything():
                return const(tantivy.Query.all_query())
            case Words() | Begins() | Resembles():
                return self._in_fields(planned)
            case Value(name=name, value=value, prefix=prefix):
                return self._begins(name + FOLDED, value) if prefix else self._term(name + FOLDED, value)
            case Dated(start=start, end=end, name=name):
                return const(self._dated(start, end, name))
            case Conjunction():
                return self._all(planned)
            case Disjunction():
                return self._several(planned)
            case Exclude():
                return self._every((planned,))

    def _all(self, planned: Conjunction) -> tantivy.Query:
        return self._every(planned.children)

    def _every(self, children: Sequence[Plan]) -> tantivy.Query:
        """A query for all of these, with one exclusion: each exclusion by itself would go through everything."""
        wanted = [child for child in children if not isinstance(child, Exclude)] or [Everything()]
        excluded = [child.child for child in children if isinstance(child, Exclude)]
        return tantivy.Query.boolean_query(
            [
                *((Occur.Must, self.translated(child)) for child in wanted),
                *((Occur.MustNot, self._excluded(child)) for child in excluded),
            ]
        )

    def _excluded(self, child: Plan) -> tantivy.Query:
        return self.translated(child)

    def _several(self, planned: Disjunction) -> tantivy.Query:
        if planned.at_least == 1:
            return self._one_of(planned.children)
        self.is_slow = True
        alternatives = [self._alternatives(child) for child in planned.children]
        if planned.at_least > 2:
            return any_of([any_of(each) for each in alternatives], planned.at_least)
        enough = [_two_of(alternatives)] if len(alternatives) > 1 else []
        if planned.rare:  # each pair by itself: tantivy would go through a list of common words as a whole
            enough += [all_of([self._one_of(planned.rare), self.translated(word)]) for word in planned.aside]
        return any_of(enough)

    def _one_of(self, children: Sequence[Plan]) -> tantivy.Query:
        return any_of([one for child in children for one in self._alternatives(child)])

    def _alternatives(self, planned: Plan) -> list[tantivy.Query]:
        """The queries for each part of it: tantivy goes through a flat list faster than a list of lists."""
        if isinstance(planned, Words | Begins | Resembles):
            return [self._in_field(name, planned) for name in planned.fields]
        return [self.translated(planned)]

    def _in_fields(self, planned: Words | Begins | Resembles) -> tantivy.Query:
        return any_of(self._alternatives(planned))

    def _in_field(self, name: str, planned: Words | Begins | Resembles) -> tantivy.Query:
        text = FIELDS[name].kind is Kind.TEXT
        match planned:
            case Begins(start=start):
                return self._begins(name + (PLAIN if text else WORDS), start)
            case Resembles(word=word, edits=edits):
                plain = name + (PLAIN if text else WORDS)
                return tantivy.Query.fuzzy_term_query(self._schema, plain, word, distance=edits)
            case Words(terms=terms, slop=slop):
                if len(terms) == 1:  # tantivy panics on a phrase of one word
                    return self._term(index_field(name), terms[0])
                self.is_slow = True
                return tantivy.Query.phrase_query(self._schema, index_field(name), list(terms), slop)

    def _begins(self, name: str, start: str) -> tantivy.Query:
        return tantivy.Query.fuzzy_term_query(self._schema, name, start, distance=0, prefix=True)

    def _term(self, name: str, value: str | bool) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, name, value, "freq")  # no positions are read for a single word

    def _filters(self, filters: Filters) -> Iterable[tantivy.Query]:
        for name, values in filters.values_by_field().items():
            yield tantivy.Query.term_set_query(self._schema, name + FOLDED, [fold_value(value) for value in values])
        if filters.published_from or filters.published_to:
            yield self._dated(filters.published_from, filters.published_to)
        if filters.first_seen_until:
            until = microseconds(filters.first_seen_until)
            kind = tantivy.FieldType.Integer
            yield tantivy.Query.range_query(self._schema, "first_seen_at", kind, _EARLIEST, until)

    def _dated(self, start: datetime | None, end: datetime | None, name: str = "published_at") -> tantivy.Query:
        bounds = (microseconds(moment) if moment else None for moment in (start, end))
        return dated_query(self._schema, *bounds, name=name)


def dated_query(
    schema: tantivy.Schema, start: int | None, end: int | None, *, name: str = "published_at"
) -> tantivy.Query:
    """A query for articles published from start (inclusive) to end (exclusive), in microseconds; never undated ones."""
    return tantivy.Query.range_query(
        schema,
        name,
        tantivy.FieldType.Integer,
        _EARLIEST if start is None else start,
        _LATEST if end is None else end,
        include_upper=end is None,
    )


def const(query: tantivy.Query, score: float = 0.0) -> tantivy.Query:
    """The query, with one score for everything it finds."""
    return tantivy.Query.const_score_query(query, score)


def all_of(parts: Sequence[tantivy.Query]) -> tantivy.Query:
    """A query for what every part finds."""
    return tantivy.Query.boolean_query([(Occur.Must, part) for part in parts])


def any_of(parts: Sequence[tantivy.Query], at_least: int = 1) -> tantivy.Query:
    """A query for what at least this many parts find."""
    if len(parts) == 1:
        return parts[0]
    return tantivy.Query.boolean_query([(Occur.Should, part) for part in parts], minimum_number_should_match=at_least)


def _two_of(alternatives: Sequence[Sequence[tantivy.Query]]) -> tantivy.Query:
    """A query for what at least two parts find: one of each half, or two of a half.

    tantivy counts matching parts in a heap, article by article; this way takes three fifths of that time.
    """
    if len(alternatives) == 2:
        return all_of([any_of(each) for each in alternatives])
    middle = len(alternatives) // 2
    halves = alternatives[:middle], alternatives[middle:]
    across = all_of([any_of([one for each in half for one in each]) for half in halves])
    return any_of([across, *(_two_of(half) for half in halves if len(half) > 1)])
