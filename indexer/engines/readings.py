"""A request's query as each language of an index reads it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from indexer.analysis.languages import UNDETERMINED, analysis_of
from indexer.engines.crowds import Frequencies, described_words, may_crowd, thinned
from indexer.engines.past import sieve
from indexer.engines.phrases import check_phrases
from indexer.engines.plan import Plan
from indexer.engines.planner import plan
from news.index import SearchRequest, Sort
from news.query.tree import AllOf, Phrase, Term

Readings = Mapping[Plan | None, Sequence[str]]  # a plan -> the analyses whose articles it is for


def reading_of(request: SearchRequest, analysis: str) -> Plan | None:
    """A request's query as planned for articles in this analysis."""
    return plan(request.query, analysis, by_relevance=request.sort is Sort.RELEVANCE)


def readings_of(request: SearchRequest, analyses: Sequence[str], frequencies: Frequencies) -> Readings:
    """The distinct readings of a request's query, each with the analyses that read it so.

    Only languages that the request may find are read, since each reading costs as much as a search of its own. Raises
    QueryTooCostly.
    """
    readings: dict[Plan | None, list[str]] = {}
    wanted = analyses if request.past else wanted_analyses(request, analyses)
    for analysis in wanted or (UNDETERMINED,):
        planned = reading_of(request, analysis)
        if planned is not None and request.past:
            planned = sieve(planned)
        readings.setdefault(planned, []).append(analysis)
    check_phrases(readings, frequencies)
    if request.past or request.sort is not Sort.RELEVANCE:
        return readings
    return _without_crowds(readings, frequencies)


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


def _without_crowds(readings: Readings, frequencies: Frequencies) -> Readings:
    words = frozenset(word for planned in readings if planned for word in described_words(planned))
    if not words or not may_crowd(article_count := frequencies.article_count):
        return readings
    counts = frequencies.counts(words)
    thin: dict[Plan | None, list[str]] = {}
    for planned, analyses in readings.items():
        thin.setdefault(planned and thinned(planned, counts, article_count), []).extend(analyses)
    return thin
