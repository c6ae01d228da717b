"""Judged collections on disk: documents, queries and judgements in a folder.

docs.jsonl(.gz) has `id` and any of `title`, `text`, `published`, `section`, `language`; queries.jsonl(.gz) has `id` and
`text`; qrels.tsv has query id, document id and grade, with or without a header line.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any

import py3langid

from news.index import IndexEntry

_SEEN_AT = "2000-01-01T00:00:00Z"
_SAMPLE_DOCUMENTS = 50  # read to tell the language of a collection that does not say it


@dataclass(frozen=True)
class Collection:
    """One folder."""

    folder: Path

    @property
    def is_one(self) -> bool:
        """Whether the folder is laid out as one."""
        return all(_existing(self.folder, name) for name in ("docs.jsonl", "queries.jsonl", "qrels.tsv"))

    @property
    def digest(self) -> str:
        """Of its three files, so that a floor is held against the collection it was measured on."""
        files = (self._path("docs.jsonl"), self._path("queries.jsonl"), self._path("qrels.tsv"))
        return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:16]

    @cached_property
    def language(self) -> str:
        """Of documents that do not say theirs."""
        sample = islice(_objects(self._path("docs.jsonl")), _SAMPLE_DOCUMENTS)
        text = "\n".join(f"{doc.get('title') or ''} {doc.get('text') or ''}" for doc in sample).lower()
        return str(py3langid.classify(text)[0])

    def entries(self) -> Iterator[IndexEntry]:
        """Every document as the index takes it."""
        for doc in _objects(self._path("docs.jsonl")):
            yield self._entry(doc)

    def queries(self) -> Iterator[tuple[str, str]]:
        """Query id and text."""
        for query in _objects(self._path("queries.jsonl")):
            yield str(query["id"]), str(query.get("text") or "")

    def judgements(self) -> dict[str, dict[str, int]]:
        """query id -> document id -> grade."""
        found: dict[str, dict[str, int]] = {}
        for number, line in enumerate(self._path("qrels.tsv").read_text(encoding="utf-8").splitlines()):
            query, document, grade = line.split("\t")
            if number or grade.lstrip("-").isdigit():
                found.setdefault(query, {})[document] = int(grade)
        return found

    def _path(self, name: str) -> Path:
        path = _existing(self.folder, name)
        if path is None:
            raise FileNotFoundError(f"{self.folder} has no {name}")
        return path

    def _entry(self, doc: Mapping[str, Any]) -> IndexEntry:
        document = {
            "id": str(doc["id"]),
            "url": f"https://collection.example/{doc['id']}",
            "title": doc.get("title") or "",
            "text": doc.get("text") or "",
            "source": "collection",
            "language": doc.get("language") or self.language,
            "section": doc.get("section"),
            "first_seen_at": _SEEN_AT,
            "fetched_at": _SEEN_AT,
            "version": 1,
            "revision": 1,
        }
        known = {name: value for name, value in document.items() if value is not None}
        return IndexEntry(id=str(doc["id"]), revision=1, document=known)


def _existing(folder: Path, name: str) -> Path | None:
    return next((path for path in (folder / name, folder / f"{name}.gz") if path.is_file()), None)


def _objects(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)
