"""How likely an article is to be edited at a given age: learned per source, with a sensible prior.

A source's hazard is a step function of the article's age. Each step records how long articles of that age were
watched and how many edits that showed. A visit only says whether the page changed since the previous one, so a change
counts as the number of edits expected given at least one (the E step of EM for interval-censored Poisson counts;
plain counting is too low, see Cho and Garcia-Molina, "Estimating frequency of change", ACM TOIT 2003).
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

HOUR = 3600.0
DAY = 24 * HOUR

# Ends of the age classes, roughly doubling, since the chance of an edit falls roughly in proportion to 1 / age.
AGE_EDGES_SECONDS = (
    *(HOUR * hours for hours in (1, 3, 6, 12)),
    *(DAY * days for days in (1, 2, 4, 8, 16, 32, 90)),
)
AGE_CLASS_COUNT = len(AGE_EDGES_SECONDS) + 1

# The prior, a choice: PRIOR_EDITS / (1 + age in hours) per hour, about one edit in an article's first day and two in
# its first month. One edit's worth of evidence weighs as much as the prior does.
PRIOR_EDITS = 0.3
PRIOR_STRENGTH = 1.0
NEIGHBOUR_SHARE = 0.5  # weight of a class's evidence in the level of its neighbours; squared two classes away
MEMORY_EDITS = 400.0  # a class that has seen or expected more edits forgets half


@dataclass(frozen=True, kw_only=True, slots=True)
class Watched:
    """What watching articles of one age class has shown."""

    seconds: float = 0.0  # article time covered by visits
    edits: float = 0.0  # estimated edits in that time


NOTHING_WATCHED = (Watched(),) * AGE_CLASS_COUNT


@dataclass(frozen=True, slots=True)
class Hazard:
    """Edits per second of a source's average article, by age class."""

    rates: tuple[float, ...]

    @classmethod
    def learned(cls, watched: Sequence[Watched]) -> Hazard:
        """The hazard learned from watching: each class's own evidence over a prior set by its neighbours."""
        return cls(tuple(_rate(watched, age_class) for age_class in range(AGE_CLASS_COUNT)))

    def expected(self, from_seconds: float, to_seconds: float) -> float:
        """The edits expected between two ages."""
        return sum(self.rates[age_class] * seconds for age_class, seconds in spans(from_seconds, to_seconds))

    def age_when(self, from_seconds: float, edits: float) -> float:
        """The age by which this many edits are expected since the age `from_seconds`."""
        age, left = max(from_seconds, 0.0), edits
        for age_class in range(_class_of(age), AGE_CLASS_COUNT):
            due = age + left / self.rates[age_class]
            end = _end(age_class)
            if due <= end:
                return due
            left -= self.rates[age_class] * (end - age)
            age = end
        raise AssertionError("the last age class has no end")


def spans(from_seconds: float, to_seconds: float) -> Iterator[tuple[int, float]]:
    """The age classes between two ages, each with the seconds spent in it."""
    age = max(from_seconds, 0.0)
    age_class = _class_of(age)
    while age < to_seconds:
        end = min(_end(age_class), to_seconds)
        yield age_class, end - age
        age, age_class = end, age_class + 1


def edits_behind(expected: float) -> float:
    """How many edits a change stands for, given the number expected since the previous visit.

    >>> round(edits_behind(0.001), 2), round(edits_behind(3.0), 2)
    (1.0, 3.16)
    """
    return expected / -math.expm1(-expected) if expected > 0 else 1.0


def watch(
    watched: Sequence[Watched], hazard: Hazard, *, from_seconds: float, to_seconds: float, edits: float
) -> tuple[Watched, ...]:
    """The record after a visit that covered these ages; its edits are spread as the hazard predicts."""
    added = list(watched)
    total = hazard.expected(from_seconds, to_seconds)
    for age_class, seconds in spans(from_seconds, to_seconds):
        share = hazard.rates[age_class] * seconds / total if total else 0.0
        added[age_class] = _add(added[age_class], age_class, Watched(seconds=seconds, edits=edits * share))
    return tuple(added)


def _add(old: Watched, age_class: int, new: Watched) -> Watched:
    full = max(old.edits, old.seconds * PRIOR_RATES[age_class]) > MEMORY_EDITS
    keep = 0.5 if full else 1.0
    return Watched(seconds=old.seconds * keep + new.seconds, edits=old.edits * keep + new.edits)


def _rate(watched: Sequence[Watched], age_class: int) -> float:
    edits = expected = PRIOR_STRENGTH
    for other, seen in enumerate(watched):
        share = NEIGHBOUR_SHARE ** abs(age_class - other)
        edits += share * seen.edits
        expected += share * seen.seconds * PRIOR_RATES[other]
    level = edits / expected
    own = watched[age_class]
    return (PRIOR_STRENGTH + own.edits) / (PRIOR_STRENGTH / (PRIOR_RATES[age_class] * level) + own.seconds)


def _end(age_class: int) -> float:
    return AGE_EDGES_SECONDS[age_class] if age_class < len(AGE_EDGES_SECONDS) else math.inf


def _class_of(age_seconds: float) -> int:
    return bisect_right(AGE_EDGES_SECONDS, age_seconds)


def _prior_rate(age_class: int) -> float:
    """The mean of the prior over a class; the open-ended last one is taken to end at four times its start."""
    start = AGE_EDGES_SECONDS[age_class - 1] if age_class else 0.0
    end = min(_end(age_class), 4 * start) if start else _end(age_class)
    return PRIOR_EDITS * math.log((HOUR + end) / (HOUR + start)) / (end - start)


PRIOR_RATES = tuple(_prior_rate(age_class) for age_class in range(AGE_CLASS_COUNT))
