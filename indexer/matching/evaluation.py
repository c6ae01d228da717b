"""Whether an article satisfies a planned query, which the engines answer by an index."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

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
from indexer.engines.spelling import is_within
from indexer.matching.article import AnalysedArticle, Terms
from news.index import Filters

_is_within = lru_cache(maxsize=100_000)(is_within)  # the same words recur in every article
_NOTHING: frozenset[str] = frozenset()


def satisfies(article: AnalysedArticle, planned: Plan) -> bool:
    """Whether the plan, which is of the article's analysis, finds the article."""
    match planned:
        case Words():
            return _has_words(article, planned)
        case Conjunction(children=children):
            return all(satisfies(article, child) for child in children)
        case Disjunction(children=children, at_least=at_least):
            return _has_enough(article, children, at_least)
        case Exclude(child=child):
            return not satisfies(article, child)
        case Value(name=name, value=value, prefix=prefix):
            values = article.values.get(name, _NOTHING)
            return any(each.startswith(value) for each in values) if prefix else value in values
        case Begins(start=start, fields=fields):
            return any(word.startswith(start) for name in fields for word in article.plain.get(name, _NOTHING))
        case Resembles(word=word, edits=edits, fields=fields):
            found = (article.plain.get(name, _NOTHING) for name in fields)
            return any(word in each or (edits and _has_like(each, word, edits)) for each in found)
        case Dated(start=start_at, end=end_at, name=name):
            return is_within_span(article.moments.get(name), start_at, end_at)
        case Everything():
            return True


def passes(article: AnalysedArticle, filters: Filters) -> bool:
    """Whether the article satisfies the filters."""
    for name, wanted in filters.values_by_field().items():
        if article.values.get(name, _NOTHING).isdisjoint(map(fold_value, wanted)):
            return False
    if filters.published_from is None and filters.published_to is None:
        return True
    return is_within_span(article.moments.get("published_at"), filters.published_from, filters.published_to)


def is_within_span(moment: datetime | None, start: datetime | None, end: datetime | None) -> bool:
    """Whether a date lies between start (inclusive) and end (exclusive); no date is in no span."""
    if moment is None:
        return False
    return (start is None or moment >= start) and (end is None or moment < end)


def _has_enough(article: AnalysedArticle, children: Sequence[Plan], at_least: int) -> bool:
    missing = len(children) - at_least
    for child in children:
        if satisfies(article, child):
            at_least -= 1
        else:
            missing -= 1
        if at_least <= 0 or missing < 0:
            break
    return at_least <= 0


def _has_words(article: AnalysedArticle, planned: Words) -> bool:
    found = (article.terms[name] for name in planned.fields if name in article.terms)
    if len(planned.terms) == 1:
        return any(planned.terms[0] in each.positions for each in found)
    if planned.slop:
        return any(_has_near(each, planned.terms, planned.slop) for each in found)
    return any(_has_phrase(each, planned.terms) for each in found)


def _has_phrase(terms: Terms, wanted: Sequence[str]) -> bool:
    starts = set(terms.at(wanted[0]))
    for place, term in enumerate(wanted[1:], start=1):
        starts &= {position - place for position in terms.at(term)}
        if not starts:
            return False
    return bool(starts)


def _has_near(terms: Terms, wanted: Sequence[str], distance: int) -> bool:
    """Whether the second word follows the first, with at most this many others between; the plan has both orders."""
    seconds = terms.at(wanted[1])
    for first in terms.at(wanted[0]):
        following = bisect_right(seconds, first)
        if following < len(seconds) and seconds[following] - first <= distance + 1:
            return True
    return False


def _has_like(words: frozenset[str], wanted: str, edits: int) -> bool:
    length = len(wanted)
    return any(abs(len(word) - length) <= edits and _is_within(word, wanted, edits) for word in words)
