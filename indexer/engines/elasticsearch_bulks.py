"""Writing to Elasticsearch in bulks bounded by count and bytes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from elasticsearch import ApiError, Elasticsearch

from config.settings import EngineSettings
from indexer.documents import check_document
from indexer.engines.elasticsearch_mapping import ANALYSIS, removed_source, source_of
from news.errors import EngineError
from news.index import IndexEntry, WriteResult, WriteStatus

BUSY = frozenset({408, 429, 502, 503, 504})  # the server asks for patience

Line = tuple[int, IndexEntry, str]  # number among the entries, entry, its JSON


class Bulks:
    """Entries as bulk requests; the external version lets only newer revisions win."""

    def __init__(
        self, client: Elasticsearch, settings: EngineSettings, *, alias: str, on_analysis: Callable[[str], None]
    ) -> None:
        self._client = client
        self._settings = settings
        self._alias = alias  # of the live index, which must be there
        self._on_analysis = on_analysis  # told of every analysis that is written

    def write(self, index: str, entries: Sequence[IndexEntry]) -> list[WriteResult]:
        """Write to one index or alias; one result for each entry, in order. Raises what the client raises."""
        results: dict[int, WriteResult] = {}
        lines: list[Line] = []
        for number, entry in enumerate(entries):
            reason = check_document(entry.document) if entry.document is not None else None
            if reason is not None:
                results[number] = _result(entry, WriteStatus.REJECTED, reason)
                continue
            source = removed_source(entry.id, entry.revision) if entry.document is None else source_of(entry.document)
            if ANALYSIS in source:
                self._on_analysis(source[ANALYSIS])
            text = json.dumps(source, ensure_ascii=False)
            if len(text.encode()) > self._settings.bulk_bytes:
                limit = f"larger than the {self._settings.bulk_bytes} bytes of engine.bulk_bytes"
                results[number] = _result(entry, WriteStatus.REJECTED, limit)
                continue
            lines.append((number, entry, text))
        for chunk in self._chunks(lines):
            results |= self._bulk(index, chunk)
        return [results[number] for number in range(len(entries))]

    def _chunks(self, lines: list[Line]) -> Iterator[list[Line]]:
        chunk: list[Line] = []
        size = 0
        for line in lines:
            length = len(line[2].encode())
            full = len(chunk) == self._settings.bulk_count or size + length > self._settings.bulk_bytes
            if chunk and full:
                yield chunk
                chunk, size = [], 0
            chunk.append(line)
            size += length
        if chunk:
            yield chunk

    def _bulk(self, index: str, chunk: list[Line]) -> dict[int, WriteResult]:
        operations: list[str] = []
        for _, entry, text in chunk:
            action = {"_id": entry.id, "version": entry.revision, "version_type": "external"}
            operations += [json.dumps({"index": action}), text]
        try:
            answer = self._client.bulk(
                index=index,
                operations=operations,  # type: ignore[arg-type]  # lines of JSON are taken as well
                require_alias=index == self._alias,
            )
        except ApiError as error:
            if error.status_code != 413:
                raise
            if len(chunk) == 1:
                return {chunk[0][0]: _result(chunk[0][1], WriteStatus.REJECTED, "the server finds it too large")}
            half = len(chunk) // 2
            return self._bulk(index, chunk[:half]) | self._bulk(index, chunk[half:])
        if any(item["index"].get("error", {}).get("type") == "index_not_found_exception" for item in answer["items"]):
            raise EngineError(f"the index {index} is not there; `newsdex reindex` makes it anew from the store")
        return {
            number: _settled(entry, item["index"])
            for (number, entry, _), item in zip(chunk, answer["items"], strict=True)
        }


def _settled(entry: IndexEntry, item: dict[str, Any]) -> WriteResult:
    status = item["status"]
    if status in {200, 201}:
        return _result(entry, WriteStatus.INDEXED, None)
    if status == 409:
        return _result(entry, WriteStatus.SUPERSEDED, None)
    error = item.get("error", {})
    reason = " ".join(f"{error.get('type')}: {error.get('reason')}".split())[:300]
    retry = status in BUSY or "cluster_block" in reason
    return _result(entry, WriteStatus.RETRY if retry else WriteStatus.REJECTED, reason)


def _result(entry: IndexEntry, status: WriteStatus, reason: str | None) -> WriteResult:
    return WriteResult(id=entry.id, revision=entry.revision, status=status, reason=reason)
