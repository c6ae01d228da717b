"""Judged collections on disk: documents, queries and judgements in a folder.

docs.jsonl(.gz) has `id` and any of `title`, `text`, `section`, `language`; queries.jsonl(.gz) has `id` and `text`;
qrels.tsv has query id, document id and grade, or the four columns of TREC, with or without a header line. Ids are any
strings or numbers. Of two documents with one id the first counts.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import IO, Any

import py3langid

from crawler.extraction.languages import detect_language
from indexer.fields import MAX_KEYWORD_CHARACTERS, MAX_TEXT_CHARACTERS
from news.index import IndexEntry

_SEEN_AT = "2000-01-01T00:00:00Z"
_SAMPLE_DOCUMENTS = 50  # at least so many are read to tell the language of a collection that does not say it
_ONE_LANGUAGE = 0.95  # of the sample; with less each document is taken by its own


@dataclass(frozen=True)
class Collection:
    """One folder."""

    folder: Path

    @property
    def is_one(self) -> bool:
        """Whether the folder is laid out as one."""
        return all(_existing(self.folder, name) for name in ("docs.jsonl", "queries.jsonl", "qrels.tsv"))

    @property
    def name(self) -> str:
        """What the folder is called."""
        return self.folder.resolve().name

    @property
    def digest(self) -> str:
        """Of its three files, so that a floor is held against the collection it was measured on."""
        read = hashlib.sha256()
        for name in ("docs.jsonl", "queries.jsonl", "qrels.tsv"):
            with self._path(name).open("rb") as file:
                while block := file.read(1 << 20):
                    read.update(block)
        return read.hexdigest()[:16]

    @cached_property
    def language(self) -> str:
        """Of documents that do not say theirs and are too short to tell."""
        return str(py3langid.classify("\n".join(map(_words, self._sample)).lower())[0])

    @cached_property
    def is_mixed(self) -> bool:
        """Whether documents that do not say their language have several."""
        found = Counter(code for doc in self._sample for code in [detect_language(_words(doc))[0]] if code)
        return bool(found) and found.most_common(1)[0][1] < _ONE_LANGUAGE * found.total()

    def entries(self) -> Iterator[tuple[str, IndexEntry]]:
        """Every document's id, and it as the index takes it: by its number in the file, since engines bound ids."""
        seen: set[str] = set()
        for number, doc in enumerate(_objects(self._path("docs.jsonl"))):
            if (own_id := str(doc["id"])) not in seen:
                seen.add(own_id)
                yield own_id, self._entry(f"{number:09}", doc)

    def queries(self) -> Iterator[tuple[str, str]]:
        """Query id and text."""
        for query in _objects(self._path("queries.jsonl")):
            yield str(query["id"]), str(query.get("text") or "")

    def judgements(self) -> dict[str, dict[str, float]]:
        """query id -> document id -> grade; a pair that is judged twice has the higher one."""
        found: dict[str, dict[str, float]] = {}
        with _lines(self._path("qrels.tsv")) as lines:
            for number, line in enumerate(lines):
                columns = line.rstrip("\r\n").split("\t") if "\t" in line else line.split()
                if not line.strip() or (number == 0 and not _is_number(columns[-1])):
                    continue
                if len(columns) not in {3, 4} or not _is_number(columns[-1]):
                    raise ValueError(f"{self._path('qrels.tsv')}:{number + 1}: no query, document and grade: {line!r}")
                judged = found.setdefault(columns[0], {})
                judged[columns[-2]] = max(float(columns[-1]), judged.get(columns[-2], float("-inf")))
        return found

    @cached_property
    def _sample(self) -> list[dict[str, Any]]:
        """Documents from everywhere in the file that do not say their language."""
        kept: list[dict[str, Any]] = []
        step = 1
        for number, doc in enumerate(_objects(self._path("docs.jsonl"))):
            if number % step == 0 and not doc.get("language"):
                kept.append(doc)
                if len(kept) == 2 * _SAMPLE_DOCUMENTS:
                    kept, step = kept[::2], 2 * step
        return kept

    def _path(self, name: str) -> Path:
        path = _existing(self.folder, name)
        if path is None:
            raise FileNotFoundError(f"{self.folder} has no {name}")
        return path

    def _entry(self, entry_id: str, doc: Mapping[str, Any]) -> IndexEntry:
        document = {
            "id": entry_id,
            "url": f"https://collection.example/{entry_id}",
            "title": _valid(doc.get("title"), MAX_TEXT_CHARACTERS),
            "text": _valid(doc.get("text"), MAX_TEXT_CHARACTERS),
            "source": "collection",
            "language": _valid(doc.get("language"), MAX_KEYWORD_CHARACTERS) or self._detected(doc),
            "section": _valid(doc.get("section"), MAX_KEYWORD_CHARACTERS),
            "first_seen_at": _SEEN_AT,
            "fetched_at": _SEEN_AT,
            "version": 1,
            "revision": 1,
        }
        known = {name: value for name, value in document.items() if value or name == "title"}
        return IndexEntry(id=entry_id, revision=1, document=known)

    def _detected(self, doc: Mapping[str, Any]) -> str:
        return (detect_language(_words(doc))[0] if self.is_mixed else None) or self.language


def collections_in(folder: Path) -> list[Collection]:
    """The folder as a collection, or those directly in it."""
    return [found for found in map(Collection, (folder, *sorted(folder.glob("*/")))) if found.is_one]


def _words(doc: Mapping[str, Any]) -> str:
    return f"{_valid(doc.get('title'), 200)} {_valid(doc.get('text'), 2_000)}".strip()


def _valid(value: Any, limit: int) -> str:
    """Composed, valid UTF-8, within a bound, as the crawler hands texts on."""
    text = "\n".join(map(str, value)) if isinstance(value, list) else str(value or "")
    return unicodedata.normalize("NFC", text[:limit].encode("utf-8", "replace").decode())[:limit]


def _is_number(text: str) -> bool:
    try:
        return float(text) == float(text)  # of NaN it is not
    except ValueError:
        return False


def _existing(folder: Path, name: str) -> Path | None:
    return next((path for path in (folder / name, folder / f"{name}.gz") if path.is_file()), None)


@contextmanager
def _lines(path: Path) -> Iterator[IO[str]]:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8-sig", newline="\n") as lines:
        yield lines


def _objects(path: Path) -> Iterator[dict[str, Any]]:
    with _lines(path) as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)
