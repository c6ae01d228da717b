"""The plan of a query in one language, which both engines translate into queries of their own.

planner.py and leaf_plans.py make it; crowds.py, phrases.py and past.py inspect and change it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

FORMER = "former"  # the field of passages that edits removed


@dataclass(frozen=True, slots=True)
class Everything:
    """Every article."""


@dataclass(frozen=True, slots=True)
class Words:
    """These terms, in this order, in any of the fields; or a single term."""

    terms: tuple[str, ...]
    fields: tuple[str, ...]
    slop: int = 0  # other words allowed between two terms


@dataclass(frozen=True, slots=True)
class Begins:
    """An unstemmed word that begins like this, in any of the fields."""

    start: str  # folded
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Resembles:
    """An unstemmed word spelt like this one, in any of the fields."""

    word: str  # folded
    edits: int  # 0 = spelt just so
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Value:
    """A whole keyword value, or its beginning, without regard to case."""

    name: str
    value: str  # case-folded
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Dated:
    """Published, or first fetched, within these times."""

    start: datetime | None  # inclusive
    end: datetime | None  # exclusive
    name: str = "published_at"


@dataclass(frozen=True, slots=True)
class Conjunction:
    """Every child."""

    children: tuple[Plan, ...]
    verbatim: Words | None = None  # the words among them side by side, which counts towards the score


@dataclass(frozen=True, slots=True)
class Disjunction:
    """At least this many children, or one rare child together with one set aside; see crowds.py."""

    children: tuple[Plan, ...]
    at_least: int = 1
    described: bool = False  # they are the words of a description
    rare: tuple[Plan, ...] = ()  # of the children
    aside: tuple[Words, ...] = ()  # too common to be searched for; each counts towards the score
    verbatim: Words | None = None  # the description as it stands, which counts towards the score


@dataclass(frozen=True, slots=True)
class Exclude:
    """Everything but the child."""

    child: Plan


Plan = Everything | Words | Begins | Resembles | Value | Dated | Conjunction | Disjunction | Exclude
Plans = Mapping[Plan | None, Sequence[str]]  # distinct plans of one query, each with the analyses that read it so


def parts_of(planned: Plan, *, excluded: bool = True) -> Iterator[Plan]:
    """The plan and all that it is made of, outer parts first; without what it excludes if `excluded` is False."""
    yield planned
    match planned:
        case Conjunction(children=children) | Disjunction(children=children):
            for child in children:
                yield from parts_of(child, excluded=excluded)
        case Exclude(child=child) if excluded:
            yield from parts_of(child)


def changed_plans(plans: Plans, change: Callable[[Plan], Plan | None]) -> Plans:
    """The plans after this change; those that are alike then become one."""
    changed: dict[Plan | None, list[str]] = {}
    for planned, analyses in plans.items():
        changed.setdefault(planned and change(planned), []).extend(analyses)
    return changed


def fold_value(value: str) -> str:
    """A keyword value in the form that is compared: case-folded, composed, stripped."""
    return unicodedata.normalize("NFC", value.strip().casefold())


def single(children: tuple[Plan, ...]) -> Plan | None:
    """The only one of these; None if there are none or several."""
    return children[0] if len(children) == 1 else None


def every(children: tuple[Plan, ...]) -> Plan | None:
    """All of these; None if there are none."""
    return single(children) or (Conjunction(children) if children else None)


def either(*ways: Plan | None) -> Plan | None:
    """Any of these, without duplicates; None if there are none."""
    found = tuple(dict.fromkeys(way for way in ways if way))
    return single(found) or (Disjunction(found) if found else None)
