"""Languages that find other words than were typed, whose articles therefore count less.

A word typed in one language shares its stem with words of another: read as French, *port* also finds *porte* and
*portée*, which French writes a hundred times as often. Within a language nothing changes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from indexer.analysis.languages import UNDETERMINED
from indexer.analysis.normalizing import is_stop_word, normalized
from indexer.analysis.words import words
from news.query.tree import AllOf, Phrase, Query, Term

FEW = 0.1  # share of what a language finds that has the word as typed; measured, see decision 29
FOREIGN_WEIGHT = 0.2  # of the scores of a language below it


@dataclass(frozen=True, slots=True)
class Spelling:
    """A word as the index has it."""

    term: str
    is_stem: bool  # False = the word as it is written


Spread = Mapping[str, int]  # analysis -> how many of its articles have something


class Spreads(Protocol):
    """How words are spread over the languages of an index."""

    def spreads(self, spellings: Collection[Spelling]) -> Mapping[Spelling, Spread]:
        """How many articles of each analysis have each of these in headline, standfirst or body."""


def foreign_analyses(query: Query, analyses: Sequence[str], index: Spreads) -> frozenset[str]:
    """Those of the analyses in which a word of the query mostly finds others; none of them if all do.

    Descriptions say enough by themselves.
    """
    if len(analyses) < 2:
        return frozenset()
    read = [spelt for word in _single_words(query) if (spelt := _spelt(word, tuple(analyses)))]
    spreads = index.spreads({spelling for typed, stems in read for spelling in (typed, *stems)})
    foreign, native = set[str](), set[str]()
    for typed, stems in read:
        for stem, readers in stems.items():
            for one in readers:
                if count := spreads[stem].get(one, 0):
                    (foreign if spreads[typed].get(one, 0) < FEW * count else native).add(one)
    return frozenset(foreign) if native - foreign else frozenset()


def _single_words(query: Query) -> Iterator[str]:
    for each in query.children if isinstance(query, AllOf) else (query,):
        if isinstance(each, Term | Phrase) and each.field is None:
            yield each.text


@lru_cache(maxsize=1000)  # a page asks several times
def _spelt(word: str, analyses: tuple[str, ...]) -> tuple[Spelling, Mapping[Spelling, Sequence[str]]] | None:
    """A word as typed, and each of its stems with its analyses; None for what is no single word.

    An analysis in which it is one of the words that every sentence has is left out.
    """
    pieces = words(word)
    if len(pieces) != 1:
        return None
    stems: dict[Spelling, list[str]] = {}
    for one in analyses:
        if not is_stop_word(word, one):
            stems.setdefault(Spelling(normalized(pieces[0], one), is_stem=True), []).append(one)
    return Spelling(normalized(pieces[0], UNDETERMINED), is_stem=False), stems
