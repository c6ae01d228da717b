"""Refusing too many phrases of common words: to find one, an engine reads both words' places in all articles with them.

At a million articles one takes a tenth of a second of CPU, which an answer can wait for; forty take four seconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from indexer.engines.crowds import Frequencies, may_crowd
from indexer.engines.plan import Conjunction, Disjunction, Exclude, Plan, Words, parts_of
from news.errors import NewsdexError

MOST_PASSES = 3  # through the places of all articles; a second of CPU at a million of them: a choice
WINDOW = 4096  # articles that tantivy goes through at once when one of several must be present


class QueryTooCostly(NewsdexError):
    """A search would keep others waiting for seconds."""

    exit_code = 2


def check_phrases(readings: Iterable[Plan | None], frequencies: Frequencies) -> None:
    """Raise QueryTooCostly if one reading of a query has too many phrases of common words.

    A phrase reads as many articles as have its rarest word, or a rarer word that is also required; one of several, or
    an excluded one, reads WINDOW articles around each of these. Near words are few in any query and not counted.
    """
    asked = [planned for planned in readings if planned and sum(map(_is_phrase, _leaves(planned))) > MOST_PASSES]
    if not asked or not may_crowd(article_count := frequencies.article_count):
        return
    counts = frequencies.counts({word for planned in asked for leaf in _leaves(planned) for word in _words(leaf)})
    for planned in asked:
        if _read(planned, counts, article_count) > MOST_PASSES * article_count:
            raise QueryTooCostly(
                "these are many phrases of words that most articles have, which would take seconds; ask for fewer of"
                " them at once, or for a rarer word besides"
            )


def _leaves(planned: Plan) -> Iterator[Words]:
    return (part for part in parts_of(planned) if isinstance(part, Words))


def _is_phrase(leaf: Words) -> bool:
    return len(leaf.terms) > 1 and not leaf.slop


def _words(leaf: Words) -> Sequence[Words]:
    return [Words((term,), leaf.fields) for term in leaf.terms]


def _read(planned: Plan, counts: Mapping[Words, int], bound: int) -> int:
    """How many articles all its phrases read, if other parts leave this many to read."""

    def rarest(leaf: Words) -> int:
        return min(bound, *(counts.get(word, 0) for word in _words(leaf)))

    match planned:
        case Words():
            return rarest(planned) if _is_phrase(planned) else 0
        case Conjunction(children=children):
            left = min([bound, *(rarest(child) for child in children if isinstance(child, Words))])
            around = min(bound, left * WINDOW)
            return sum(_read(child, counts, left if isinstance(child, Words) else around) for child in children)
        case Disjunction(children=children):
            return sum(_read(child, counts, bound) for child in children)
        case Exclude(child=child):
            return _read(child, counts, bound)
        case _:
            return 0
