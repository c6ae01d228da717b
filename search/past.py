"""Searching what the sites said at a moment: today's index preselects, each article's version of that time decides.

The engine returns at most MAX_EXAMINED articles that were known by then and have some version that may match; each is
read from the record as it was and checked against the full query.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from indexer.documents import document
from indexer.engine import Engine
from indexer.engines.highlighting import Highlighter
from indexer.engines.plan import Plan
from indexer.engines.readings import reading_of
from indexer.fields import given_back
from indexer.matching.article import AnalysedArticle
from indexer.matching.evaluation import passes, satisfies
from news.clusters import seniority_of
from news.index import FacetCount, Filters, Hit, SearchRequest, SearchResult
from search.past_copies import PastMatch, without_copies

if TYPE_CHECKING:
    from store.articles.past import Past
    from store.records import StoredArticle

MAX_EXAMINED = 1000  # per search; each takes about a millisecond
_EXAMINED_AT_ONCE = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class PastResult:
    """The answer to a search of the past."""

    result: SearchResult  # the total counts only what was examined
    copy_counts: Mapping[str, int]  # for each hit, the number of matching copies left out
    is_complete: bool  # everything that may match was examined


def search_past(engine: Engine, past: Past, request: SearchRequest, moment: datetime) -> PastResult:
    """Answer a request as of a moment. Raises whatever the engine and the store raise."""
    matches: list[PastMatch] = []
    examined, total, plans = 0, 0, _Plans(request)
    for answer in _sieved(engine, request, moment):
        then = past.articles([hit.id for hit in answer.hits], moment)
        for hit in answer.hits:
            if hit.id in then and plans.matches(found := document(then[hit.id]), request.filters):
                matches.append(_match(hit, then[hit.id], found))
        examined, total = examined + len(answer.hits), answer.total
    if request.collapse:
        matches = without_copies(matches)
    highlighter = Highlighter(request.query)
    shown = matches[request.offset : request.offset + request.limit]
    result = SearchResult(
        total=len(matches),
        hits=tuple(_hit(match, request, highlighter) for match in shown),
        facets=_facets([match.document for match in matches], request),
    )
    copy_counts = {match.document["id"]: len(match.left_out) for match in shown}
    return PastResult(result=result, copy_counts=copy_counts, is_complete=examined >= total)


def _match(hit: Hit, then: StoredArticle, found: dict[str, Any]) -> PastMatch:
    seniority = seniority_of(
        hit.id,
        published_at=then.article.published_at,
        published_day_only=then.article.published_day_only,
        first_seen_at=then.first_seen_at,
    )
    return PastMatch(score=hit.score, document=found, cluster=hit.fields.get("cluster"), seniority=seniority)


class _Plans:
    """The request's query as read in each language."""

    def __init__(self, request: SearchRequest) -> None:
        self._request = request
        self._known: dict[str, Plan | None] = {}

    def of(self, analysis: str) -> Plan | None:
        if analysis not in self._known:
            self._known[analysis] = reading_of(self._request, analysis)
        return self._known[analysis]

    def matches(self, found: dict[str, Any], filters: Filters) -> bool:
        article = AnalysedArticle.of(found)
        planned = self.of(article.analysis)
        return planned is not None and passes(article, filters) and satisfies(article, planned)


def _sieved(engine: Engine, request: SearchRequest, moment: datetime) -> Iterator[SearchResult]:
    """What may match, in the order of the request."""
    filters = Filters(sources=request.filters.sources, first_seen_until=moment)
    asked = SearchRequest(
        query=request.query,
        filters=filters,
        sort=request.sort,
        now=request.now,
        limit=_EXAMINED_AT_ONCE,
        positions=True,
        past=True,
    )
    examined = 0
    while examined < MAX_EXAMINED:
        answer = engine.search(asked)
        yield answer
        examined += len(answer.hits)
        if answer.after is None or len(answer.hits) < asked.limit:
            return
        asked = replace(asked, after=answer.after)


def _hit(match: PastMatch, request: SearchRequest, highlighter: Highlighter) -> Hit:
    found = match.document
    marked = highlighter.marked(found) if request.highlight else {}
    fields = given_back(found, with_text=request.with_text)
    return Hit(id=found["id"], score=match.score, fields=fields, highlights=marked)


def _facets(found: Sequence[dict[str, Any]], request: SearchRequest) -> dict[str, tuple[FacetCount, ...]]:
    counted = {}
    for name in request.facets:
        values = (value for each in found if name in each for value in _values(each[name]))
        frequent = sorted(Counter(values).items(), key=lambda pair: (-pair[1], pair[0]))[: request.facet_size]
        counted[name] = tuple(FacetCount(value=value, count=count) for value, count in frequent)
    return counted


def _values(value: Any) -> Sequence[str]:
    return value if isinstance(value, list | tuple) else (value,)
