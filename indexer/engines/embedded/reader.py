"""Reading the embedded index: always the live generation and its newest commit."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from pathlib import Path

import tantivy

from indexer.engines.collapsing import Collapse
from indexer.engines.embedded.counts import Counts
from indexer.engines.embedded.files import DIGEST_FILE, Generations, Stamp, stamp
from indexer.engines.embedded.rankings import Ranking
from indexer.engines.foreign import Spread
from indexer.engines.remembered import Remembered
from news.errors import EngineUnavailable

_REMEMBERED = 256  # searches of one commit; their pages, facets and timelines ask again
_RANKED = 2  # exports and cursors by score that can run at once without ranking anew for each page
_SPREADS = 5000  # words, in 2 MB
_ATTEMPTS = 10  # the generation may be replaced while it is opened


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One commit of one generation; stays as it is while a search uses it."""

    generation: Path
    schema: tantivy.Schema
    searcher: tantivy.Searcher
    collapses: Remembered[Collapse] = field(default_factory=lambda: Remembered(_REMEMBERED))  # by matching_key
    counts: Remembered[Counts] = field(default_factory=lambda: Remembered(_REMEMBERED))  # by counts_key
    rankings: Remembered[Ranking] = field(default_factory=lambda: Remembered(_RANKED))  # by the request
    spreads: Remembered[Spread] = field(default_factory=lambda: Remembered(_SPREADS))  # by the word


@dataclass(slots=True)
class _Open:
    pointer: Stamp
    meta: Stamp
    index: tantivy.Index
    snapshot: Snapshot


class Reader:
    """Gives snapshots; two calls of stat notice other processes' commits and swaps. Threads may share it."""

    def __init__(self, generations: Generations) -> None:
        self._generations = generations
        self._lock = threading.Lock()
        self._open: _Open | None = None

    def snapshot(self) -> Snapshot:
        """What can be searched now. Raises EngineUnavailable when there is no index."""
        with self._lock:
            error: Exception | None = None
            for _ in range(_ATTEMPTS):
                try:
                    return self._fresh()
                except (ValueError, OSError) as raised:  # tantivy's errors arrive as these
                    self._open, error = None, raised
            raise EngineUnavailable(_unreadable(self._generations.folder, str(error))) from error

    def digest(self) -> str:
        """The field table the live generation was made from."""
        path = self.snapshot().generation / DIGEST_FILE
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def close(self) -> None:
        """Let go of the files."""
        with self._lock:
            self._open = None

    def _fresh(self) -> Snapshot:
        pointer = stamp(self._generations.pointer)
        if self._open is None or self._open.pointer != pointer:
            self._open = self._opened(pointer)
            return self._open.snapshot
        meta = stamp(self._open.snapshot.generation / "meta.json")
        if meta is None:
            raise FileNotFoundError(f"{self._open.snapshot.generation} is gone")
        if meta != self._open.meta:
            self._open = _snapshot(self._open.index, self._open.snapshot.generation, pointer, meta)
        return self._open.snapshot

    def _opened(self, pointer: Stamp | None) -> _Open:
        generation = self._generations.current()
        if pointer is None or generation is None:
            raise FileNotFoundError("there is none")
        meta = stamp(generation / "meta.json")
        if meta is None:
            raise FileNotFoundError(f"{generation} is gone")
        index = tantivy.Index.open(str(generation))
        index.config_reader("manual")
        return _snapshot(index, generation, pointer, meta)


def _unreadable(folder: Path, error: str) -> str:
    """Why there is no index to search, and what to do; tantivy locks what it reads by writing to a file."""
    if "PermissionDenied" in error:
        return f"the index in {folder} may not be written by this user, which reading takes too; check its owner"
    return f"the index in {folder} cannot be read: {error}; rebuild it with `newsdex reindex`"


def _snapshot(index: tantivy.Index, generation: Path, pointer: Stamp, meta: Stamp) -> _Open:
    """Open the newest commit; `meta` was read before, so a commit in between is merely seen twice."""
    index.reload()
    snapshot = Snapshot(generation, index.schema, index.searcher())
    return _Open(pointer, meta, index, snapshot)
