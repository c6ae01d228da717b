"""What the API, the page and the command line ask: searches, articles with their history, readiness."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain
from time import perf_counter
from typing import TYPE_CHECKING

from indexer.engine import Engine
from news.clusters import cluster_number
from news.errors import NotFoundError, StoreError
from news.index import FacetCount, Filters, Hit, SearchRequest, SearchResult
from news.query.parser import parse_query
from news.query.tree import Query, Term
from search.articles.article_page import article_page
from search.articles.copies import Copies, copies_of
from search.cursor import next_cursor
from search.errors import BadRequest, QueryTooLong
from search.export import with_receipts
from search.params import MAX_DEPTH, MAX_QUERY_CHARACTERS, MEANING_ORDERED, SearchParams
from search.past import search_past
from search.readiness import readiness
from search.request import (
    FACET_FIELDS,
    byline_request,
    export_request,
    facet_request,
    fold_spellings,
    found_article,
    search_request,
)
from search.results import ArticlePage, FoundArticle, Readiness, SearchPage, SourceSummary
from search.suggestions.addresses import asked_as_indexed, met_at
from search.suggestions.bylines import byline_query
from search.suggestions.missed import Missed, missed
from search.suggestions.similar import SIMILAR_SHOWN, alike, like_query
from search.suggestions.suggesting import suggestions
from search.timeline_ahead import TimelineCounter
from store.clock import utc_now

if TYPE_CHECKING:
    from search.meaning import Meaning  # loads numpy
    from store.service import Store
    from store.views import UrlView


class SearchService:
    """Answers questions about articles; safe to call from several threads."""

    def __init__(
        self,
        engine: Engine,
        store: Store,
        source_names: Mapping[str, str],
        *,
        meaning: Meaning | None = None,
        clock: Callable[[], float] = perf_counter,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        """Without `meaning`, searches that ask for it are refused."""
        self._engine = engine
        self._timelines = TimelineCounter(engine.search)
        self._store = store
        self._source_names = source_names
        self._meaning = meaning
        self._clock = clock
        self._now = now

    @property
    def has_meaning(self) -> bool:
        """Whether searches may ask for the order of meaning."""
        return self._meaning is not None

    @property
    def source_names(self) -> Mapping[str, str]:
        """Map of source id to name."""
        return self._source_names

    def search(self, params: SearchParams, *, for_page: bool = False) -> SearchPage:
        """One page of hits with their facets; `for_page` adds what only the web page shows.

        Raises QueryTooLong, QuerySyntaxError, BadRequest (a cursor of another search), NotFoundError (no such page) and
        EngineUnavailable.
        """
        if params.is_too_deep:
            raise NotFoundError(f"pages lead to the first {MAX_DEPTH:,} hits only; follow next, or narrow the dates")
        request = self._request(params)
        if params.past_moment is not None:
            return self._past_page(params, request, params.past_moment)
        request = self._timelines.ahead(replace(request, span=request.span or for_page))
        started = self._clock()
        result = self._ranked(params, request)
        facets = self._facets(params, request, result)
        timeline = self._timelines.timeline(request, result)
        instead = Missed() if result.total else missed(params.q, request, self._engine.search, self._read)
        byline, byline_total = self._byline(params.q, request) if for_page and result.total else (None, 0)
        took_ms = (self._clock() - started) * 1000
        reachable = min(result.total, MAX_DEPTH // params.size * params.size)
        return SearchPage(
            params=params,
            total=result.total,
            hits=self._found(result.hits),
            facets=facets,
            took_ms=round(took_ms, 3),
            last_page=max(1, -(-reachable // params.size)),
            next_cursor=None if params.in_meaning_order else next_cursor(params, result),
            timeline=timeline,
            spelling=instead.spelling,
            unknown_words=instead.unknown_words,
            unfiltered_total=instead.unfiltered_total,
            nearest=self._found(instead.nearest),
            byline=byline,
            byline_total=byline_total,
        )

    def _ranked(self, params: SearchParams, request: SearchRequest) -> SearchResult:
        """The page of hits; those among the first are in the order of words and meaning, if that is asked for."""
        if params.meaning and self._meaning is None:
            raise BadRequest("meaning is off here; set search.meaning to have hits ordered by it")
        if self._meaning is None or not params.in_meaning_order:
            return self._engine.search(request)
        end = params.offset + params.size
        result = self._engine.search(replace(request, offset=0, limit=max(MEANING_ORDERED, end)))
        hits = self._meaning.ordered(request.query, result.hits[:MEANING_ORDERED]) + result.hits[MEANING_ORDERED:]
        return replace(result, hits=hits[params.offset : end])

    def _read(self, text: str) -> Query:
        return parse_query(text, now=self._now())

    def _byline(self, text: str, request: SearchRequest) -> tuple[str | None, int]:
        """The query for articles by whom two or more words name, and how many there are."""
        by = byline_query(text, least_words=2)
        total = self._engine.search(byline_request(request, parse_query(by))).total if by is not None else 0
        return (by, total) if total else (None, 0)

    def met(self, address: str) -> UrlView | None:
        """The record of an address, if it was ever seen. Raises StoreError."""
        return met_at(address, self._store)

    def _past_page(self, params: SearchParams, request: SearchRequest, moment: datetime) -> SearchPage:
        started = self._clock()
        found = search_past(self._engine, self._store.past, request, moment)
        took_ms = (self._clock() - started) * 1000
        hits = (found_article(hit, self._source_names) for hit in found.result.hits)
        return SearchPage(
            params=params,
            total=found.result.total,
            hits=tuple(
                replace(shown, version=hit.fields.get("version"), copy_count=found.copy_counts[hit.id])
                for shown, hit in zip(hits, found.result.hits, strict=True)
            ),
            facets={name: fold_spellings(found.result.facets.get(field, ())) for name, field in FACET_FIELDS.items()},
            took_ms=round(took_ms, 3),
            last_page=max(1, -(-found.result.total // params.size)),
            is_complete=found.is_complete,
            is_before_all=not found.result.total and not self._known_by(moment),
        )

    def _known_by(self, moment: datetime) -> int:
        """How many of the articles of today were known at a moment."""
        return self._engine.search(SearchRequest(filters=Filters(first_seen_until=moment), limit=0)).total

    def _found(self, hits: Sequence[Hit]) -> tuple[FoundArticle, ...]:
        with_copies = [hit.id for hit in hits if hit.fields.get("cluster") is not None]
        try:
            counts = self._store.copies.counts(with_copies) if with_copies else {}
        except StoreError:  # the engine's results can be shown without the store
            counts = {}
        return tuple(replace(found_article(hit, self._source_names), copy_count=counts.get(hit.id, 0)) for hit in hits)

    def suggest(self, text: str) -> tuple[str, ...]:
        """The query with its last word completed. Raises QueryTooLong and EngineUnavailable."""
        _check_length(text)
        return suggestions(text, self._engine.search)

    def export(self, params: SearchParams, *, with_text: bool, with_receipt: bool = False) -> Iterator[tuple[Hit, ...]]:
        """Everything the search finds, in pages; the first is fetched at once, so that errors come before it.

        Without words and a sort order, newest first. Raises whatever `search` raises.
        """
        request = export_request(self._request(params), with_text=with_text)
        first = self._engine.search(request)
        pages = chain([first.hits], self._following(request, first))
        return with_receipts(pages, self._store.articles) if with_receipt else pages

    def _following(self, request: SearchRequest, result: SearchResult) -> Iterator[tuple[Hit, ...]]:
        while result.after is not None and len(result.hits) == request.limit:
            result = self._engine.search(replace(request, after=result.after))
            yield result.hits

    def _request(self, params: SearchParams) -> SearchRequest:
        _check_length(params.q)
        request = search_request(params, now=params.past_moment or self._now())
        if isinstance(request.query, Term) and request.query.field == "url":
            return replace(request, query=asked_as_indexed(request.query, self._store))
        return request

    def article(self, article_id: str, *, version: int | None = None, at: datetime | None = None) -> ArticlePage | None:
        """An article at its newest version, a given one or that of a moment, with history; follows merged ids.

        None if there is no such article or version, or it was not known at that time. Raises StoreError.
        """
        return article_page(self._store, self._source_names, article_id, version=version, at=at)

    def copies(self, article_id: str) -> Copies:
        """The articles with almost the same text as this one, including itself. Raises StoreError."""
        return copies_of(self._store.copies.of(article_id), self._source_names)

    def similar(self, page: ArticlePage) -> tuple[FoundArticle, ...]:
        """Similar articles, most similar first. Raises EngineUnavailable."""
        article = page.shown.article
        query = like_query(article.title, article.dek, article.text, article.language)
        if query is None:
            return ()
        hits = self._engine.search(SearchRequest(query=query, limit=SIMILAR_SHOWN + 1, collapse=True)).hits
        place = page.view.stored.cluster
        cluster = cluster_number(place.cluster_id) if place else None
        return tuple(found_article(hit, self._source_names) for hit in alike(hits, page.view.stored.id, cluster))

    def sources(self) -> tuple[SourceSummary, ...]:
        """Every configured source and every one in the index, by name. Raises EngineUnavailable."""
        result = self._engine.search(SearchRequest(limit=0, facets=("source",), facet_size=1000))
        counts = {one.value: one.count for one in result.facets.get("source", ())}
        ids = self._source_names.keys() | counts.keys()
        found = [SourceSummary(id=id, name=self._source_names.get(id, id), articles=counts.get(id, 0)) for id in ids]
        return tuple(sorted(found, key=lambda each: (each.name.casefold(), each.id)))

    def ready(self) -> Readiness:
        """Whether searches and articles can be answered now; never raises."""
        return readiness(self._engine, self._store)

    def _facets(
        self, params: SearchParams, request: SearchRequest, result: SearchResult
    ) -> dict[str, tuple[FacetCount, ...]]:
        counts = dict(result.facets)
        for name, field in FACET_FIELDS.items():
            if getattr(params, name):
                counts[field] = self._engine.search(facet_request(request, name)).facets.get(field, ())
        return {name: fold_spellings(counts.get(field, ())) for name, field in FACET_FIELDS.items()}


def _check_length(text: str) -> None:
    if len(text) > MAX_QUERY_CHARACTERS:
        raise QueryTooLong(f"the query has {len(text)} characters; at most {MAX_QUERY_CHARACTERS} are read: shorten it")
