"""Parsing and judging requests for work: addresses, dates, and what a request waits for; pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from config.sources import SourceSet
from crawler.discovery.scope import classify
from news.errors import NewsdexError, NotFoundError
from news.fetch import UrlKind
from news.requests import RequestKind, RequestState, RequestView
from news.source import Source
from news.times import as_utc
from news.urls import host_of, normalize_url
from search.errors import BadRequest
from store.crawls.pauses import EVERYTHING

MAX_OWNERS_LOOKED_UP = 50  # URLs of a request that are checked for whether it waits for a paused source


def owner_of(url: str, sources: Sequence[Source] | SourceSet) -> tuple[str, Source]:
    """The normalized URL of an article and the source that takes it. Raises BadRequest and NotFoundError."""
    plain = normalize_url(url)
    if plain is None:
        raise BadRequest(f"{url[:200]!r} is not a web address; write https://…")
    host = host_of(plain)
    for source in sources:
        if host not in source.hosts:  # saves parsing the address again for each of hundreds of sources
            continue
        normalized = normalize_url(url, strip_parameters=source.strip_parameters)
        if normalized is not None and classify(url, source) is UrlKind.ARTICLE:
            return normalized, source
    raise NotFoundError(f"no source covers {url[:200]!r}; `newsdex sources list` shows which hosts they cover")


def hold_reason(
    view: RequestView,
    *,
    daemon: str | None,
    pauses: Mapping[str, datetime],
    sources: SourceSet,
    askers: Mapping[str, str] = MappingProxyType({}),
    is_disk_full: bool = False,
) -> str | None:
    """Why an open request makes no progress; None when nothing blocks it, or it has ended.

    For sources that are not being crawled, `askers` names who is using a server of theirs.
    """
    if view.ended:
        return None
    if is_disk_full:
        return "the disk of the data folder is full; it goes on when there is room"
    if daemon is None and view.state is RequestState.OPEN:
        return "no daemon is running"
    if view.kind not in {RequestKind.CRAWL, RequestKind.FETCH, RequestKind.BACKFILL}:
        return None
    if view.kind is RequestKind.BACKFILL and not _is_followed(view.scope.source_id, sources):
        return f"{view.scope.source_id} is not followed; a backfill is worked on in its crawls"
    if view.scope.source_id is not None and view.scope.source_id not in sources:
        return f"{view.scope.source_id} is no source any more; `newsdex requests cancel {view.id}` ends this"
    if EVERYTHING in pauses:
        return "everything is paused"
    owners = [view.scope.source_id] if view.scope.source_id else _owners(view.scope.urls if pauses else (), sources)
    paused = next((each for each in owners if each in pauses), None)
    if paused is not None:
        return f"{paused} is paused"
    asker = askers.get(view.scope.source_id or "") if view.state is RequestState.OPEN else None
    return f"the server of {view.scope.source_id} is being asked by {asker}" if asker else None


def _is_followed(source_id: str | None, sources: SourceSet) -> bool:
    return source_id in sources and sources.get(source_id or "").enabled


def _owners(urls: Sequence[str], sources: SourceSet) -> Iterator[str]:
    for url in urls[:MAX_OWNERS_LOOKED_UP]:
        try:
            yield owner_of(url, sources)[1].id
        except NewsdexError:  # its source is gone or takes other addresses now
            continue


def parse_since(text: str) -> datetime:
    """Parse a day or time as people write it, UTC unless stated. Raises BadRequest."""
    try:
        return as_utc(datetime.fromisoformat(text))
    except (ValueError, OverflowError):
        raise BadRequest(f"{text[:80]!r} is not a date or time; write 2026-01-31 or 2026-01-31T12:00") from None
