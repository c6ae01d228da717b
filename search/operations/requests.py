"""Work on demand: requested, followed until it ends, and cancelled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from config.sources import SourceSet
from news.errors import NotFoundError
from news.requests import RequestKind, RequestScope, RequestState, RequestView
from news.source import Source
from search.errors import BadRequest
from search.operations.asking import hold_reason, owner_of
from store.leases.holders import shown_holder
from store.leases.service import DAEMON_LEASE, lease_names
from store.service import Store

MAX_URLS = 1000  # per request
COUNTED = 1000  # limit for counting open requests


class Requests:
    """The requests of an installation; safe to call from several threads."""

    def __init__(
        self,
        store: Store,
        sources: Callable[[], SourceSet],
        *,
        clock: Callable[[], datetime],
        wake: Callable[[], None],
    ) -> None:
        self._store = store
        self._sources = sources
        self._clock = clock
        self._wake = wake

    def ask(
        self,
        kind: RequestKind,
        *,
        source_id: str | None = None,
        urls: Sequence[str] = (),
        since: datetime | None = None,
        until: datetime | None = None,
        failed: bool = False,
    ) -> tuple[RequestView, bool]:
        """Request work; returns (the request, whether it is new): an open equal request is returned as is.

        Raises NotFoundError for an unknown source and for a URL no source takes or that was forgotten, BadRequest for
        requests that make no sense.
        """
        sources = self._sources()
        only = sources.get(source_id) if source_id is not None else None
        if kind is RequestKind.CRAWL and (urls or since or failed):
            raise BadRequest("a crawl is of a whole source; to fetch single articles again, ask for kind fetch")
        if since is not None and since > self._clock():
            raise BadRequest(f"{since:%Y-%m-%d %H:%M} UTC lies in the future; name a day or time that has come")
        owned = self._owned(urls, [only] if only else sources)
        if kind is RequestKind.BACKFILL:
            since, until = _span(source_id, since, until, beside=bool(urls or failed))
        elif until is not None:
            raise BadRequest("`until` is only for backfills; leave it out")
        scope = RequestScope(source_id=source_id, urls=tuple(sorted(owned)), since=since, until=until, failed=failed)
        if scope.is_everything and kind in {RequestKind.CRAWL, RequestKind.FETCH}:
            raise BadRequest("nothing named: give a source, URLs, a date, or all that failed")
        made = self._store.requests.create(kind, scope, url_sources=owned, among=list(sources.by_id), now=self._clock())
        self._wake()
        return made

    def _owned(self, urls: Sequence[str], sources: Sequence[Source] | SourceSet) -> dict[str, str]:
        """Map the normalized URL of each article to the id of the source that takes it."""
        if len(urls) > MAX_URLS:
            raise BadRequest(f"{len(urls)} URLs are too many for one request; send at most {MAX_URLS} at a time")
        owners = (owner_of(url, sources) for url in urls)
        owned = {normalized: source.id for normalized, source in owners}
        if barred := self._store.forgetting.first_forgotten(owned):
            raise NotFoundError(f"{barred[0]} was forgotten on {barred[1].date()} and is never taken up again")
        return owned

    def get(self, request_id: str) -> RequestView:
        """One request. Raises NotFoundError."""
        view = self._store.requests.get(request_id)
        if view is None:
            raise NotFoundError(f"there is no request {request_id[:64]!r}; `newsdex requests list` shows the newest")
        return view

    def newest(self, *, limit: int, only_open: bool = False) -> list[RequestView]:
        """The newest requests, open ones first."""
        return self._store.requests.recent(limit=limit, only_open=only_open)

    def open_count(self) -> int:
        """How many requests have not ended, counted up to a limit."""
        return len(self.newest(limit=COUNTED, only_open=True))

    def first_failure(self, view: RequestView) -> str:
        """Why a finished request got nothing of what it asked for; empty if it got something."""
        return self._store.requests.first_failure(view.id) if view.state is RequestState.DONE else ""

    def cancel(self, request_id: str) -> RequestView:
        """Cancel a request; one that has ended stays as it is. Raises NotFoundError."""
        self._store.requests.cancel(request_id, now=self._clock())
        self._wake()
        return self.get(request_id)

    def held_by(self, views: Sequence[RequestView]) -> list[str | None]:
        """What keeps each request waiting; None when nothing does."""
        daemon = self._store.leases.living_holder_of(DAEMON_LEASE, now=self._clock())
        pauses, sources = self._store.pauses.all(), self._sources()
        askers, is_full = self._askers(views, sources), self._store.free_space().is_used_up
        return [
            hold_reason(view, daemon=daemon, pauses=pauses, sources=sources, askers=askers, is_disk_full=is_full)
            for view in views
        ]

    def _askers(self, views: Sequence[RequestView], sources: SourceSet) -> dict[str, str]:
        """Who is using a server of the sources of these requests, other than their own crawls."""
        asked = {view.scope.source_id for view in views if view.state is RequestState.OPEN} - {None}
        asked -= {run.source_id for run in self._store.activity.open_runs()} if asked else set()
        names = {each: lease_names(sources.get(each)) for each in asked if each is not None and each in sources}
        if not names:
            return {}
        held = self._store.leases.holders([name for mine in names.values() for name in mine], now=self._clock())
        first = {each: next((held[name] for name in mine if name in held), None) for each, mine in names.items()}
        return {each: shown_holder(holder) for each, holder in first.items() if holder is not None}


def _span(
    source_id: str | None, since: datetime | None, until: datetime | None, *, beside: bool
) -> tuple[datetime, datetime]:
    """The two ends of a backfill, earlier first, whatever their order. Raises BadRequest."""
    if source_id is None or since is None or until is None or beside:
        raise BadRequest(
            "a backfill is of one source and a span of time: give source, since and until, and nothing else"
        )
    return min(since, until), max(since, until)
