"""Writing to Elasticsearch in bulks bounded by count and bytes, each prepared while the server takes the one before."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from elasticsearch import ApiError, Elasticsearch

from config.settings import EngineSettings
from indexer.ahead import ahead
from indexer.documents import check_document
from indexer.engines.elasticsearch.mapping import ANALYSIS, removed_source, source_of
from news.errors import EngineError, EngineUnavailable
from news.index import IndexEntry, WriteResult, WriteStatus

BUSY = frozenset({408, 429, 502, 503, 504})  # the server is busy: try again later
_NEEDED = ("items.*.status", "items.*.error", "items.*._index")  # of an answer; its other parts say what was sent


@dataclass(frozen=True, slots=True)
class _Line:
    """An entry on its way."""

    entry: IndexEntry
    text: str = ""  # its JSON
    size_bytes: int = 0  # of the JSON
    refused: str | None = None  # why it cannot be sent


class Bulks:
    """Writes entries as bulk requests; the external version lets only newer revisions win."""

    def __init__(
        self,
        client: Elasticsearch,
        settings: EngineSettings,
        *,
        alias: str,
        on_analysis: Callable[[str], None],
        on_landed: Callable[[Collection[str]], None],
    ) -> None:
        self._client = client
        self._settings = settings
        self._alias = alias  # of the live index, which must exist
        self._on_analysis = on_analysis  # called with every analysis that is written
        self._on_landed = on_landed  # gets the indices that a bulk through the alias landed in; raises EngineError

    def write(self, index: str, entries: Iterable[IndexEntry]) -> list[WriteResult]:
        """Write to one index or alias; one result for each entry, in order. Raises what the client raises.

        Bulks are sent one after the other. While the server works on one, a thread reads the next entries and makes
        their terms, so no more than two bulks are in memory.
        """
        results: list[WriteResult] = []
        with closing(ahead(self._chunks(map(self._line, entries)))) as chunks:
            for chunk in chunks:
                answers = iter(self._bulk(index, [line for line in chunk if line.refused is None]))
                results += (_rejected(line) if line.refused is not None else next(answers) for line in chunk)
        return results

    def _line(self, entry: IndexEntry) -> _Line:
        reason = check_document(entry.document) if entry.document is not None else None
        if reason is not None:
            return _Line(entry, refused=reason)
        source = removed_source(entry.id, entry.revision) if entry.document is None else source_of(entry.document)
        if ANALYSIS in source:
            self._on_analysis(source[ANALYSIS])
        text = json.dumps(source, ensure_ascii=False)
        size = len(text.encode())
        if size > self._settings.bulk_bytes:
            return _Line(entry, refused=f"larger than the {self._settings.bulk_bytes} bytes of engine.bulk_bytes")
        return _Line(entry, text, size)

    def _chunks(self, lines: Iterable[_Line]) -> Iterator[list[_Line]]:
        chunk: list[_Line] = []
        size = 0
        for line in lines:
            full = len(chunk) == self._settings.bulk_count or size + line.size_bytes > self._settings.bulk_bytes
            if chunk and full:
                yield chunk
                chunk, size = [], 0
            chunk.append(line)
            size += line.size_bytes
        if chunk:
            yield chunk

    def _bulk(self, index: str, lines: Sequence[_Line]) -> list[WriteResult]:
        if not lines:
            return []
        operations: list[str] = []
        for line in lines:
            action = {"_id": line.entry.id, "version": line.entry.revision, "version_type": "external"}
            operations += [json.dumps({"index": action}), line.text]
        try:
            answer = self._client.bulk(
                index=index,
                operations=operations,  # type: ignore[arg-type]  # lines of JSON are taken as well
                require_alias=index == self._alias,
                filter_path=_NEEDED,
            )
        except ApiError as error:
            if error.status_code != 413:
                raise
            if len(lines) == 1:
                return [_result(lines[0].entry, WriteStatus.REJECTED, "the server finds it too large")]
            half = len(lines) // 2
            return self._bulk(index, lines[:half]) + self._bulk(index, lines[half:])
        items = [item["index"] for item in answer["items"]]
        for item in items:
            _check_index(index, item.get("error", {}))
        if index == self._alias:
            self._on_landed({item["_index"] for item in items})
        return [_settled(line.entry, item) for line, item in zip(lines, items, strict=True)]


def _check_index(index: str, error: Mapping[str, Any]) -> None:
    """Raise EngineError for what is no document's fault: reported for each, it would make them all dead letters.

    A block, as when the disk is full, is EngineUnavailable: put off one by one, articles would wait longer.
    """
    if error.get("type") == "cluster_block_exception":
        advice = "free room on its disk, or lift the index's block"
        raise EngineUnavailable(f"Elasticsearch takes nothing into {index} now: {_reason(error)}; {advice}")
    if error.get("type") == "index_not_found_exception":
        raise EngineError(f"the index {index} is not there; `newsdex reindex` makes it anew from the store")
    if error.get("type") == "security_exception":
        raise EngineError(f"Elasticsearch does not let newsdex write to {index}: {_reason(error)}")


def _reason(error: Mapping[str, Any]) -> str:
    return " ".join(f"{error.get('type')}: {error.get('reason')}".split())[:300]


def _rejected(line: _Line) -> WriteResult:
    return _result(line.entry, WriteStatus.REJECTED, line.refused)


def _settled(entry: IndexEntry, item: dict[str, Any]) -> WriteResult:
    status = item["status"]
    if status in {200, 201}:
        return _result(entry, WriteStatus.INDEXED, None)
    if status == 409:
        return _result(entry, WriteStatus.SUPERSEDED, None)
    reason = _reason(item.get("error", {}))
    return _result(entry, WriteStatus.RETRY if status in BUSY else WriteStatus.REJECTED, reason)


def _result(entry: IndexEntry, status: WriteStatus, reason: str | None) -> WriteResult:
    return WriteResult(id=entry.id, revision=entry.revision, status=status, reason=reason)
