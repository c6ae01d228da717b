"""Query plans as tantivy query objects that score what they find; see scoring.py."""

from __future__ import annotations

import tantivy
from tantivy import Occur

from indexer.engines.embedded.query import Translator, any_of, const
from indexer.engines.embedded.schema import LEAD
from indexer.engines.foreign import FOREIGN_WEIGHT
from indexer.engines.plan import Begins, Conjunction, Disjunction, Plan, Resembles, Words
from indexer.engines.readings import Readings
from indexer.engines.scoring import BLEND_STEP, LEAD_BOOST, TIE_BREAKER, WORD_BONUS, blend_dates, has_lead
from news.index import SearchRequest


def scored_query(schema: tantivy.Schema, request: SearchRequest, readings: Readings) -> tantivy.Query:
    """A query for the articles of `matching_query`, with their scores."""
    return _Scorer(schema).search(request, readings)


def loose_query(schema: tantivy.Schema, request: SearchRequest, readings: Readings) -> tantivy.Query | None:
    """A looser query that also finds articles with too few words of a description; scores are the same to the last bit.

    It takes three fifths of the time. None if there is no description.
    """
    if not any(planned and _needs_several(planned) for planned in readings.plans):
        return None
    scorer = _Scorer(schema, loose=True)
    query = scorer.search(request, readings)
    return query if scorer.loosened else None


class _Scorer(Translator):
    def __init__(self, schema: tantivy.Schema, *, loose: bool = False) -> None:
        super().__init__(schema)
        self._loose = loose
        self.loosened = False  # whether anything was translated more loosely than meant

    def _readings(self, readings: Readings) -> tantivy.Query:
        if not readings.foreign:
            return super()._readings(readings)
        parts = []
        for planned, analyses, is_foreign in readings.by_weight():
            spoken = self._spoken(planned, analyses)
            parts.append(tantivy.Query.boost_query(spoken, FOREIGN_WEIGHT) if is_foreign else spoken)
        return any_of(parts)

    def _recent(self, request: SearchRequest) -> list[tuple[Occur, tantivy.Query]]:
        published = (self._dated(since, None) for since in blend_dates(request))
        return [(Occur.Should, const(one, BLEND_STEP)) for one in published]

    def _excluded(self, child: Plan) -> tantivy.Query:
        return self._matching(child)

    def _all(self, planned: Conjunction) -> tantivy.Query:
        found = super()._all(planned)
        if planned.verbatim is None:
            return found
        return tantivy.Query.boolean_query([(Occur.Must, found), (Occur.Should, self.translated(planned.verbatim))])

    def _several(self, planned: Disjunction) -> tantivy.Query:
        """Score each of them; which articles have enough of them is found without scores."""
        scored = [self._one_of_several(child) for child in planned.children]
        verbatim = [(Occur.Should, self.translated(planned.verbatim))] if planned.verbatim else []
        if planned.at_least == len(scored) and not planned.rare:
            found = tantivy.Query.boolean_query([*((Occur.Must, one) for one in scored), *verbatim])
        elif self._loose or planned.at_least == 1:  # what has a description as it stands has a word of it
            self.loosened |= planned.at_least > 1
            found = tantivy.Query.boolean_query([*((Occur.Should, one) for one in scored), *verbatim])
        else:
            enough = (Occur.Must, const(self._matching(planned)))
            found = tantivy.Query.boolean_query([enough, *((Occur.Should, one) for one in scored), *verbatim])
        for word in planned.aside:  # one by one: for several at once tantivy goes through all articles
            found = tantivy.Query.boolean_query([(Occur.Must, found), (Occur.Should, self.translated(word))])
        return found

    def _one_of_several(self, child: Plan) -> tantivy.Query:
        bonus = const(tantivy.Query.all_query(), WORD_BONUS)
        return tantivy.Query.boolean_query([(Occur.Must, self.translated(child)), (Occur.Should, bonus)])

    def _in_fields(self, planned: Words | Begins | Resembles) -> tantivy.Query:
        """Score by the best field, others counting less; a word in the lead counts a little more."""
        parts = self._alternatives(planned)
        if has_lead(planned):
            parts.append(tantivy.Query.boost_query(self._term(LEAD, planned.terms[0]), LEAD_BOOST))
        return parts[0] if len(parts) == 1 else tantivy.Query.disjunction_max_query(parts, TIE_BREAKER)

    def _matching(self, planned: Plan) -> tantivy.Query:
        """A query for it, without scores."""
        return Translator(self._schema).translated(planned)


def _needs_several(planned: Plan) -> bool:
    """Whether more than one of several words must be there, anywhere in the plan."""
    match planned:
        case Conjunction(children=children) | Disjunction(children=children, at_least=1):
            return any(map(_needs_several, children))
        case Disjunction():
            return True
        case _:
            return False
