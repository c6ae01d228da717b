"""The embedded search engine: tantivy in this process, files in a folder, no server.

One process writes, any number search; files.py says what is on disk.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from itertools import islice
from pathlib import Path

from indexer.engine import EngineHealth, IndexBuild, IndexStatus
from indexer.engines.embedded.files import Generations, WriterLock, size_bytes
from indexer.engines.embedded.query import count, live_query
from indexer.engines.embedded.reader import Reader
from indexer.engines.embedded.search import run_search
from indexer.engines.embedded.writer import GenerationWriter, create_index, read_revisions
from indexer.engines.scoring import check_window
from indexer.fields import fields_digest
from indexer.sizing import OTHER_FIELDS
from news.errors import EngineError, EngineUnavailable
from news.index import IndexEntry, SearchRequest, SearchResult, WriteResult

_BUILD_BATCH = 200  # documents of a build in memory at once
_BUILD_COMMIT_COUNT = 20_000  # documents of a build between two commits


class EmbeddedEngine:
    """The `indexer.engine.Engine` on tantivy. Threads may share it; writes take turns."""

    def __init__(self, *, folder: Path, name: str) -> None:
        self._generations = Generations(folder=folder, name=name)
        self._lock = WriterLock(folder / f"{name}.lock")
        self._reader = Reader(self._generations)
        self._writing = threading.RLock()
        self._writer: GenerationWriter | None = None
        self._build: EmbeddedBuild | None = None

    def open(self) -> None:
        """Create the index if there is none; if nobody writes, drop what a dead writer left."""
        with self._writing:
            held = self._lock.held
            try:
                self._lock.acquire()
            except EngineUnavailable:
                if self._generations.current() is None:
                    raise
                return
            try:
                self._create_if_missing()
                if self._build is None:
                    self._generations.remove_others()
            except (OSError, ValueError) as error:
                raise EngineError(f"the index folder {self._generations.folder} cannot be used: {error}") from error
            finally:
                if not held:
                    self._lock.release()

    def write(self, entries: Sequence[IndexEntry]) -> list[WriteResult]:
        """Write in one commit; see the port. Takes the writer's lock and keeps it until `close`."""
        with self._writing:
            if self._build is not None:
                raise EngineUnavailable("the index is being rebuilt; writes wait until the new one is in place")
            writer = self._live_writer()
            try:
                results = writer.write(entries)
                writer.commit()
            except EngineUnavailable:
                self._drop_writer()
                raise
            return results

    def refresh(self) -> None:
        """Nothing to do: every commit is searchable."""

    def search(self, request: SearchRequest) -> SearchResult:
        """Answer one search; see the port."""
        check_window(request)
        snapshot = self._reader.snapshot()
        try:
            return run_search(snapshot, request)
        except (ValueError, OSError) as error:
            raise EngineUnavailable(f"the index in {self._generations.folder} {self._why_no_answer(error)}") from error

    def _why_no_answer(self, error: Exception) -> str:
        if not self.matches_fields():
            return f"was {OTHER_FIELDS}"
        return f"cannot answer: {error}; if this lasts, run `newsdex reindex`"

    def revisions(self, ids: Sequence[str]) -> dict[str, int]:
        """See the port."""
        snapshot = self._reader.snapshot()
        return read_revisions(snapshot.searcher, live_query(snapshot.schema, ids))

    def count(self) -> int:
        """See the port."""
        snapshot = self._reader.snapshot()
        return count(snapshot.searcher, live_query(snapshot.schema))

    def start_build(self, article_count: int = 0) -> IndexBuild:
        """Begin an empty generation; until it is done, this process's writes wait and other processes' are refused."""
        with self._writing:
            if self._build is not None:
                raise EngineUnavailable("the index is being rebuilt already; wait until that ends")
            self._lock.acquire()
            self._generations.remove_others()
            self._generations.check_room()
            generation = self._generations.prepare(fields_digest())
            create_index(generation)
            self._build = EmbeddedBuild(self, GenerationWriter(generation))
            return self._build

    def matches_fields(self) -> bool:
        """See the port."""
        return self._reader.digest() == fields_digest()

    def status(self) -> IndexStatus:
        """See the port."""
        snapshot, folder = self._reader.snapshot(), self._generations.current()
        documents = count(snapshot.searcher, live_query(snapshot.schema))
        matches = self.matches_fields()
        return IndexStatus(
            name=folder.name if folder else self._generations.name,
            documents=documents,
            removed_marks=snapshot.searcher.num_docs - documents,
            size_bytes=size_bytes(folder) if folder else 0,
            shards=1,
            replicas=0,
            segments=snapshot.searcher.num_segments,
            matches_fields=matches,
            advice=None if matches else OTHER_FIELDS,
        )

    def health(self) -> EngineHealth:
        """See the port."""
        name = f"embedded (tantivy {version('tantivy')})"
        try:
            where = f"{name} in {self._generations.folder}"
            return EngineHealth(ok=True, detail=where, name=name, documents=self.count())
        except EngineError as error:
            return EngineHealth(ok=False, detail=str(error), name=name, has_index=self._has_index())

    def close(self) -> None:
        """See the port."""
        with self._writing:
            if self._build is not None:
                self._build.discard()
            self._drop_writer()
            self._reader.close()
            self._lock.release()

    def end_build(self, promoted: Path | None) -> None:
        """For the build: make its generation the live one, or drop it."""
        with self._writing:
            self._build = None
            if promoted is not None:
                self._drop_writer()
                self._generations.point_at(promoted)
            self._generations.remove_others()

    def _has_index(self) -> bool:
        try:
            return self._generations.current() is not None
        except OSError:  # a folder that cannot be read, as the caller has been told
            return False

    def _create_if_missing(self) -> None:
        if self._generations.current() is None:
            generation = self._generations.prepare(fields_digest())
            create_index(generation)
            self._generations.point_at(generation)

    def _live_writer(self) -> GenerationWriter:
        self._lock.acquire()
        current = self._generations.current()
        if current is None or not self.matches_fields():
            self._drop_writer()
            what = "is gone" if current is None else "was made with other fields"
            raise EngineUnavailable(
                f"the index in {self._generations.folder} {what}; rebuild it with `newsdex reindex`"
            )
        if self._writer is not None and self._writer.generation != current:
            self._drop_writer()
        if self._writer is None:
            self._writer = GenerationWriter(current)
        return self._writer

    def _drop_writer(self) -> None:
        """Let go of a writer that may be broken; what it committed is kept."""
        writer, self._writer = self._writer, None
        if writer is not None:
            writer.close()


class EmbeddedBuild:
    """A generation under construction."""

    def __init__(self, engine: EmbeddedEngine, writer: GenerationWriter) -> None:
        self._engine = engine
        self._writer = writer

    def write(self, entries: Iterable[IndexEntry]) -> list[WriteResult]:
        """See the port."""
        results: list[WriteResult] = []
        remaining = iter(entries)
        while batch := list(islice(remaining, _BUILD_BATCH)):
            results += self._writer.write(batch)
            if self._writer.uncommitted_count >= _BUILD_COMMIT_COUNT:
                self._writer.commit()
        return results

    def count(self) -> int:
        """See the port."""
        self._writer.commit()
        return self._writer.count()

    def promote(self) -> None:
        """See the port."""
        self._writer.commit()
        self._writer.close()
        self._engine.end_build(self._writer.generation)

    def discard(self) -> None:
        """See the port."""
        self._writer.close()
        self._engine.end_build(None)
