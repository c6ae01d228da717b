"""The port every search engine stands behind.

The contract: search, filter, facet, highlight, sort and page, and writes of which the newest revision wins.
``tests/integration/engines`` checks it for every adapter.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from news.index import IndexEntry, SearchRequest, SearchResult, WriteResult


@dataclass(frozen=True, kw_only=True, slots=True)
class EngineHealth:
    """Whether the engine can be used now."""

    ok: bool
    detail: str  # one line: version and where, or what is wrong
    name: str = "the search engine"  # what it is, without saying where
    documents: int | None = None  # in the read index; None = not known
    has_index: bool = True  # False = it answers, but no index was made yet
    takes_nothing: str | None = None  # why it answers searches but takes no articles; None = it takes them


@dataclass(frozen=True, kw_only=True, slots=True)
class IndexStatus:
    """The live index, for people."""

    name: str  # of the index on the server, or of its folder
    documents: int  # live articles
    removed_marks: int  # marks of removed articles, kept so that an older write still loses
    size_bytes: int  # on disk, of primary shards
    shards: int  # primary
    replicas: int  # of each shard
    segments: int
    matches_fields: bool  # made from the current field table
    advice: str | None = None  # one line; None = it is fine as it is


class IndexBuild(Protocol):
    """An index under construction beside the live one; searches do not see it before `promote`."""

    def write(self, entries: Iterable[IndexEntry]) -> list[WriteResult]:
        """Add documents; one result per entry, in order. Raises EngineUnavailable and what asking for entries raises.

        The entries are read in order, a few hundred ahead, and perhaps by another thread.
        """

    def count(self) -> int:
        """How many documents it holds, all writes included."""

    def promote(self) -> None:
        """Make it the live index in one step, and drop the old one."""

    def discard(self) -> None:
        """Drop it; the live index stays as it was."""


class Engine(Protocol):
    """A search engine holding one index of articles behind a read and a write alias."""

    def open(self) -> None:
        """Create the index if there is none, and clear up builds left by dead processes. Raises EngineError."""

    def write(self, entries: Sequence[IndexEntry]) -> list[WriteResult]:
        """Write durably; one result per entry, in order.

        An entry whose revision is not above the indexed one is SUPERSEDED. Blocks; may be called again with the
        same entries. Raises EngineUnavailable when the engine as a whole cannot be written now.
        """

    def refresh(self) -> None:
        """Make everything written searchable now."""

    def search(self, request: SearchRequest) -> SearchResult:
        """Answer one search. Raises EngineUnavailable, and QueryTooCostly for many phrases of common words."""

    def revisions(self, ids: Sequence[str]) -> dict[str, int]:
        """The indexed revision of each of these ids that is in the index (removed documents are not)."""

    def count(self) -> int:
        """Documents in the live index."""

    def start_build(self, article_count: int = 0) -> IndexBuild:
        """Begin an empty index beside the live one, sized for this many articles."""

    def matches_fields(self) -> bool:
        """Whether the live index was made from the current field table; if not, it needs a rebuild."""

    def status(self) -> IndexStatus:
        """The live index as it lies on disk. Raises EngineUnavailable."""

    def health(self) -> EngineHealth:
        """Never raises."""

    def close(self) -> None:
        """Give back locks, files and connections."""
