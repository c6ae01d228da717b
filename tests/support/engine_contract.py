"""What tests of every search engine write and ask."""

from __future__ import annotations

from typing import Any

from indexer.engine import Engine
from news.index import IndexEntry, SearchRequest, WriteStatus
from news.query.parser import parse_query

HOSTILE = [
    "*foo",
    "/(a+)+$/",
    " ".join(f"wrd{number}~2" for number in range(50)),
    " OR ".join("clause" for _ in range(10_000)),
    "a:b AND _id:*",
    "((((((((((((((((((((((((((((((((((((((((((((((((((((((((((",
    '"' * 300,
    "a* b* c* d* e* f* ab* cd* ef* gh* ij* kl* mn* op* qr* st*",
    '"a b c d e f g h"~50 ' * 20,
    "-" * 500,
    "\0\ud800 title:(author:(x:",
    "NOT NOT NOT",
    "last:99999y after:9999-12-31",
]


def entry(number: int, title: str, text: str = "", *, revision: int = 1, **fields: Any) -> IndexEntry:
    moment = "2026-01-01T00:00:00Z"
    known = {
        "id": f"a{number}",
        "url": f"https://example.com/{number}",
        "title": title,
        "text": text or title,
        "source": "example",
        "language": "en",
        "first_seen_at": moment,
        "fetched_at": moment,
        "version": 1,
        "revision": revision,
    }
    document = {key: value for key, value in (known | fields).items() if value is not None}
    return IndexEntry(id=f"a{number}", revision=revision, document=document)


def fill(engine: Engine, *entries: IndexEntry) -> None:
    assert [r.status for r in engine.write(entries)] == [WriteStatus.INDEXED] * len(entries)
    engine.refresh()


def found(engine: Engine, query: str, **options: Any) -> list[str]:
    return [hit.id for hit in engine.search(SearchRequest(query=parse_query(query), **options)).hits]
