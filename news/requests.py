"""Work that somebody asks for: what, of which URLs, and when two requests are one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from enum import StrEnum


class RequestKind(StrEnum):
    """What is to be done."""

    CRAWL = "crawl"  # ask a source for news now, and look again at its articles of the last days
    FETCH = "fetch"  # fetch known articles again
    REPLAY = "replay"  # extract them again from the archive
    REINDEX = "reindex"  # tell the index again what the store says of them
    BACKFILL = "backfill"  # find a source's articles of a span of time from its sitemaps


class RequestState(StrEnum):
    """How far it is."""

    OPEN = "open"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


ENDED = frozenset({RequestState.DONE, RequestState.FAILED, RequestState.CANCELLED})


@dataclass(frozen=True, kw_only=True, slots=True)
class RequestScope:
    """Which articles a request is about; what is left out does not narrow it."""

    source_id: str | None = None
    urls: tuple[str, ...] = ()  # normalized
    since: datetime | None = None  # first met at or after this; of a backfill, when its span begins
    until: datetime | None = None  # when a backfill's span ends, included
    failed: bool = False  # only URLs whose last fetch failed

    @property
    def is_everything(self) -> bool:
        """Whether nothing narrows it."""
        return self == RequestScope()

    def as_record(self) -> dict[str, object]:
        """The scope as JSON keeps it."""
        values = asdict(self)
        values["since"] = self.since.astimezone(UTC).isoformat() if self.since else None
        values["until"] = self.until.astimezone(UTC).isoformat() if self.until else None
        values["urls"] = sorted(set(self.urls))
        return {name: value for name, value in values.items() if value}

    @classmethod
    def from_record(cls, record: Mapping[str, object]) -> RequestScope:
        """What `as_record` wrote."""
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
    """Equal for two requests that ask for the same, whatever the order of their URLs."""
    text = json.dumps([kind.value, scope.as_record()], sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


@dataclass(frozen=True, kw_only=True, slots=True)
class RequestView:
    """A request and how far it is."""

    id: str
    kind: RequestKind
    scope: RequestScope
    state: RequestState
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    total_count: int  # URLs or articles it is about; 0 = not known yet
    done_count: int
    counts: Mapping[str, int] = field(default_factory=dict)  # outcome -> number
    detail: str = ""  # why it failed, or what it waits for

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in ENDED
