"""Searching, reading an article's record, and whether both can be done: what the API, the page and the CLI call."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from time import perf_counter
from typing import TYPE_CHECKING

from indexer.engine import Engine
from news.errors import StoreError
from news.index import FacetCount, SearchRequest, SearchResult
from search.errors import QueryTooLong
from search.params import MAX_DEPTH, SearchParams
from search.request import FACET_FIELDS, facet_request, fold_spellings, found_article, search_request
from search.results import ArticlePage, Check, Readiness, SearchPage, SourceSummary

if TYPE_CHECKING:
    from store.service import Store

MAX_QUERY_CHARACTERS = 512  # what the query parser reads
FETCHES_SHOWN = 50

_ARTICLE_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


class SearchService:
    """Answers questions about articles; safe to call from several threads."""

    def __init__(
        self,
        engine: Engine,
        store: Store,
        source_names: Mapping[str, str],
        *,
        clock: Callable[[], float] = perf_counter,
    ) -> None:
        self._engine = engine
        self._store = store
        self._source_names = source_names
        self._clock = clock

    @property
    def source_names(self) -> Mapping[str, str]:
        """Source id to name."""
        return self._source_names

    def search(self, params: SearchParams) -> SearchPage:
        """One page of hits with their facets. Raises QueryTooLong and EngineUnavailable."""
        if len(params.q) > MAX_QUERY_CHARACTERS:
            raise QueryTooLong(
                f"the query has {len(params.q)} characters; at most {MAX_QUERY_CHARACTERS} are read: shorten it"
            )
        request = search_request(params)
        started = self._clock()
        result = self._engine.search(request)
        facets = self._facets(params, request, result)
        took_ms = (self._clock() - started) * 1000
        reachable = min(result.total, MAX_DEPTH // params.size * params.size)
        return SearchPage(
            params=params,
            total=result.total,
            hits=tuple(found_article(hit, self._source_names) for hit in result.hits),
            facets=facets,
            took_ms=round(took_ms, 3),
            last_page=max(1, -(-reachable // params.size)),
        )

    def article(self, article_id: str, *, version: int | None = None) -> ArticlePage | None:
        """An article in its newest or the given version, with its history; merged ids are followed.

        None if there is no such article or version. Raises StoreError.
        """
        if not _ARTICLE_ID.fullmatch(article_id):
            return None
        view = self._store.articles.get(article_id)
        if view is None:
            return None
        stored = view.stored
        versions = tuple(self._store.articles.versions(stored.id))
        shown = next((each for each in versions if each.version == (version or stored.version)), None)
        if shown is None:
            return None
        return ArticlePage(
            view=view,
            source_name=self._source_names.get(stored.source_id, stored.source_id),
            shown=shown,
            versions=versions,
            fetches=tuple(self._store.articles.fetches(stored.id, limit=FETCHES_SHOWN)),
        )

    def sources(self) -> tuple[SourceSummary, ...]:
        """Every configured source and every one the index holds, by name. Raises EngineUnavailable."""
        result = self._engine.search(SearchRequest(limit=0, facets=("source",), facet_size=1000))
        counts = {one.value: one.count for one in result.facets.get("source", ())}
        ids = self._source_names.keys() | counts.keys()
        found = [SourceSummary(id=id, name=self._source_names.get(id, id), articles=counts.get(id, 0)) for id in ids]
        return tuple(sorted(found, key=lambda each: (each.name.casefold(), each.id)))

    def ready(self) -> Readiness:
        """Whether searches and articles can be answered now; never raises."""
        engine = self._engine.health()
        return Readiness(
            checks=(Check(name="engine", ok=engine.ok, detail=engine.detail), self._store_check()),
        )

    def _store_check(self) -> Check:
        try:
            self._store.ping()
        except StoreError as error:
            return Check(name="store", ok=False, detail=str(error))
        return Check(name="store", ok=True, detail="answers")

    def _facets(
        self, params: SearchParams, request: SearchRequest, result: SearchResult
    ) -> dict[str, tuple[FacetCount, ...]]:
        counts = dict(result.facets)
        for name, field in FACET_FIELDS.items():
            if getattr(params, name):
                counts[field] = self._engine.search(facet_request(request, name)).facets.get(field, ())
        return {name: fold_spellings(counts.get(field, ())) for name, field in FACET_FIELDS.items()}
