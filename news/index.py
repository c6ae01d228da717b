"""What is asked of a search index and what comes back, whatever engine answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from news.query.tree import MatchAll, Query

MARK_START = "\ue000"  # before a matched word in a highlight; private use, never in stored text
MARK_END = "\ue001"  # after it


Position = tuple[str | float | int | None, ...]  # of a hit among all hits, as the engine that gave it reads it


class Sort(StrEnum):
    """The order of hits."""

    RELEVANCE = "relevance"
    NEWEST = "newest"  # by published_at, undated last
    OLDEST = "oldest"  # by published_at, undated last
    BLEND = "blend"  # by relevance and recency together

    @property
    def is_scored(self) -> bool:
        """Whether hits come with the score that orders them."""
        return self in {Sort.RELEVANCE, Sort.BLEND}


VALUE_FILTERS: Mapping[str, str] = {  # filters that name values, and the field of the index they look in
    "sources": "source",
    "sections": "section",
    "languages": "language",
    "authors": "authors",
    "agencies": "agencies",
    "tags": "tags",
}


def first_revision(at: datetime) -> int:
    """The index revision that an article begins with: the milliseconds since 1970.

    One that was removed and is met again has the id that it had, of which the index may know a later revision than a
    first; none is raised so often that it would reach those of a later beginning.

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
        """The alternatives asked of fields of the index; a field of which nothing is asked is left out."""
        wanted = {field_name: getattr(self, name) for name, field_name in VALUE_FILTERS.items()}
        return {field_name: values for field_name, values in wanted.items() if values}


@dataclass(frozen=True, kw_only=True, slots=True)
class SearchRequest:
    """One search."""

    query: Query = field(default_factory=MatchAll)
    filters: Filters = field(default_factory=Filters)
    sort: Sort = Sort.RELEVANCE
    now: datetime | None = None  # from when on a blend counts age, aware; needed by no other order
    offset: int = 0
    limit: int = 10  # 0 = only the total and the facets
    facets: tuple[str, ...] = ()  # keyword fields of the field table
    facet_size: int = 20  # most frequent values returned per facet
    highlight: bool = False
    after: Position | None = None  # begin behind the hit that another answer ended with; offset is 0 then
    positions: bool = False  # say where the last hit stands
    with_text: bool = False  # give back the body with every hit
    past: bool = False  # find what an earlier version may match, to be compared with that version
    collapse: bool = False  # of copies that match, find, count and show the earliest only
    span: bool = False  # say when the first and the last matching article were published
    timeline: tuple[datetime, ...] = ()  # count what was published between each two of these moments, in order


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit:
    """One found article."""

    id: str
    score: float | None  # None when not sorted by relevance
    fields: Mapping[str, Any]  # the stored fields of the field table
    highlights: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict
    )  # field -> fragments with MARK_START/MARK_END


@dataclass(frozen=True, kw_only=True, slots=True)
class FacetCount:
    """How many matching articles hold a value."""

    value: str
    count: int


@dataclass(frozen=True, kw_only=True, slots=True)
class SearchResult:
    """The answer to a search."""

    total: int  # exact
    hits: tuple[Hit, ...] = ()
    facets: Mapping[str, tuple[FacetCount, ...]] = field(default_factory=dict)
    after: Position | None = None  # where the last hit stands; None when not asked for, or there is none
    span: tuple[datetime, datetime] | None = None  # of published_at; None when not asked for, or nothing is dated
    timeline: tuple[int, ...] = ()  # one count for each two neighbours of the request's moments


class WriteStatus(StrEnum):
    """What the engine did with one document."""

    INDEXED = "indexed"
    SUPERSEDED = "superseded"  # the index holds the same or a newer revision: counts as done
    RETRY = "retry"  # the engine is overloaded; ask again later
    REJECTED = "rejected"  # the engine will never take this document: a dead letter


@dataclass(frozen=True, kw_only=True, slots=True)
class IndexEntry:
    """One write: a whole document, or None to remove it."""

    id: str
    revision: int  # external version: the newest wins
    document: Mapping[str, Any] | None


@dataclass(frozen=True, kw_only=True, slots=True)
class WriteResult:
    """The fate of one entry."""

    id: str
    revision: int
    status: WriteStatus
    reason: str | None = None  # for RETRY and REJECTED: one line
