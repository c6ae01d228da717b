"""A load of news articles of any size: one corpus repeated with other ids, dates, sources and a word of its own."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count, cycle, islice
from pathlib import Path
from typing import Any

from news.index import IndexEntry

_FIRST_DAY = datetime(2016, 1, 1, tzinfo=UTC)
_SPREAD_DAYS = 3650
_SOURCES = 40


def articles(path: Path) -> list[dict[str, Any]]:
    """The corpus: JSON objects with id, title, text and perhaps section, topics, places, one a line."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def load_entries(corpus: list[dict[str, Any]], total: int) -> Iterator[IndexEntry]:
    """So many entries, the corpus over and over."""
    for number, article in islice(zip(count(), cycle(corpus)), total):
        yield IndexEntry(id=f"n{number:08}", revision=1, document=_document(article, number, total))


def _document(article: dict[str, Any], number: int, total: int) -> dict[str, Any]:
    published_at = _FIRST_DAY + timedelta(days=_SPREAD_DAYS * ((number * 7919) % total) / total)
    document = {
        "id": f"n{number:08}",
        "url": f"https://news.example/{number}",
        "title": article.get("title") or "",
        "text": article.get("text") or "",
        "authors": [f"Reporter {number % 300}"],
        "section": article.get("section"),
        "tags": article.get("places"),
        "source": f"source{number % _SOURCES:02}",
        "language": "en",
        "published_at": published_at.isoformat(timespec="seconds"),
        "first_seen_at": published_at.isoformat(timespec="seconds"),
        "fetched_at": published_at.isoformat(timespec="seconds"),
        "version": 1,
        "revision": 1,
    }
    return {name: value for name, value in document.items() if value}
