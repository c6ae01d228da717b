"""A load of news articles of any size: one corpus repeated with other ids, dates and sources.

Every fifth article has copies: its repetitions are clusters of four, as the store would tell the index.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count, cycle, islice
from pathlib import Path
from typing import Any

from indexer.engine import Engine
from news.clusters import Member, cluster_number, seniority_of, standings
from news.index import IndexEntry

WRITTEN_AT_ONCE = 1000
_FIRST_DAY = datetime(2016, 1, 1, tzinfo=UTC)
_SPREAD_DAYS = 3650
_SOURCES = 40
_COPIED_EVERY = 5  # articles of the corpus, of which one has copies
_COPIES = 4  # of one text in a cluster


def articles(path: Path) -> list[dict[str, Any]]:
    """The corpus: JSON objects with id, title, text and perhaps section, topics, places, one a line."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def open_filled(engine: Engine, corpus: list[dict[str, Any]], total: int) -> None:
    """Open an engine and build its index of so many entries, unless it holds as many."""
    engine.open()
    if engine.count() == total:
        return
    build = engine.start_build(total)
    entries = load_entries(corpus, total)
    while batch := list(islice(entries, WRITTEN_AT_ONCE)):
        build.write(batch)
    build.promote()


def load_entries(corpus: list[dict[str, Any]], total: int) -> Iterator[IndexEntry]:
    """So many entries, the corpus over and over."""
    for number, article in islice(zip(count(), cycle(corpus)), total):
        document = _document(article, number, total) | _place(number, len(corpus), total)
        yield IndexEntry(id=_id(number), revision=1, document=document)


def _id(number: int) -> str:
    return f"n{number:08}"


def _source(number: int) -> str:
    return f"source{number % _SOURCES:02}"


def _published_at(number: int, total: int) -> datetime:
    return _FIRST_DAY + timedelta(days=_SPREAD_DAYS * ((number * 7919) % total) / total)


def _place(number: int, corpus_size: int, total: int) -> dict[str, int]:
    """What the article is among its copies: the same article of the corpus, four rounds together."""
    position, around = number % corpus_size, number // corpus_size // _COPIES * _COPIES
    if position % _COPIED_EVERY:
        return {}
    numbers = [one for one in (position + corpus_size * (around + each) for each in range(_COPIES)) if one < total]
    if len(numbers) < 2:
        return {}
    members = {one: Member(number=one, source_id=_source(one), seniority=_seniority(one, total)) for one in numbers}
    return {
        "cluster": cluster_number(_id(min(members.values(), key=lambda member: member.seniority).number)),
        "standing": int(standings(members.values())[number]),
        "seniority": members[number].seniority,
    }


def _seniority(number: int, total: int) -> int:
    moment = _published_at(number, total)
    return seniority_of(_id(number), published_at=moment, published_day_only=False, first_seen_at=moment)


def _document(article: dict[str, Any], number: int, total: int) -> dict[str, Any]:
    published_at = _published_at(number, total)
    document = {
        "id": _id(number),
        "url": f"https://news.example/{number}",
        "title": article.get("title") or "",
        "text": article.get("text") or "",
        "authors": [f"Reporter {number % 300}"],
        "section": article.get("section"),
        "tags": article.get("places"),
        "source": _source(number),
        "language": "en",
        "published_at": published_at.isoformat(timespec="seconds"),
        "first_seen_at": published_at.isoformat(timespec="seconds"),
        "fetched_at": published_at.isoformat(timespec="seconds"),
        "version": 1,
        "revision": 1,
    }
    return {name: value for name, value in document.items() if value}
