"""A request's query as each language of an index reads it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from indexer.analysis.languages import UNDETERMINED, analysis_of
from indexer.engines.crowds import Frequencies, described_words, may_crowd, thinned
from indexer.engines.foreign import Spreads, foreign_analyses
from indexer.engines.neighbours import without_common_phrases
from indexer.engines.past import sieve
from indexer.engines.phrases import check_phrases
from indexer.engines.plan import Plan, Plans, changed_plans
from indexer.engines.planner import plan
from news.index import SearchRequest, Sort
from news.query.tree import AllOf, Phrase, Term


@dataclass(frozen=True, slots=True)
class Readings:
    """The distinct readings of a query."""

    plans: Plans  # a plan -> the analyses whose articles it is for
    foreign: frozenset[str] = frozenset()  # of the analyses: those whose articles count less

    def by_weight(self) -> Iterator[tuple[Plan | None, Sequence[str], bool]]:
        """Each plan with the analyses that it is for, and whether it is foreign to these."""
        for planned, analyses in self.plans.items():
            for is_foreign in (False, True):
                if those := [one for one in analyses if (one in self.foreign) is is_foreign]:
                    yield planned, those, is_foreign


class IndexWords(Frequencies, Spreads, Protocol):
    """What is known of the words of an index."""


def reading_of(request: SearchRequest, analysis: str) -> Plan | None:
    """A request's query as planned for articles in this analysis."""
    return plan(request.query, analysis, by_relevance=request.sort is Sort.RELEVANCE)


def readings_of(request: SearchRequest, analyses: Sequence[str], index: IndexWords) -> Readings:
    """The distinct readings of a request's query, each with the analyses that read it so.

    Only languages that the request may find are read, since each reading costs as much as a search of its own. Raises
    QueryTooCostly.
    """
    plans: dict[Plan | None, list[str]] = {}
    wanted = analyses if request.past else wanted_analyses(request, analyses)
    for analysis in wanted or (UNDETERMINED,):
        planned = reading_of(request, analysis)
        if planned is not None and request.past:
            planned = sieve(planned)
        plans.setdefault(planned, []).append(analysis)
    check_phrases(plans, index)
    if request.past or not request.sort.is_scored:
        return Readings(plans)
    foreign = foreign_analyses(request.query, wanted, index) if request.limit else frozenset()
    if request.sort is not Sort.RELEVANCE:
        return Readings(plans, foreign)
    return Readings(without_common_phrases(_without_crowds(plans, index), index), foreign)


def wanted_analyses(request: SearchRequest, analyses: Sequence[str]) -> Sequence[str]:
    """Those of the analyses that belong to the languages the request asks for; all if it asks for none."""
    wanted = [{analysis_of(language) for language in languages} for languages in _asked_languages(request)]
    return [analysis for analysis in analyses if all(analysis in each for each in wanted)]


def _asked_languages(request: SearchRequest) -> Iterator[Sequence[str]]:
    """The sets of languages of which an article must have one, for each time the query asks."""
    if request.filters.languages:
        yield request.filters.languages
    for each in request.query.children if isinstance(request.query, AllOf) else (request.query,):
        if isinstance(each, Term | Phrase) and each.field == "language":
            yield (each.text,)


def _without_crowds(plans: Plans, index: Frequencies) -> Plans:
    words = frozenset(word for planned in plans if planned for word in described_words(planned))
    if not words or not may_crowd(article_count := index.article_count):
        return plans
    counts = index.counts(words)
    return changed_plans(plans, lambda planned: thinned(planned, counts, article_count))
