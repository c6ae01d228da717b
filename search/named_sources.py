"""The sources that a query names, as `source:gazette` does; pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from news.query.parser import parse_query
from news.query.tree import AllOf, AnyOf, Description, Not, Phrase, Query, Term


def named_sources(query: str, *, now: datetime) -> tuple[str, ...]:
    """The values of source: in a query, without prefixes and fuzzy ones.

    >>> named_sources('storm source:(gazette OR "Evening Post")', now=datetime(2026, 1, 1))
    ('gazette', 'Evening Post')
    """
    return tuple(dict.fromkeys(_named(parse_query(query, now=now))))


def _named(query: Query) -> Iterator[str]:
    match query:
        case Term(text=text, field="source") | Phrase(text=text, field="source"):
            yield text
        case AllOf(children=inside) | AnyOf(children=inside) | Description(words=inside):
            for each in inside:
                yield from _named(each)
        case Not(child=child):
            yield from _named(child)


def id_of(name: str, source_names: Mapping[str, str]) -> str | None:
    """The id of the source with this name; None when there is none or several.

    >>> id_of("world", {"trtworld": "TRT World", "wn": "World"})
    'wn'
    """
    found = [source_id for source_id, known in source_names.items() if known.casefold() == name.casefold()]
    return found[0] if len(found) == 1 else None
