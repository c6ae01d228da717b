"""The articles that come closest where none matches.

First those that a likelier query finds, such as one with a word corrected; then those with the words also in bylines
and addresses, else with fewer of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import combinations

from indexer.engines.phrases import QueryTooCostly
from news.index import Hit, SearchRequest, Sort
from news.query.side_by_side import ALL_REQUIRED
from news.query.tree import AllOf, AnyOf, Description, Phrase, Query, Term
from search.suggestions.spelling import Search

NEAREST_SHOWN = 10
_MOST_ANYWHERE = 8  # words, each looked for in eight fields: a choice
_BETWEEN_WORDS = re.compile(r"(?<=\w)[-\u2010\u2011](?=\w)|\s+")
_ELSEWHERE = ("authors", "agencies", "section", "tags", "url")  # fields that words without a field do not look at


def nearest(request: SearchRequest, likelier: Query | None, search: Search) -> tuple[Hit, ...]:
    """What a likelier query finds, then the best matches of the closest looser form of the query."""
    meant = _found([likelier, *loosened(likelier)], request, search) if likelier else ()
    others = {hit.id: hit for hit in (*meant, *_found(loosened(request.query), request, search))}
    return tuple(others.values())[:NEAREST_SHOWN]


def _found(forms: Iterable[Query], request: SearchRequest, search: Search) -> tuple[Hit, ...]:
    """The best matches of the first form that has any; none if no form does."""
    for query in forms:
        asked = SearchRequest(
            query=query,
            filters=request.filters,
            sort=Sort.RELEVANCE,
            limit=NEAREST_SHOWN,
            highlight=True,
            collapse=request.collapse,
        )
        with suppress(QueryTooCostly):  # a form with fewer phrases may do
            if hits := search(asked).hits:
                return hits
    return ()


def loosened(query: Query) -> Iterator[Query]:
    """Looser forms of a query, the closest first: words found anywhere, most of the words, any of them.

    What was asked for by an operator (a field, a time, NOT, OR, begin*) stays required; a phrase becomes its words.

    >>> list(loosened(AllOf((Term("storm"), Term("tanker"), Term("gazette", "source")))))[1:]
    [AllOf(children=(AnyOf(children=(Term(text='storm', field=None), Term(text='tanker', field=None))), \
Term(text='gazette', field='source')))]
    """
    parts = query.children if isinstance(query, AllOf) else (query,)
    said = [part for part in parts if _words(part)]
    rest = [part for part in parts if not _words(part)]
    words = tuple(dict.fromkeys(word for part in said for word in _words(part)))
    if not words:
        return
    if len(words) <= _MOST_ANYWHERE:
        yield _all_of([*(anywhere for part in said for anywhere in _anywhere(part)), *rest])
    if len(words) > 2 and (Description(words),) != tuple(said):
        yield _all_of([_most_of(words), *rest])
    if len(words) > 1:
        yield _all_of([AnyOf(words), *rest])


def _words(part: Query) -> tuple[Term, ...]:
    """The plain words of a part, those with hyphens in pieces; none if it is anything but words of texts."""
    match part:
        case Term(text=text, field=None) | Phrase(text=text, field=None):
            return tuple(map(Term, _BETWEEN_WORDS.split(text)))
        case Description(words=words):
            return tuple(piece for word in words for piece in _words(word))
        case _:
            return ()


def _anywhere(part: Query) -> Iterator[Query]:
    for word in part.words if isinstance(part, Description) else (part,):
        if isinstance(word, Term | Phrase):
            yield AnyOf((word, *(replace(word, field=name) for name in _ELSEWHERE)))


def _most_of(words: Sequence[Term]) -> Query:
    """Two of three words, each in all its writings, which a description does not look for; a share of more."""
    if len(words) > ALL_REQUIRED:
        return Description(tuple(words))
    return AnyOf(tuple(map(AllOf, combinations(words, 2))))


def _all_of(parts: list[Query]) -> Query:
    return parts[0] if len(parts) == 1 else AllOf(tuple(parts))
