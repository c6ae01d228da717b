"""Searching without newsdex: SQLite FTS5, and Elasticsearch asked directly by its own client as its manual shows."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from elasticsearch import Elasticsearch, helpers

Document = Mapping[str, Any]
_FTS_QUERY = """
    SELECT rowid, highlight(articles, 0, '<mark>', '</mark>'), snippet(articles, 1, '<mark>', '</mark>', '…', 30)
    FROM articles WHERE articles MATCH ? ORDER BY rank LIMIT 10
"""
_FTS_COUNT = "SELECT count(*) FROM articles WHERE articles MATCH ?"
_INDEX = "beside-plain"
_KEYWORDS = ("source", "section", "language", "authors")
_PROPERTIES: dict[str, Any] = {
    **{name: {"type": "text", "analyzer": "english"} for name in ("title", "text")},
    **{name: {"type": "keyword"} for name in (*_KEYWORDS, "url")},
    "published_at": {"type": "date"},
}
_COUNTS: dict[str, Any] = {
    **{name: {"terms": {"field": name, "size": 30}} for name in _KEYWORDS},
    "timeline": {"date_histogram": {"field": "published_at", "calendar_interval": "quarter"}},
}
_HIGHLIGHT: dict[str, Any] = {"fields": {"title": {"number_of_fragments": 0}, "text": {"number_of_fragments": 3}}}


class Fts5:
    """Ten hits by BM25 with headline and snippet marked, and their number; nothing is counted besides."""

    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(path)
        self._database.execute(
            "CREATE VIRTUAL TABLE IF NOT EXISTS articles USING fts5(title, text, tokenize = 'porter unicode61')"
        )

    def fill(self, documents: Iterable[Document], total: int) -> None:
        """Hold these documents, unless it holds as many already."""
        if self._database.execute("SELECT count(*) FROM articles").fetchone()[0] != total:
            texts = ((document.get("title", ""), document.get("text", "")) for document in documents)
            with self._database:
                self._database.execute("DELETE FROM articles")
                self._database.executemany("INSERT INTO articles VALUES (?, ?)", texts)

    def ask(self, word: str) -> int:
        """How many articles hold the word; the first ten are fetched."""
        self._database.execute(_FTS_QUERY, (word,)).fetchall()
        return int(self._database.execute(_FTS_COUNT, (word,)).fetchone()[0])

    def close(self) -> None:
        """Give the file back."""
        self._database.close()


class PlainElasticsearch:
    """Ten hits with highlights, four facets and a timeline, from an index with Elasticsearch's English analyzer."""

    def __init__(self, url: str) -> None:
        self._client = Elasticsearch(url, request_timeout=120)

    def fill(self, documents: Iterable[Document], total: int) -> None:
        """Hold these documents, unless it holds as many already."""
        if self._client.indices.exists(index=_INDEX):
            if self._client.count(index=_INDEX)["count"] == total:
                return
            self._client.indices.delete(index=_INDEX)
        mappings = {"dynamic": False, "properties": _PROPERTIES}
        self._client.indices.create(index=_INDEX, mappings=mappings, settings={"number_of_replicas": 0})
        helpers.bulk(self._client, ({"_index": _INDEX, "_source": document} for document in documents))
        self._client.indices.refresh(index=_INDEX)

    def ask(self, word: str) -> int:
        """How many articles hold the word; the first ten are fetched."""
        answer = self._client.search(
            index=_INDEX,
            query={"multi_match": {"query": word, "fields": ["title", "text"]}},
            size=10,
            track_total_hits=True,
            source_excludes=["text"],
            highlight=_HIGHLIGHT,
            aggs=_COUNTS,
        )
        return int(answer["hits"]["total"]["value"])

    def close(self) -> None:
        """Give back connections."""
        self._client.close()
