"""The query tree that every engine understands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

TEXT_FIELDS = ("title", "dek", "text")  # where words without a field are looked for


@dataclass(frozen=True, slots=True)
class MatchAll:
    """Every article."""


@dataclass(frozen=True, slots=True)
class Term:
    """One word, analysed by the engine in each article's own language."""

    text: str
    field: str | None = None  # of the index, such as title or agencies; None = TEXT_FIELDS


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words side by side in this order."""

    text: str  # as typed between the quotes
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Near:
    """Words in any order, each two of them at most this many words apart."""

    text: str
    distance: int
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Prefix:
    """Words with this beginning."""

    text: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Words spelt similarly."""

    text: str
    edits: int  # letters that may be wrong, missing, added or swapped: 1 or 2
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Published:
    """Articles published in a span of time; undated ones never match."""

    start: datetime | None  # inclusive, aware
    end: datetime | None  # exclusive, aware


@dataclass(frozen=True, slots=True)
class Fetched:
    """Articles whose version was first fetched in a span of time."""

    start: datetime | None  # inclusive, aware
    end: datetime | None  # exclusive, aware


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every child must match."""

    children: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one child must match; more matches rank higher."""

    children: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Description:
    """Many words side by side, such as a sentence: a share of them must match, and more matches rank higher."""

    words: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The child must not match."""

    child: Query


Query = MatchAll | Term | Phrase | Near | Prefix | Fuzzy | Published | Fetched | AllOf | AnyOf | Description | Not


def ranks(query: Query) -> bool:
    """Whether a query contains words of texts, so that one article can match it better than another.

    Fields such as source and author, dates and negations rank all matches alike.
    """
    match query:
        case AllOf(children) | AnyOf(children) | Description(children):
            return any(ranks(child) for child in children)
        case Term(field=field) | Phrase(field=field) | Near(field=field) | Prefix(field=field) | Fuzzy(field=field):
            return field is None or field in TEXT_FIELDS
        case _:
            return False


def is_about_edits(query: Query) -> bool:
    """Whether a query asks what edits changed or took away, whatever else it asks for."""
    return _has(query, _asks_for_edits)


def is_about_removals(query: Query) -> bool:
    """Whether a query asks for articles that their publishers removed, whatever else it asks for."""
    return _has(query, lambda part: part == Term("removed", "state"))


def _asks_for_edits(part: Query) -> bool:
    if isinstance(part, Term | Phrase | Near | Prefix | Fuzzy):
        return part.field in {"changed", "former"}
    return isinstance(part, Fetched)


def _has(query: Query, is_such: Callable[[Query], bool]) -> bool:
    """Whether one of the parts that a query joins is as asked."""
    if isinstance(query, AllOf | AnyOf):
        return any(_has(child, is_such) for child in query.children)
    return is_such(query)
