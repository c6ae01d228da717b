"""Keeping descriptions from matching a crowd of articles: on a large index, two common words out of many mean little.

Words are set aside, the commonest first, as long as the rarer ones alone are expected to bring MANY articles. A word
that a quarter of all articles have is never searched for by itself. A word set aside counts towards the score where the
body has it, and as the second word beside a rare one. An index of fewer than MANY articles is never affected.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from operator import itemgetter
from typing import Protocol

from indexer.engines.plan import Conjunction, Disjunction, Exclude, Plan, Words, parts_of

MANY = 2_000  # articles: a choice; on Reuters' 19,035, 1,000 costs no MRR of known items, 300 costs .002
COMMON = 0.25  # share of all articles that have such a word ("said" in news): a choice
_BODY = "text"


class Frequencies(Protocol):
    """How frequent words are in an index, as far as is known now."""

    @property
    def article_count(self) -> int:
        """The number of articles."""

    def counts(self, words: Collection[Words]) -> Mapping[Words, int]:
        """The number of articles with each of these single words in the body, or in the only field searched."""


def may_crowd(article_count: int) -> bool:
    """Whether an index is large enough for a crowd."""
    return article_count > MANY


def main_field(word: Words) -> str:
    """The field that says how common a word is."""
    return _BODY if _BODY in word.fields else word.fields[0]


def described_words(planned: Plan) -> Iterator[Words]:
    """The words of a plan's descriptions, whose frequency matters."""
    for part in parts_of(planned):
        if isinstance(part, Disjunction) and part.described:
            yield from (child for child in part.children if isinstance(child, Words))


def thinned(planned: Plan, counts: Mapping[Words, int], article_count: int) -> Plan:
    """The plan, common words set aside from its descriptions as long as MANY articles are left.

    >>> said, year, wheat = (Words((word,), ("text",)) for word in ("said", "year", "wheat"))
    >>> counts = {said: 800_000, year: 200_000, wheat: 30_000}
    >>> thinned(Disjunction((said, year, wheat), 2, described=True), counts, 1_000_000).children == (wheat, year)
    True
    """
    match planned:
        case Disjunction(described=True, at_least=1 | 2):
            by_rarity = sorted(((_count(child, counts), child) for child in planned.children), key=itemgetter(0))
            return _Crowd(by_rarity, article_count).thinned(planned)
        case Conjunction(children=children) | Disjunction(children=children):
            return replace(planned, children=tuple(thinned(child, counts, article_count) for child in children))
        case Exclude(child=child):
            return Exclude(thinned(child, counts, article_count))
        case _:
            return planned


def _count(child: Plan, counts: Mapping[Words, int]) -> int:
    return counts.get(child, 0) if isinstance(child, Words) else 0


class _Crowd:
    """A description's words, each with its number of articles, the rarest first."""

    def __init__(self, by_rarity: Sequence[tuple[int, Plan]], article_count: int) -> None:
        self._by_rarity = by_rarity
        self._article_count = article_count

    def thinned(self, planned: Disjunction) -> Disjunction:
        """The description without its crowd."""
        kept = self._kept()
        asked = [pair for pair in self._by_rarity[:kept] if not self._is_common(pair[0])]
        if not any(count for count, _ in asked):  # in no article, like a misspelling
            asked = list(self._by_rarity[:kept])
        telling = [child for _, child in asked]
        others = [child for _, child in self._by_rarity if child not in telling]
        at_least = 2 if planned.at_least == 2 or self._is_crowded(kept) else 1
        has_common = len(asked) < kept
        return replace(
            planned,
            children=tuple(telling),
            at_least=at_least,
            rare=tuple(child for count, child in asked if has_common or count <= MANY) if at_least == 2 else (),
            aside=tuple(Words(word.terms, (main_field(word),)) for word in others if isinstance(word, Words)),
        )

    def _kept(self) -> int:
        kept = len(self._by_rarity)
        while kept > 2 and self._is_crowded(kept - 1):
            kept -= 1
        return kept

    def _is_crowded(self, kept: int) -> bool:
        """Whether MANY articles would hold two of the rarest words, if words occurred independently."""
        none, one = 1.0, 0.0
        for count, _ in self._by_rarity[:kept]:
            share = min(1.0, count / self._article_count)
            none, one = none * (1 - share), one * (1 - share) + none * share
        return self._article_count * (1 - none - one) >= MANY

    def _is_common(self, count: int) -> bool:
        return count >= max(MANY, COMMON * self._article_count)
