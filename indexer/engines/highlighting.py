"""Marking matched words in the stored text, in the same way for both engines.

A page of hits is marked at every search, so a text is cut into words once and only its distinct words are compared
with the query. Places of words are looked up only if something matched, and only up to the last match.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import compress, count
from typing import Any

from indexer.analysis.languages import UNDETERMINED, analysis_of
from indexer.analysis.normalizing import TERMS
from indexer.analysis.words import places, words
from indexer.engines.plan import Begins, Plan, Resembles, Words, parts_of
from indexer.engines.planner import plan
from indexer.engines.scoring import WHOLE_FIELDS
from indexer.engines.spelling import is_within
from indexer.engines.windows import Span, best_windows
from indexer.fields import FIELDS, Kind
from news.index import MARK_END, MARK_START
from news.query.tree import Query

Leaf = Words | Begins | Resembles
_MARKED_CHARACTERS = 200_000  # characters of a text; a longer one is a page that went wrong
_MAX_MATCHES = 500  # matches of one text, from which the fragments are chosen
_TEXTS = tuple(name for name, field in FIELDS.items() if field.kind is Kind.TEXT)
# A pair or two of Thai or Lao alone, or what begins unlike a syllable: some pair of any word is found somewhere
_LETTER = "[\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ecd]"
_PAIR_OF_LETTERS = re.compile(_LETTER + "{2}")
_PART_OF_SYLLABLE = re.compile(f"{_LETTER}{{2,3}}|[\u0e2f-\u0e3a\u0e45-\u0e4e\u0eaf-\u0ebd\u0ec6-\u0ecd]{_LETTER}*")


def highlights(values: Mapping[str, str], planned: Plan | None, analysis: str) -> dict[str, tuple[str, ...]]:
    """The highlights of each text field with a match: title and dek whole, the best fragments of the body."""
    return _highlights(values, _wanted_by_field(planned), analysis)


class Highlighter:
    """Marks one query in indexed documents, each in the reading of its own language."""

    def __init__(self, query: Query) -> None:
        self._query = query
        self._wanted: dict[str, dict[str, _Wanted]] = {}  # by analysis

    def marked(self, document: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
        """The highlights of a document."""
        analysis = analysis_of(document.get("language"))
        if analysis not in self._wanted:
            self._wanted[analysis] = _wanted_by_field(plan(self._query, analysis))
        return _highlights(document, self._wanted[analysis], analysis)


def _highlights(
    values: Mapping[str, Any], wanted_by_field: Mapping[str, _Wanted], analysis: str
) -> dict[str, tuple[str, ...]]:
    found = {}
    for name, wanted in wanted_by_field.items():
        value = values.get(name, "")
        matched = _matched(value[:_MARKED_CHARACTERS], wanted, analysis) if value else []
        if matched:
            windows = [(0, len(value))] if name in WHOLE_FIELDS else best_windows(value, matched, analysis)
            found[name] = tuple(dict.fromkeys(_marked(value, window, matched) for window in windows))
    return found


def _wanted_by_field(planned: Plan | None) -> dict[str, _Wanted]:
    """What is searched for in each text field."""
    leaves = list(dict.fromkeys(_leaves(planned))) if planned else []
    return {name: wanted for name in _TEXTS if (wanted := _Wanted.of([leaf for leaf in leaves if name in leaf.fields]))}


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is searched for in one field."""

    singles: frozenset[str]  # terms that count wherever they are
    phrases: tuple[Words, ...]
    loose: tuple[Begins | Resembles, ...]  # compared with plain words
    is_in_pairs: bool  # what is searched for of Thai or Lao is longer than two characters

    @classmethod
    def of(cls, leaves: Sequence[Leaf]) -> _Wanted | None:
        if not leaves:
            return None
        phrased = [leaf for leaf in leaves if isinstance(leaf, Words)]
        singles = frozenset(leaf.terms[0] for leaf in phrased if len(leaf.terms) == 1)
        return cls(
            singles=singles,
            is_in_pairs=sum(bool(_PAIR_OF_LETTERS.fullmatch(term)) for term in singles) > 1,
            phrases=tuple(leaf for leaf in phrased if len(leaf.terms) > 1),
            loose=tuple(leaf for leaf in leaves if not isinstance(leaf, Words)),
        )


def _leaves(planned: Plan) -> Iterator[Leaf]:
    """The parts of a plan that may be marked; nothing below a NOT."""
    return (part for part in parts_of(planned, excluded=False) if isinstance(part, Leaf))


def _matches(wanted: _Wanted, found: Sequence[str], analysis: str) -> list[int]:
    """Which of the words match, in order."""
    spoken, plain = TERMS[analysis], TERMS[UNDETERMINED]
    different = set(found)
    marked = set(compress(different, map(wanted.singles.__contains__, map(spoken.__getitem__, different))))
    for leaf in wanted.loose:
        marked |= {word for word in different - marked if _is_like(leaf, plain[word])}
    numbers = list(compress(count(), map(marked.__contains__, found))) if marked else []
    if wanted.phrases:
        numbered = [(index, term) for index, word in enumerate(found) if (term := spoken[word])]
        for phrase in wanted.phrases:
            numbers += _phrase_matches(phrase, numbered)
        numbers = sorted(set(numbers))
    return numbers[:_MAX_MATCHES]


def _is_like(leaf: Begins | Resembles, word: str) -> bool:
    return word.startswith(leaf.start) if isinstance(leaf, Begins) else is_within(word, leaf.word, leaf.edits)


def _phrase_matches(leaf: Words, numbered: Sequence[tuple[int, str]]) -> Iterator[int]:
    """The words of each occurrence of the phrase."""
    wanted = frozenset(leaf.terms)
    if leaf.slop:
        yield from _near_matches(wanted, leaf.slop, numbered)
        return
    length, first = len(leaf.terms), leaf.terms[0]
    for start, (_, term) in enumerate(numbered):
        if term == first and tuple(each for _, each in numbered[start : start + length]) == leaf.terms:
            yield from (index for index, _ in numbered[start : start + length])


def _near_matches(wanted: Set[str], distance: int, numbered: Sequence[tuple[int, str]]) -> Iterator[int]:
    """Two different wanted words with at most this many others in between."""
    previous: tuple[int, int, str] | None = None  # place among the terms, index of the word, term
    for place, (index, term) in enumerate(numbered):
        if term not in wanted:
            continue
        if previous and term != previous[2] and place - previous[0] - 1 <= distance:
            yield from (previous[1], index)
        previous = place, index, term


def _matched(text: str, wanted: _Wanted, analysis: str) -> list[Span]:
    """The places of the matched words."""
    matches = _matches(wanted, words(text), analysis)
    found = _merged(places(text, matches)) if matches else []
    return [span for span in found if not (wanted.is_in_pairs and _PART_OF_SYLLABLE.fullmatch(text, *span))]


def _merged(found: Iterable[Span]) -> list[Span]:
    """The spans in order, joined where they touch or overlap (as pairs of characters do)."""
    merged: list[Span] = []
    for start, end in found:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _marked(value: str, window: Span, matched: Sequence[Span]) -> str:
    pieces, position = [], window[0]
    for start, end in matched:
        if start >= window[0] and end <= window[1]:
            pieces += [value[position:start], MARK_START, value[start:end], MARK_END]
            position = end
    return "".join([*pieces, value[position : window[1]]]).strip()
