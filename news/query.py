"""The query language: one grammar and one tree for every engine."""

from __future__ import annotations

from dataclasses import dataclass

TEXT_FIELDS = ("title", "dek", "text")  # what words without a field look in


@dataclass(frozen=True, slots=True)
class MatchAll:
    """Every article."""


@dataclass(frozen=True, slots=True)
class Term:
    """One word, analysed by the engine in each article's own language."""

    text: str
    field: str | None = None  # title, dek, text, authors, section, source, language, tags, url; None = TEXT_FIELDS


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in this order, side by side."""

    text: str  # as typed between the quotes
    field: str | None = None
    slop: int = 0  # how many positions the words may be apart


@dataclass(frozen=True, slots=True)
class Prefix:
    """Words that begin so."""

    text: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every child must match."""

    children: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least so many children must match; more matches rank higher."""

    children: tuple[Query, ...]
    at_least: int = 1


@dataclass(frozen=True, slots=True)
class Not:
    """The child must not match."""

    child: Query


Query = MatchAll | Term | Phrase | Prefix | AllOf | AnyOf | Not
