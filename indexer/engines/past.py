"""A plan as a sieve for searches of the past: it lets through what has a version that may satisfy it.

The index knows of earlier versions the passages that edits took away (`former`), without the fields they stood in,
and nothing of earlier bylines, sections or tags. So words may stand in `former` as well, and what an index of today
cannot tell of the past is not asked. What comes through has to be compared with the version of the time.
"""

from __future__ import annotations

from dataclasses import replace

from indexer.engines.plan import FORMER, All, Any, Begins, Dated, Everything, Exclude, Plan, Resembles, Value, Words
from indexer.fields import FIELDS, Kind

_LASTING = frozenset({"id", "url", "source"})  # keyword fields that no edit changes


def sieve(planned: Plan) -> Plan:
    """What every article with a version that satisfies the plan satisfies today.

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
        case All(children=children):
            return All(tuple(map(sieve, children)))
        case Any(children=children):
            return replace(planned, children=tuple(map(sieve, children)))
        case Exclude() | Dated() | Everything():
            return Everything()
