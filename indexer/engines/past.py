"""A plan as a sieve for searches of the past: it lets through articles with a version that may satisfy it.

Of earlier versions the index only has the passages that edits removed (`former`), without their fields, and nothing of
earlier bylines, sections or tags. So words may also be in `former`, and conditions that today's index cannot judge for
the past are dropped. What passes must then be compared with the version of that time.
"""

from __future__ import annotations

from dataclasses import replace

from indexer.engines.plan import (
    FORMER,
    Begins,
    Conjunction,
    Dated,
    Disjunction,
    Everything,
    Exclude,
    Plan,
    Resembles,
    Value,
    Words,
)
from indexer.fields import FIELDS, Kind

_LASTING = frozenset({"id", "url", "source"})  # keyword fields that no edit changes


def sieve(planned: Plan) -> Plan:
    """A plan that every article satisfies today if one of its versions satisfies this one.

    >>> sieve(Exclude(Words(("bridge",), ("text",))))
    Everything()
    """
    match planned:
        case Words(fields=fields) | Begins(fields=fields) | Resembles(fields=fields):
            if all(FIELDS[name].kind is Kind.TEXT for name in fields):
                return replace(planned, fields=tuple(dict.fromkeys((*fields, "title", "dek", "text", FORMER))))
            return planned if _LASTING.issuperset(fields) else Everything()
        case Value(name=name):
            return planned if name in _LASTING else Everything()
        case Conjunction(children=children):
            return Conjunction(tuple(map(sieve, children)))
        case Disjunction(children=children):
            return replace(planned, children=tuple(map(sieve, children)))
        case Exclude() | Dated() | Everything():
            return Everything()
