"""A query as one language reads it: what both engines translate into queries of their own.

A query is planned once for each language's analysis, because a word may be a stop word in one language and a name in
another, and every article is searched in its own.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from indexer.engines.words import is_stop_word, terms
from indexer.fields import FIELDS, Kind
from indexer.languages import UNDETERMINED
from news.query import TEXT_FIELDS, AllOf, AnyOf, MatchAll, Not, Phrase, Prefix, Query, Term

_APOSTROPHES = re.compile("['’‘ʼ´`]")


@dataclass(frozen=True, slots=True)
class Everything:
    """Every article."""


@dataclass(frozen=True, slots=True)
class Words:
    """These terms, in this order; of one term, that term. In any of the fields."""

    terms: tuple[str, ...]
    fields: tuple[str, ...]
    slop: int = 0
    text: str = field(default="", compare=False)  # as typed, for an engine that analyses it itself


@dataclass(frozen=True, slots=True)
class Begins:
    """An unstemmed word that begins so, in any of the fields."""

    start: str  # folded
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Value:
    """A whole keyword value, or its beginning, without regard to case."""

    name: str
    value: str  # case-folded
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class All:
    """Every child."""

    children: tuple[Plan, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """At least so many children."""

    children: tuple[Plan, ...]
    at_least: int


@dataclass(frozen=True, slots=True)
class Exclude:
    """Everything but the child."""

    child: Plan


Plan = Everything | Words | Begins | Value | All | Any | Exclude


def plan(query: Query, analysis: str) -> Plan | None:
    """What the query asks of articles in this analysis; None when it holds no word at all and so finds nothing."""
    match query:
        case MatchAll():
            return Everything()
        case Not(child):
            planned = plan(child, analysis)
            return Exclude(planned) if planned else None
        case AllOf(children):
            planned_all = _planned(children, analysis)
            return _single(planned_all) or (All(planned_all) if planned_all else None)
        case AnyOf(children, at_least):
            planned_any = _planned(children, analysis)
            needed = max(1, min(at_least, len(planned_any)))
            return _single(planned_any) or (Any(planned_any, needed) if planned_any else None)
        case _:
            return _leaf(query, analysis)


def uses_language(planned: Plan) -> bool:
    """Whether the answer depends on the language an article is analysed in."""
    match planned:
        case Words(fields=fields):
            return any(FIELDS[name].kind is Kind.TEXT for name in fields)
        case All(children) | Any(children):
            return any(uses_language(child) for child in children)
        case Exclude(child):
            return uses_language(child)
        case _:
            return False


def fold_value(value: str) -> str:
    """A keyword value as it is compared: case-folded, composed, no space around it."""
    return unicodedata.normalize("NFC", value.strip().casefold())


def _single(children: tuple[Plan, ...]) -> Plan | None:
    return children[0] if len(children) == 1 else None


def _planned(children: tuple[Query, ...], analysis: str) -> tuple[Plan, ...]:
    """The children without those that hold no word, and without stop words where another child finds something."""
    pairs = [(child, planned) for child in children if (planned := plan(child, analysis))]
    telling = [planned for child, planned in pairs if not _is_stop_term(child, analysis)]
    finds_something = any(not isinstance(planned, Exclude) for planned in telling)
    return tuple(telling) if finds_something else tuple(planned for _, planned in pairs)


def _is_stop_term(query: Query, analysis: str) -> bool:
    """Whether a word is one that the language's sentences hold anyway; a phrase never is."""
    if not isinstance(query, Term) or (query.field and FIELDS[query.field].kind is not Kind.TEXT):
        return False
    return is_stop_word(query.text, analysis)


def _leaf(query: Term | Phrase | Prefix, analysis: str) -> Plan | None:
    declared = FIELDS[query.field] if query.field else None
    if declared and declared.kind is Kind.KEYWORD and not declared.words:
        value = fold_value(query.text)
        return Value(declared.name, value, isinstance(query, Prefix)) if value else None
    fields = (declared.name,) if declared else TEXT_FIELDS
    spoken = analysis if declared is None or declared.kind is Kind.TEXT else UNDETERMINED
    match query:
        case Prefix(text=text):
            return _begins(text, fields, spoken)
        case Phrase(text=text, slop=slop):
            return _words(text, fields, spoken, slop)
        case Term(text=text):
            return _words(_without_elision(text, spoken), fields, spoken, 0)


def _words(text: str, fields: tuple[str, ...], analysis: str, slop: int) -> Words | None:
    found = terms(text, analysis)
    return Words(found, fields, slop if len(found) > 1 else 0, text) if found else None


def _begins(text: str, fields: tuple[str, ...], analysis: str) -> Plan | None:
    """The last word is a beginning, words before it ("foo-ba*") are whole."""
    found = terms(text, UNDETERMINED)
    if not found:
        return None
    last = Begins(found[-1], fields)
    before = _words(" ".join(found[:-1]), fields, analysis, 0)
    return All((before, last)) if before else last


def _without_elision(word: str, analysis: str) -> str:
    """The telling part of a word with apostrophes: "homme" of "l'homme", "Trump" of "Trump's"."""
    pieces = [piece for piece in _APOSTROPHES.split(word) if piece]
    telling = [piece for piece in pieces if len(piece) > 1 and not is_stop_word(piece, analysis)]
    return " ".join(telling or pieces)
