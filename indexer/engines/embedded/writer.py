"""Writing one generation of the embedded index."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import tantivy

from indexer.documents import check_document
from indexer.engines.embedded.query import count, live_query
from indexer.engines.embedded.schema import make_document, make_schema, make_tombstone
from news.errors import EngineUnavailable
from news.index import IndexEntry, WriteResult, WriteStatus

WRITER_HEAP_BYTES = 64 * 1024 * 1024  # memory that tantivy fills before it writes a segment


def create_index(generation: Path) -> None:
    """An empty index in an empty folder."""
    tantivy.Index(make_schema(), path=str(generation), reuse=False)


class GenerationWriter:
    """Adds to one generation; the caller holds the writer's lock."""

    def __init__(self, generation: Path) -> None:
        self.generation = generation
        try:
            self._index = tantivy.Index.open(str(generation))
            self._index.config_reader("manual")
            self._writer = self._index.writer(WRITER_HEAP_BYTES, 1)
        except (ValueError, OSError) as error:
            raise _unwritable(generation, error) from error
        self._uncommitted: dict[str, int] = {}

    def write(self, entries: Sequence[IndexEntry]) -> list[WriteResult]:
        """Add without committing; each entry meets the newest revision of its id, even that of a removed document."""
        known = self._revisions([entry.id for entry in entries]) | self._uncommitted
        results = []
        for entry in entries:
            result = self._write_one(entry, known.get(entry.id))
            if result.status is WriteStatus.INDEXED:
                known[entry.id] = self._uncommitted[entry.id] = entry.revision
            results.append(result)
        return results

    def commit(self) -> None:
        """Make what was written durable and readable."""
        try:
            self._writer.commit()
            self._index.reload()
        except (ValueError, OSError) as error:
            raise _unwritable(self.generation, error) from error
        self._uncommitted.clear()

    def rollback(self) -> None:
        """Forget what was written since the last commit."""
        self._uncommitted.clear()
        self._writer.rollback()

    @property
    def uncommitted_count(self) -> int:
        """Documents written since the last commit."""
        return len(self._uncommitted)

    def count(self) -> int:
        """Live documents, as of the last commit."""
        return count(self._index.searcher(), live_query(self._index.schema))

    def close(self) -> None:
        """Wait for running merges and release the files; what was not committed is dropped."""
        self._writer.rollback()
        self._writer.wait_merging_threads()

    def _write_one(self, entry: IndexEntry, known: int | None) -> WriteResult:
        if known is not None and entry.revision <= known:
            return _result(entry, WriteStatus.SUPERSEDED)
        document = entry.document
        if document is not None and (reason := _reason(entry, document)):
            return _result(entry, WriteStatus.REJECTED, reason)
        made = make_tombstone(entry.id, entry.revision) if document is None else make_document(document)
        try:
            self._writer.delete_documents_by_term("id", entry.id)
            self._writer.add_document(made)
        except (ValueError, OSError) as error:
            raise _unwritable(self.generation, error) from error
        return _result(entry, WriteStatus.INDEXED)

    def _revisions(self, ids: Sequence[str]) -> dict[str, int]:
        return read_revisions(self._index.searcher(), tantivy.Query.term_set_query(self._index.schema, "id", list(ids)))


def read_revisions(searcher: tantivy.Searcher, query: tantivy.Query) -> dict[str, int]:
    """The revision of every document the query finds."""
    addresses = [address for _, address in searcher.search(query, max(1, searcher.num_docs), count=False).hits]
    revisions = searcher.fast_field_values("revision", addresses) if addresses else []
    return {
        searcher.doc(address)["id"][0]: int(revision or 0)
        for address, revision in zip(addresses, revisions, strict=True)
    }


def _reason(entry: IndexEntry, document: Mapping[str, Any]) -> str | None:
    """Why the document cannot be taken; one line."""
    if reason := check_document(document):
        return reason
    if (document["id"], document["revision"]) != (entry.id, entry.revision):
        return f"the document is {document['id']!r} revision {document['revision']}, its entry says otherwise"
    return None


def _result(entry: IndexEntry, status: WriteStatus, reason: str | None = None) -> WriteResult:
    return WriteResult(id=entry.id, revision=entry.revision, status=status, reason=reason)


def _unwritable(generation: Path, error: Exception) -> EngineUnavailable:
    return EngineUnavailable(f"the index in {generation} cannot be written: {error}; the work stays queued")
