"""Paging by score: for each page tantivy ranks everything before it anew, so many pages are ranked at a time."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace

import tantivy

from indexer.engines.embedded.query import total
from indexer.engines.remembered import Remembered
from news.index import SearchRequest

RANKED_AT_ONCE = 20_000  # some 3 MB; an export of a million then ranks fifty times, not two thousand


@dataclass(frozen=True, slots=True)
class Ranking:
    """A stretch of a search's matches, in order of score."""

    offset: int  # offset of its first hit
    hits: Sequence[tuple[float, tantivy.DocAddress]]  # with their scores
    total: int  # of all matches

    def holds(self, offset: int, limit: int) -> bool:
        """Whether a page lies within it."""
        end = min(offset + limit, self.total)
        return self.offset <= offset and end <= self.offset + len(self.hits)

    def page(self, offset: int, limit: int) -> Sequence[tuple[float, tantivy.DocAddress]]:
        """The hits of a page that lies within."""
        return self.hits[offset - self.offset : offset - self.offset + limit]


def ranking_at(
    searcher: tantivy.Searcher,
    query: tantivy.Query,
    request: SearchRequest,
    offset: int,
    known: Remembered[Ranking],
) -> Ranking:
    """A stretch that contains the request's page; one remembered for this searcher's commit, if there is one."""
    key: Hashable = replace(request, after=None)
    ranking = known.recall(key)
    if ranking is None or not ranking.holds(offset, request.limit):
        found = searcher.search(query, max(request.limit, RANKED_AT_ONCE), offset=offset)
        ranking = Ranking(offset, found.hits, total(found))
        known.remember(key, ranking)
    return ranking
