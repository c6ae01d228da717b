"""A request's query in the reading of each language that an index holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from indexer.engines.crowds import Frequencies, described_words, may_crowd, thinned
from indexer.engines.past import sieve
from indexer.engines.plan import Plan, plan
from indexer.languages import UNDETERMINED
from news.index import SearchRequest, Sort

Readings = Mapping[Plan | None, Sequence[str]]  # what is asked -> the analyses whose articles are asked so


def reading_of(request: SearchRequest, analysis: str) -> Plan | None:
    """A request's query as articles in this analysis are asked it."""
    return plan(request.query, analysis, by_relevance=request.sort is Sort.RELEVANCE)


def readings_of(request: SearchRequest, analyses: Sequence[str], frequencies: Frequencies) -> Readings:
    """The distinct readings of a request's query, each with the analyses that read it so."""
    readings: dict[Plan | None, list[str]] = {}
    for analysis in analyses or (UNDETERMINED,):
        planned = reading_of(request, analysis)
        if planned is not None and request.past:
            planned = sieve(planned)
        readings.setdefault(planned, []).append(analysis)
    if request.past or request.sort is not Sort.RELEVANCE:
        return readings
    return _without_crowds(readings, frequencies)


def _without_crowds(readings: Readings, frequencies: Frequencies) -> Readings:
    words = frozenset(word for planned in readings if planned for word in described_words(planned))
    if not words or not may_crowd(article_count := frequencies.article_count):
        return readings
    counts = frequencies.counts(words)
    thin: dict[Plan | None, list[str]] = {}
    for planned, analyses in readings.items():
        thin.setdefault(planned and thinned(planned, counts, article_count), []).extend(analyses)
    return thin
