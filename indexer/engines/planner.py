"""A query as one language reads it.

A query is planned once for each language's analysis, because a word may be a stop word in one language and a name in
another, and every article is searched in its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import combinations, pairwise

from indexer.analysis.inflecting import other_forms, other_stems
from indexer.analysis.languages import UNDETERMINED
from indexer.analysis.normalizing import is_stop_word
from indexer.analysis.stemming import is_turkish_ending
from indexer.analysis.unspaced import has_unspaced_letters, is_unspaced, is_unspaced_description, listed_words
from indexer.analysis.variants import joined, name_variants, variants
from indexer.analysis.words import terms
from indexer.engines.plan import (
    FORMER,
    All,
    Any,
    Begins,
    Dated,
    Everything,
    Exclude,
    Plan,
    Resembles,
    Value,
    Words,
    fold_value,
)
from indexer.engines.questions import without_asking
from indexer.engines.shares import needed_pairs, needed_words
from indexer.fields import FIELDS, Kind
from news.query.tree import (
    TEXT_FIELDS,
    AllOf,
    AnyOf,
    Description,
    Fuzzy,
    MatchAll,
    Near,
    Not,
    Phrase,
    Prefix,
    Published,
    Query,
    Term,
)

MAX_LONE_CHARACTERS = 8  # that begin pairs; a beginning is as costly as a word with "*", of which a query has 8
MAX_TELLING = 30  # the first words of a description that are searched for; more would take seconds on a large index
MAX_NEAR_WORDS = 4  # of a near search; each two of them make two phrases in every field
_ENDING = re.compile("[\u3041-\u309f]+")  # hiragana, which Japanese writes endings and particles with
_APOSTROPHES = re.compile("['’‘ʼ´`](?!(?<=[\u0400-\u04ff].)[\u0400-\u04ff])")  # between Cyrillic letters it is one


def plan(query: Query, analysis: str, *, by_relevance: bool = True) -> Plan | None:
    """Plan the query for articles of this analysis; None if it has no word at all and so finds nothing.

    In order of date, a description requires more of its words, because poor matches do not sink to the end.
    """
    return _Planner(analysis, by_relevance).plan(query)


class _Planner:
    def __init__(self, analysis: str, by_relevance: bool) -> None:
        self._analysis = analysis
        self._by_relevance = by_relevance
        self._lone_count = 0

    def plan(self, query: Query) -> Plan | None:
        match query:
            case MatchAll():
                return Everything()
            case Published(start, end):
                return Dated(start, end)
            case Not(child):
                planned = self.plan(child)
                return Exclude(planned) if planned else None
            case AllOf(children):
                return self._one_word_or_two(children) or _every(self._planned(children))
            case AnyOf(children):
                planned_any = self._planned(children)
                return _single(planned_any) or (Any(planned_any) if planned_any else None)
            case Description(words):
                asked = self._planned(without_asking(words, self._analysis))
                telling = tuple(dict.fromkeys(part for word in asked for part in self._parts(word)))[:MAX_TELLING]
                needed = needed_words(len(telling), by_relevance=self._by_relevance)
                return _single(telling) or (Any(telling, needed, described=True) if telling else None)
            case Term(text=text) if _is_in_text(query) and (listed := listed_words(text)):
                return _every(self._planned([replace(query, text=word) for word in listed]))
            case Term(text=text) if _is_in_text(query) and is_unspaced_description(text):
                return self._unspaced(query)
            case Term(text=text) if _is_in_text(query) and len(text) == 1 and is_unspaced(text):
                return self._lone(query)
            case _:
                return _leaf(query, self._analysis)

    def _parts(self, planned: Plan) -> tuple[Plan, ...]:
        """Each word of a compound ("high-speed") and each pair of characters by itself: one may do in a description.

        In order of relevance without a word's other forms, since a share of the words is enough there.
        """
        match planned:
            case Words(terms=found, fields=fields):
                return tuple(Words((term,), fields) for term in found)
            case Any(children=(Words(terms=(_,)), *_), at_least=1) if not self._by_relevance:
                return (planned,)
            case Any(children=(Words() as word, *_), at_least=1):  # and other ways to write it
                return self._parts(word)
            case Any(children=children):  # of words that are not spaced
                return children
            case _:
                return (planned,)

    def _one_word_or_two(self, children: Sequence[Query]) -> Plan | None:
        """All of the children, the first two words that elsewhere are one also as that one; None if there are none."""
        for place, (one, other) in enumerate(pairwise(children)):
            if word := _as_one(one, other, self._analysis):
                apart = _every(self._planned((one, other)))
                rest = (*children[:place], *children[place + 2 :])
                planned = self._planned([child for child in rest if not _is_stop_term(child, self._analysis)])
                either = _either(apart, _leaf(word, self._analysis))
                return _every((*planned, either)) if either else None
        return None

    def _unspaced(self, query: Term) -> Plan:
        """The pairs of characters of unspaced words; pairs of nothing but endings mean nothing."""
        found = terms(query.text, self._analysis)
        telling = tuple(dict.fromkeys(term for term in found if not _ENDING.fullmatch(term))) or found
        fields = (query.field,) if query.field else TEXT_FIELDS
        needed = needed_pairs(
            len(telling), by_relevance=self._by_relevance, of_letters=has_unspaced_letters(query.text)
        )
        return Any(tuple(Words((term,), fields) for term in telling), needed)

    def _lone(self, query: Term) -> Plan | None:
        """A lone character as the beginning of a pair, which is what the index has; if there are too many, as it is."""
        self._lone_count += 1
        fields = (query.field,) if query.field else TEXT_FIELDS
        if self._lone_count > MAX_LONE_CHARACTERS:
            return _words(query.text, fields, self._analysis)
        return _begins(query.text, fields, self._analysis)

    def _planned(self, children: Sequence[Query]) -> tuple[Plan, ...]:
        """Plans of the children that have a word, without stop words if another child finds something."""
        pairs = [(child, planned) for child in children if (planned := self.plan(child))]
        telling = [planned for child, planned in pairs if not _is_stop_term(child, self._analysis)]
        finds_something = any(not isinstance(planned, Exclude | Dated) for planned in telling)
        return tuple(telling) if finds_something else tuple(planned for _, planned in pairs)


def _as_one(one: Query, other: Query, analysis: str) -> Term | None:
    """The one word as which these two neighbouring words of the query are written elsewhere."""
    if not (isinstance(one, Term) and isinstance(other, Term) and one.field == other.field and _is_in_text(one)):
        return None
    word = joined(one.text, other.text, analysis)
    return Term(word, one.field) if word else None


def _every(children: tuple[Plan, ...]) -> Plan | None:
    return _single(children) or (All(children) if children else None)


def _single(children: tuple[Plan, ...]) -> Plan | None:
    return children[0] if len(children) == 1 else None


def _is_keyword(query: Term) -> bool:
    return query.field is not None and FIELDS[query.field].kind is not Kind.TEXT


def _is_in_text(query: Term) -> bool:
    """Whether a word is searched for in what articles say now."""
    return not _is_keyword(query) and query.field != FORMER


def _is_stop_term(query: Query, analysis: str) -> bool:
    """Whether it is a word that sentences of the language contain anyway; a phrase never is."""
    if not isinstance(query, Term) or _is_keyword(query):
        return False
    return is_stop_word(query.text, analysis)


def _leaf(query: Term | Phrase | Near | Prefix | Fuzzy, analysis: str) -> Plan | None:
    if query.field == FORMER:
        return _taken_away(query, analysis)
    return _looked_for(query, analysis)


def _taken_away(query: Term | Phrase | Near | Prefix | Fuzzy, analysis: str) -> Plan | None:
    """Words that an earlier version had and the newest has nowhere."""
    once, now = _looked_for(query, analysis), _looked_for(replace(query, field=None), analysis)
    return All((once, Exclude(now))) if once and now else None


def _looked_for(query: Term | Phrase | Near | Prefix | Fuzzy, analysis: str) -> Plan | None:
    declared = FIELDS[query.field] if query.field else None
    if declared and declared.kind is Kind.KEYWORD and not declared.words:
        value = fold_value(query.text)
        return Value(declared.name, value, isinstance(query, Prefix)) if value else None
    fields = (declared.name,) if declared else TEXT_FIELDS
    spoken = analysis if declared is None or declared.kind is Kind.TEXT else UNDETERMINED
    match query:
        case Prefix(text=text):
            return _begins(text, fields, spoken)
        case Fuzzy(text=text, edits=edits):
            return _resembles(text, edits, fields, spoken)
        case Phrase(text=text):
            return _either(_words(text, fields, spoken), _name(text, fields))
        case Near(text=text, distance=distance):
            telling = [word for word in text.split() if not is_stop_word(word, spoken)]
            return _near(terms(" ".join(telling), spoken), fields, distance) or _words(text, fields, spoken)
        case Term(text=text):
            return _either(_word(_without_elision(text, spoken), fields, spoken), _name(text, fields))


def _words(text: str, fields: tuple[str, ...], analysis: str) -> Words | None:
    found = terms(text, analysis)
    return Words(found, fields) if found else None


@lru_cache(maxsize=10_000)  # a page needs the same words several times, each in every language
def _word(text: str, fields: tuple[str, ...], analysis: str) -> Plan | None:
    """A word by its stem, or by the stems of other ways to write it: "e-mail" is also "email".

    If its stem is a stop word, the word as it is written ("sea" read as French stems to "se").
    """
    planned = _words(text, fields, analysis)
    if planned and len(planned.terms) == 1 and is_stop_word(planned.terms[0], analysis):
        plain = terms(text, UNDETERMINED)
        if len(plain) == 1 and not is_stop_word(text, analysis):
            return Resembles(plain[0], 0, fields)
    if not planned:
        return None
    written = (*variants(text, analysis), *other_forms(text, analysis))
    stems = (Words((stem,), fields) for stem in other_stems(text, analysis))
    return _either(planned, *(_words(each, fields, analysis) for each in written), *stems)


def _name(text: str, fields: tuple[str, ...]) -> Plan | None:
    """The name in another spelling: "oneill" is O'Neill, "mueller" is Müller; None except for authors."""
    if fields != ("authors",):
        return None
    written = (_words(each, fields, UNDETERMINED) for each in name_variants(_APOSTROPHES.sub("", text)))
    return _either(*written)


def _either(*ways: Plan | None) -> Plan | None:
    """Any of these, without duplicates."""
    found = tuple(dict.fromkeys(way for way in ways if way))
    return _single(found) or (Any(found) if found else None)


def _near(found: tuple[str, ...], fields: tuple[str, ...], distance: int) -> Plan | None:
    """Every two words within the distance, in either order and in one field, which both engines understand alike.

    Stop words are left out: they are near everything, and cost seconds on a large index.
    """
    distinct = tuple(dict.fromkeys(found))[:MAX_NEAR_WORDS]
    if len(distinct) < 2:
        return Words(distinct, fields) if distinct else None
    in_fields = []
    for name in fields:
        pairs = tuple(
            Any((Words((one, other), (name,), distance), Words((other, one), (name,), distance)))
            for one, other in combinations(distinct, 2)
        )
        in_fields.append(_single(pairs) or All(pairs))
    return _single(tuple(in_fields)) or Any(tuple(in_fields))


def _begins(text: str, fields: tuple[str, ...], analysis: str) -> Plan | None:
    """The last word is a beginning, words before it ("foo-ba*") are whole."""
    found = terms(text, UNDETERMINED)
    if not found:
        return None
    last = Begins(found[-1], fields)
    before = _words(" ".join(found[:-1]), fields, analysis)
    return All((before, last)) if before else last


def _resembles(text: str, edits: int, fields: tuple[str, ...], analysis: str) -> Plan | None:
    """A misspelt word in one piece; if it has several ("foo-bar~"), the words as they are."""
    found = terms(text, UNDETERMINED)
    return Resembles(found[0], edits, fields) if len(found) == 1 else _words(text, fields, analysis)


def _without_elision(word: str, analysis: str) -> str:
    """The significant part of a word with apostrophes: "homme" of "l'homme", "Trump" of "Trump's"."""
    pieces = [piece for piece in _APOSTROPHES.split(word) if piece]
    if analysis == "tr" and len(pieces) == 2 and is_turkish_ending(pieces[1]):
        return pieces[0]
    telling = [piece for piece in pieces if len(piece) > 1 and not is_stop_word(piece, analysis)]
    return " ".join(telling or pieces)
