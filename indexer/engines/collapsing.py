"""Leaving copies out of an answer: the same rule for every engine.

Of the copies that match a search and its filters, the earliest is shown. The index knows what each article is in its
cluster, so a filter on that is usually enough. Where a later copy matches and the earliest does not, an engine looks
at the matching members and decides which are shown after all. See docs/decisions/0016-copies.md.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from news.clusters import Standing
from news.index import Filters, SearchRequest, Sort
from news.query.tree import MatchAll

MAX_MEMBERS = 5_000  # matching articles with copies that are looked at; 7 ms of CPU on the embedded engine
_LATER = (int(Standing.FIRST_OF_SOURCE), int(Standing.REPEATED))
MEMBER_STANDINGS = (int(Standing.EARLIEST), *_LATER)


@dataclass(frozen=True, slots=True)
class Collapse:
    """Which articles are left out."""

    hidden: tuple[int, ...] = _LATER  # standings
    shown: tuple[int, ...] = ()  # seniorities of articles that are shown whatever their standing


NOTHING_HIDDEN = Collapse(hidden=())


def matching_key(request: SearchRequest) -> Hashable:
    """A key shared by searches that match the same articles; the order decides how many words a description needs."""
    return request.query, request.filters, request.past, request.sort is Sort.RELEVANCE


def needs_look(request: SearchRequest) -> bool:
    """Whether a later copy may match although the earliest does not."""
    return not (isinstance(request.query, MatchAll) and request.filters == Filters())


def collapse_of(found: Iterable[tuple[int, int, int]], *, count: int) -> Collapse:
    """Decide what to leave out, given cluster, standing and seniority of each cluster's earliest match, or of all.

    `count` is how many matching articles have copies.
    """
    first: dict[int, tuple[int, int]] = {}
    for cluster, standing, seniority in found:
        if cluster not in first or seniority < first[cluster][0]:
            first[cluster] = (seniority, standing)
    if len(first) == count:  # each stands alone among the matches
        return NOTHING_HIDDEN
    return Collapse(shown=tuple(sorted(seniority for seniority, standing in first.values() if standing in _LATER)))


def collapse_unseen(request: SearchRequest) -> Collapse:
    """Decide what to leave out if more match than are looked at.

    Filters, for example by source, may exclude the earliest copy of any number of stories; then one copy from each
    source is shown. Without filters, copies match alike.
    """
    return Collapse() if request.filters == Filters() else Collapse(hidden=(int(Standing.REPEATED),))
