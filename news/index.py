"""Search requests and results, independent of the engine that answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from news.query.tree import MatchAll, Query

MARK_START = "\ue000"  # before a matched word in a highlight; private use, never in stored text
MARK_END = "\ue001"  # after it

Position = tuple[str | float | int | None, ...]  # of a hit among all hits; opaque except to the engine that gave it


class Sort(StrEnum):
    """The order of hits."""

    RELEVANCE = "relevance"
    NEWEST = "newest"  # by published_at, undated last
    OLDEST = "oldest"  # by published_at, undated last
    BLEND = "blend"  # by relevance and recency together
    EDITED = "edited"  # by fetched_at, so the newest version first

    @property
    def is_scored(self) -> bool:
        """Whether hits come with the score that orders them."""
        return self in {Sort.RELEVANCE, Sort.BLEND}

    @property
    def moment(self) -> str:
        """The date field that orders hits without a score."""
        return "fetched_at" if self is Sort.EDITED else "published_at"

    @property
    def is_descending(self) -> bool:
        """Whether later moments come first."""
        return self is not Sort.OLDEST


VALUE_FILTERS: Mapping[str, str] = {  # filters by value, and the index field each applies to
    "sources": "source",
    "sections": "section",
    "languages": "language",
    "authors": "authors",
    "agencies": "agencies",
    "tags": "tags",
}


def first_revision(at: datetime) -> int:
    """The index revision an article starts with: the milliseconds since 1970.

    An article that was removed and then found again keeps its id, for which the index may know a higher revision than
    1. No article is revised often enough to reach the revision of a later start.

    >>> from datetime import UTC
    >>> first_revision(datetime(1970, 1, 2, tzinfo=UTC))
    86400000
    """
    return round(at.timestamp() * 1000)


@dataclass(frozen=True, kw_only=True, slots=True)
class Filters:
    """What every hit must satisfy; values of one field are alternatives, fields are combined with AND."""

    sources: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()  # compared case-folded
    languages: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()  # compared case-folded, whole name
    agencies: tuple[str, ...] = ()  # compared case-folded
    tags: tuple[str, ...] = ()  # compared case-folded
    published_from: datetime | None = None  # inclusive, aware
    published_to: datetime | None = None  # exclusive, aware
    first_seen_until: datetime | None = None  # inclusive, aware

    def values_by_field(self) -> dict[str, tuple[str, ...]]:
        """Map index fields to the wanted alternatives; fields without a filter are left out."""
        wanted = {field_name: getattr(self, name) for name, field_name in VALUE_FILTERS.items()}
        return {field_name: values for field_name, values in wanted.items() if values}


@dataclass(frozen=True, kw_only=True, slots=True)
class SearchRequest:
    """One search."""

    query: Query = field(default_factory=MatchAll)
    filters: Filters = field(default_factory=Filters)
    sort: Sort = Sort.RELEVANCE
    now: datetime | None = None  # the moment from which BLEND counts age, aware; no other order needs it
    offset: int = 0
    limit: int = 10  # 0 = only the total and the facets
    facets: tuple[str, ...] = ()  # keyword fields of the field table
    facet_size: int = 20  # most frequent values returned per facet
    highlight: bool = False
    after: Position | None = None  # start after the hit at this position, from an earlier answer; offset is 0 then
    positions: bool = False  # return the position of the last hit
    with_text: bool = False  # return the body with every hit
    past: bool = False  # find articles of which an earlier version may match; the caller checks that version
    collapse: bool = False  # of copies that match, find, count and show only the earliest
    span: bool = False  # return when the first and the last matching article were published
    timeline: tuple[datetime, ...] = ()  # count publications between each two neighbouring moments, in order


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit:
    """One article that was found."""

    id: str
    score: float | None  # None when not sorted by relevance
    fields: Mapping[str, Any]  # the stored fields of the field table
    # field -> fragments with MARK_START and MARK_END
    highlights: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class FacetCount:
    """The number of matching articles that hold a value."""

    value: str
    count: int


@dataclass(frozen=True, kw_only=True, slots=True)
class SearchResult:
    """The answer to a search."""

    total: int  # exact
    hits: tuple[Hit, ...] = ()
    facets: Mapping[str, tuple[FacetCount, ...]] = field(default_factory=dict)
    after: Position | None = None  # position of the last hit; None when not requested or there are no hits
    span: tuple[datetime, datetime] | None = None  # of published_at; None when not requested or nothing is dated
    timeline: tuple[int, ...] = ()  # one count for each two neighbouring moments of the request


class WriteStatus(StrEnum):
    """What the engine did with one document."""

    INDEXED = "indexed"
    SUPERSEDED = "superseded"  # the index holds the same or a newer revision: counts as done
    RETRY = "retry"  # the engine is overloaded; send again later
    REJECTED = "rejected"  # the engine will never take this document: a dead letter


@dataclass(frozen=True, kw_only=True, slots=True)
class IndexEntry:
    """One write: a whole document, or None to remove it."""

    id: str
    revision: int  # external version: the newest wins
    document: Mapping[str, Any] | None


@dataclass(frozen=True, kw_only=True, slots=True)
class WriteResult:
    """The result of one write."""

    id: str
    revision: int
    status: WriteStatus
    reason: str | None = None  # for RETRY and REJECTED: one line
