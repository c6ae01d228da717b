"""Words of a short query side by side, as in a name: articles that have them so come first, unless finding out is slow.

A phrase is looked for in the articles that have all of its words, so the rarest one says what it costs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from indexer.engines.crowds import Frequencies, may_crowd
from indexer.engines.plan import Conjunction, Disjunction, Plan, Plans, Words, changed_plans

MOST_READ = (
    10_000  # articles; at 300,000 this costs a search of two words 4 % of the engine's time, without a bound 12 %
)


def without_common_phrases(plans: Plans, index: Frequencies) -> Plans:
    """The plans without phrases that only add to scores, where even the rarest word is common or it stands nowhere."""
    phrases = {phrase for planned in plans if planned for phrase in _phrases(planned)}
    if not phrases or not may_crowd(index.article_count):
        return plans
    singles = {phrase: [Words((term,), phrase.fields) for term in phrase.terms] for phrase in phrases}
    counts = index.counts(frozenset(word for words in singles.values() for word in words))
    rarest = {phrase: min(counts.get(word, 0) for word in words) for phrase, words in singles.items()}
    useless = {phrase for phrase, count in rarest.items() if not 0 < count <= MOST_READ}
    return changed_plans(plans, lambda planned: _without(planned, useless))


def _phrases(planned: Plan) -> Iterator[Words]:
    match planned:
        case Conjunction(children=children, verbatim=verbatim):
            yield from (verbatim,) if verbatim else ()
            for child in children:
                yield from _phrases(child)
        case Disjunction(children=children, described=False):
            for child in children:
                yield from _phrases(child)


def _without(planned: Plan, useless: set[Words]) -> Plan:
    match planned:
        case Conjunction(children=children, verbatim=verbatim):
            kept = None if verbatim in useless else verbatim
            return replace(planned, children=tuple(_without(child, useless) for child in children), verbatim=kept)
        case Disjunction(children=children, described=False):
            return replace(planned, children=tuple(_without(child, useless) for child in children))
        case _:
            return planned
