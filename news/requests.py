"""Requested work: what is to be done, for which URLs, and when two requests are the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum

REVISITED_LATELY = timedelta(days=2)  # a crawl that is asked for revisits articles found or changed this recently


class RequestKind(StrEnum):
    """The work that is requested."""

    CRAWL = "crawl"  # ask a source for news now, and revisit its articles of recent days
    FETCH = "fetch"  # fetch known articles again
    REPLAY = "replay"  # extract known articles again from the archive
    REINDEX = "reindex"  # write them to the index again from the store
    BACKFILL = "backfill"  # find a source's articles of a span of time through its sitemaps


class RequestState(StrEnum):
    """The progress of a request."""

    OPEN = "open"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


ENDED = frozenset({RequestState.DONE, RequestState.FAILED, RequestState.CANCELLED})


@dataclass(frozen=True, kw_only=True, slots=True)
class RequestScope:
    """The articles a request is about; fields left out do not narrow it."""

    source_id: str | None = None
    urls: tuple[str, ...] = ()  # normalized
    since: datetime | None = None  # first seen at or after this; for a backfill, the start of its span
    until: datetime | None = None  # end of a backfill's span, inclusive
    failed: bool = False  # only URLs whose last fetch failed

    @property
    def is_everything(self) -> bool:
        """Whether the scope is unrestricted."""
        return self == RequestScope()

    def as_record(self) -> dict[str, object]:
        """The scope as JSON-compatible values."""
        values = asdict(self)
        values["since"] = self.since.astimezone(UTC).isoformat() if self.since else None
        values["until"] = self.until.astimezone(UTC).isoformat() if self.until else None
        values["urls"] = sorted(set(self.urls))
        return {name: value for name, value in values.items() if value}

    @classmethod
    def from_record(cls, record: Mapping[str, object]) -> RequestScope:
        """The scope that `as_record` wrote."""
        since, until = record.get("since"), record.get("until")
        urls = record.get("urls")
        source_id = record.get("source_id")
        return cls(
            source_id=str(source_id) if source_id else None,
            urls=tuple(str(url) for url in urls) if isinstance(urls, list) else (),
            since=datetime.fromisoformat(str(since)) if since else None,
            until=datetime.fromisoformat(str(until)) if until else None,
            failed=bool(record.get("failed")),
        )


def scope_digest(kind: RequestKind, scope: RequestScope) -> str:
    """A digest that is equal for two requests for the same work, whatever the order of their URLs."""
    text = json.dumps([kind.value, scope.as_record()], sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


@dataclass(frozen=True, kw_only=True, slots=True)
class RequestView:
    """A request and its progress."""

    id: str
    kind: RequestKind
    scope: RequestScope
    state: RequestState
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    total_count: int  # URLs or articles; 0 = not known yet
    done_count: int
    counts: Mapping[str, int] = field(default_factory=dict)  # outcome -> number
    detail: str = ""  # why it failed, or what it is waiting for

    @property
    def ended(self) -> bool:
        """Whether the request is finished, failed or cancelled."""
        return self.state in ENDED
