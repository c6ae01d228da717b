"""A client of the HTTP API for Python programs.

    from search.client import Client

    with Client() as newsdex:                       # $NEWSDEX_URL and $NEWSDEX_KEY, else http://127.0.0.1:8000
        for hit in newsdex.iterate("ankara", source="trtworld", published_from="2026-11-01"):
            print(hit.published_at, hit.title, hit.url)

Answers are the API's own models, so a field has the same name here, in OpenAPI and in docs/api.md.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from types import TracebackType
from typing import Unpack

from news.rendering import BodyForm
from news.requests import RequestKind
from search.api.completeness_models import CompletenessModel
from search.api.models import (
    ArticleModel,
    CopiesModel,
    CopyModel,
    ExportedModel,
    HealthModel,
    HitModel,
    SearchModel,
    SimilarModel,
    SourceModel,
    SourcesModel,
    SuggestionsModel,
    TimelineModel,
    VersionModel,
)
from search.api.operations_models import (
    NewPauseModel,
    NewRequestModel,
    PauseModel,
    RequestModel,
    RequestsModel,
    RunModel,
    RunsModel,
)
from search.api.status_models import FailureModel, FailuresModel, StatusModel
from search.articles.changes import ChangeModel, ChangesModel
from search.client.http import Transport
from search.client.params import Filters, SearchFilters, at, checked, listing, searching
from search.client.searches import SavedSearches
from search.params import ExportParams, SearchParams

DEFAULT_URL = "http://127.0.0.1:8000"
TIMEOUT_SECONDS = 30.0
RETRIES = 5
MOST_ON_A_PAGE = 100


class Client:
    """A client of one newsdex server. It waits and retries on 429 and 503; other problems are raised at once.

    Every method raises ClientError (search/client/errors.py draws the tree). Safe to call from several threads.
    """

    def __init__(
        self,
        url: str | None = None,
        key: str | None = None,
        *,
        timeout_seconds: float = TIMEOUT_SECONDS,
        retries: int = RETRIES,
        environ: Mapping[str, str] = os.environ,
    ) -> None:
        """Without `url` and `key`, NEWSDEX_URL and NEWSDEX_KEY are used; `retries` is per request."""
        self._http = Transport(
            url or environ.get("NEWSDEX_URL") or DEFAULT_URL,
            key or environ.get("NEWSDEX_KEY"),
            timeout_seconds=timeout_seconds,
            retries=retries,
        )
        self.saved = SavedSearches(self._http)

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    # Searching

    def search(self, q: str = "", *, size: int = 20, page: int = 1, **filters: Unpack[SearchFilters]) -> SearchModel:
        """One page of hits with facets; `next` of the answer leads to the following page, as `iterate` does."""
        return self._http.get(SearchModel, searching("search", SearchParams, q=q, size=size, page=page, **filters))

    def iterate(self, q: str = "", *, most: int | None = None, **filters: Unpack[SearchFilters]) -> Iterator[HitModel]:
        """Every hit in order, page after page, even beyond 10,000."""
        address: str | None = searching("search", SearchParams, q=q, size=MOST_ON_A_PAGE, **filters)
        left = most
        while address is not None and (left is None or left > 0):
            answer = self._http.get(SearchModel, address)
            hits = answer.hits if left is None else answer.hits[:left]
            yield from hits
            left = None if left is None else left - len(hits)
            address = answer.next

    def timeline(self, q: str = "", **filters: Unpack[Filters]) -> TimelineModel | None:
        """How much was published when; None if nothing that matches is dated."""
        address = searching("search", SearchParams, q=q, size=1, timeline=True, **filters)
        return self._http.get(SearchModel, address).timeline

    def export(
        self, q: str = "", *, text: bool = False, receipt: bool = False, **filters: Unpack[Filters]
    ) -> Iterator[ExportedModel]:
        """Every matching article from one stream, newest first unless `sort` differs.

        `text` adds the body, `receipt` what it was read from.
        """
        for line in self._http.lines(searching("export", ExportParams, q=q, text=text, receipt=receipt, **filters)):
            yield ExportedModel.model_validate_json(line)

    def suggest(self, q: str) -> list[str]:
        """The query with its last word completed, likeliest first."""
        return self._http.get(SuggestionsModel, listing("suggest", q=q)).suggestions

    def sources(self) -> list[SourceModel]:
        """Every source with the number of its articles that can be found."""
        return self._http.get(SourcesModel, at("sources")).sources

    def ready(self) -> HealthModel:
        """Whether searches can be answered now; raises Unreachable, with the reason, if not."""
        return self._http.get(HealthModel, "/readyz", waits=False)

    # Reading

    def article(
        self,
        article_id: str,
        *,
        version: int | None = None,
        as_of: str | date | datetime | None = None,
        form: BodyForm | str | None = None,
    ) -> ArticleModel:
        """An article as it is now or in an earlier version; `form` adds its body as `html` or `markdown`."""
        asked = listing("articles", article_id, version=version, as_of=as_of, format=form)
        return self._http.get(ArticleModel, asked)

    def versions(self, article_id: str) -> list[VersionModel]:
        """Its versions, oldest first; `article` reads one."""
        return self.article(article_id).versions

    def changes(self, article_id: str) -> list[ChangeModel]:
        """What each of its versions changed, oldest first."""
        return self._http.get(ChangesModel, at("articles", article_id, "changes")).changes

    def citation(self, article_id: str, *, version: int | None = None, form: str = "text") -> str:
        """Its citation: one line, or with `form="bibtex"` or `"csl"` (JSON) in that format."""
        return self._http.text(listing("articles", article_id, "citation", version=version, format=form))

    def similar(self, article_id: str) -> list[HitModel]:
        """Similar articles, most similar first."""
        return self._http.get(SimilarModel, at("articles", article_id, "similar")).hits

    def copies(self, article_id: str) -> list[CopyModel]:
        """Other articles with almost the same text."""
        return self._http.get(CopiesModel, at("articles", article_id, "copies")).copies

    # Operations: require a key of scope operate

    def crawl(self, source: str) -> RequestModel:
        """Ask a source for news now; returns the open request if there already is an equal one."""
        return self.ask(RequestKind.CRAWL, source=source)

    def recrawl(
        self,
        *,
        urls: Sequence[str] = (),
        source: str | None = None,
        since: str | datetime | None = None,
        failed: bool = False,
    ) -> RequestModel:
        """Fetch articles again: these, those of a source, those first seen since a time, or those that failed."""
        return self.ask(RequestKind.FETCH, urls=urls, source=source, since=since, failed=failed)

    def backfill(self, source: str, *, since: str | datetime, until: str | datetime) -> RequestModel:
        """Find a source's articles of a span of time, both ends included, in its sitemaps, after everything new."""
        return self.ask(RequestKind.BACKFILL, source=source, since=since, until=until)

    def ask(
        self,
        kind: RequestKind | str,
        *,
        source: str | None = None,
        urls: Sequence[str] = (),
        since: str | datetime | None = None,
        until: str | datetime | None = None,
        failed: bool = False,
    ) -> RequestModel:
        """Request work of any kind; `request` returns its progress."""
        given = {"kind": kind, "source": source, "urls": list(urls), "failed": failed}
        for name, moment in {"since": since, "until": until}.items():
            given[name] = moment.isoformat() if isinstance(moment, datetime) else moment
        return self._http.post(RequestModel, at("requests"), checked(NewRequestModel, given))

    def follow(self, request_id: str) -> Iterator[RequestModel]:
        """A request at each change until it has ended, as the server reports it; this may take hours."""
        path = at("requests", request_id, "events")
        while True:
            for name, data in self._http.events(path):
                yield RequestModel.model_validate_json(data)
                if name == "end":
                    return

    def request(self, request_id: str) -> RequestModel:
        """One request and its progress."""
        return self._http.get(RequestModel, at("requests", request_id))

    def requests(self, *, limit: int = 50, only_open: bool = False) -> list[RequestModel]:
        """The newest requests, open ones first."""
        path = listing("requests", limit=limit, open=str(only_open).lower())
        return self._http.get(RequestsModel, path).requests

    def cancel(self, request_id: str) -> RequestModel:
        """Cancel a request."""
        return self._http.post(RequestModel, at("requests", request_id, "cancel"))

    def pause(self, scope: str = "*") -> PauseModel:
        """Stop starting crawls of a source, or of all sources."""
        return self._http.post(PauseModel, at("pauses"), checked(NewPauseModel, {"scope": scope}))

    def resume(self, scope: str = "*") -> None:
        """End a pause."""
        self._http.delete(at("pauses", scope))

    def status(self) -> StatusModel:
        """How everything is doing."""
        return self._http.get(StatusModel, at("status"))

    def runs(self, *, source: str | None = None, limit: int = 50) -> list[RunModel]:
        """The newest crawls."""
        return self._http.get(RunsModel, listing("runs", source=source, limit=limit)).runs

    def completeness(
        self, source_id: str, *, first: date | None = None, last: date | None = None, limit: int = 50
    ) -> CompletenessModel:
        """How much is held of what a source named for these days (UTC), and what is missing."""
        span = {"from": first, "to": last}
        return self._http.get(CompletenessModel, listing("sources", source_id, "completeness", **span, limit=limit))

    def failures(self, *, source: str | None = None, limit: int = 50) -> list[FailureModel]:
        """URLs whose last fetch failed."""
        return self._http.get(FailuresModel, listing("failures", source=source, limit=limit)).failures
