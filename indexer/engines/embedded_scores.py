"""Query plans as tantivy query objects that score what they find; see scoring.py."""

from __future__ import annotations

from collections.abc import Sequence

import tantivy
from tantivy import Occur

from indexer.engines.embedded_query import Translator, any_of, const
from indexer.engines.embedded_schema import LEAD
from indexer.engines.plan import Any, Begins, Plan, Resembles, Words
from indexer.engines.readings import Readings
from indexer.engines.scoring import BLEND_STEP, LEAD_BOOST, TIE_BREAKER, WORD_BONUS, blend_dates, has_lead
from news.index import SearchRequest


def scored_query(schema: tantivy.Schema, request: SearchRequest, readings: Readings) -> tantivy.Query:
    """What finds the articles of `matching_query` with their scores."""
    return _Scorer(schema).search(request, readings)


def loose_query(schema: tantivy.Schema, request: SearchRequest, readings: Readings) -> tantivy.Query | None:
    """The same and besides, with the same scores to the last bit, what holds too few words of a description.

    That takes three fifths of the time. None where nothing is a description.
    """
    scorer = _Scorer(schema, loose=True)
    query = scorer.search(request, readings)
    return query if scorer.loosened else None


class _Scorer(Translator):
    def __init__(self, schema: tantivy.Schema, *, loose: bool = False) -> None:
        super().__init__(schema)
        self._loose = loose
        self.loosened = False  # whether something was translated more loosely than it is meant

    def _recent(self, request: SearchRequest) -> list[tuple[Occur, tantivy.Query]]:
        published = (self._published(since, None) for since in blend_dates(request))
        return [(Occur.Should, const(one, BLEND_STEP)) for one in published]

    def _excluded(self, child: Plan) -> tantivy.Query:
        return self._matching(child)

    def _several(self, children: Sequence[Plan], at_least: int) -> tantivy.Query:
        """Each of them counts; which articles have enough of them is found without scores."""
        scored = [self._one_of_several(child) for child in children]
        if self._loose or at_least == 1:
            self.loosened |= at_least > 1
            return any_of(scored)
        enough = (Occur.Must, const(self._matching(Any(tuple(children), at_least))))
        return tantivy.Query.boolean_query([enough, *((Occur.Should, one) for one in scored)])

    def _one_of_several(self, child: Plan) -> tantivy.Query:
        bonus = const(tantivy.Query.all_query(), WORD_BONUS)
        return tantivy.Query.boolean_query([(Occur.Must, self.translated(child)), (Occur.Should, bonus)])

    def _in_fields(self, planned: Words | Begins | Resembles) -> tantivy.Query:
        """The best field counts, the others less; a word in the lead counts a little more."""
        parts = self._alternatives(planned)
        if has_lead(planned):
            parts.append(tantivy.Query.boost_query(self._term(LEAD, planned.terms[0]), LEAD_BOOST))
        return parts[0] if len(parts) == 1 else tantivy.Query.disjunction_max_query(parts, TIE_BREAKER)

    def _matching(self, planned: Plan) -> tantivy.Query:
        """What finds it, without scores."""
        return Translator(self._schema).translated(planned)
