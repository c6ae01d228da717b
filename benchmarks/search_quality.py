"""Ranking quality of an engine on judged collections, as JSON.

    python -m benchmarks.search_quality COLLECTION_FOLDER… [--engine embedded|elasticsearch]

A collection holds docs.jsonl.gz (id, title, text), queries.jsonl (id, text) and qrels.tsv (query-id, corpus-id, score).
Queries go through the parser as a person would type them. Elasticsearch is the one at $ELASTICSEARCH_URL.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import os
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from config.settings import EngineSettings
from indexer.engine import Engine, IndexBuild
from indexer.engines.factory import make_engine
from news.index import IndexEntry, SearchRequest, WriteStatus
from news.query_parser import parse_query

DEPTH = 100  # hits looked at for recall
_SEEN_AT = "2000-01-01T00:00:00Z"

Judgements = Mapping[str, Mapping[str, int]]


def main() -> None:
    arguments = _arguments()
    reports = [measure(folder, arguments.engine) for folder in arguments.folders]
    print(json.dumps({"engine": arguments.engine, "collections": reports}, indent=2))


def measure(folder: Path, kind: str) -> dict[str, Any]:
    """Index one collection, ask its queries, score the answers."""
    with tempfile.TemporaryDirectory() as scratch:
        engine = _engine(kind, Path(scratch))
        engine.open()
        started = time.perf_counter()
        build = engine.start_build()
        _index(build, folder)
        build.promote()
        indexed_seconds = time.perf_counter() - started
        started = time.perf_counter()
        run = {query["id"]: _ranked(engine, query["text"]) for query in _lines(folder / "queries.jsonl")}
        asked_seconds = time.perf_counter() - started
        engine.close()
    scores = score(read_judgements(folder / "qrels.tsv"), run)
    return {
        "collection": folder.name,
        **{name: round(value, 4) for name, value in scores.items()},
        "index_seconds": round(indexed_seconds, 2),
        "milliseconds_per_query": round(1000 * asked_seconds / max(1, len(run)), 2),
    }


def score(judgements: Judgements, run: Mapping[str, Sequence[str]]) -> dict[str, float]:
    """nDCG@10 (linear gain, log2 discount, as trec_eval's ndcg_cut) and recall@100, over queries with an answer."""
    asked = [
        (judged, run.get(query, ())) for query, judged in judgements.items() if any(v > 0 for v in judged.values())
    ]
    return {
        "ndcg@10": sum(_ndcg(judged, ranked) for judged, ranked in asked) / len(asked),
        "recall@100": sum(_recall(judged, ranked) for judged, ranked in asked) / len(asked),
    }


def read_judgements(path: Path) -> dict[str, dict[str, int]]:
    """query id -> document id -> grade."""
    judgements: dict[str, dict[str, int]] = {}
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        query, document, grade = line.split("\t")
        judgements.setdefault(query, {})[document] = int(grade)
    return judgements


def _ndcg(judged: Mapping[str, int], ranked: Sequence[str]) -> float:
    def gained(grades: Sequence[int]) -> float:
        return sum(max(0, grade) / math.log2(place + 2) for place, grade in enumerate(grades[:10]))

    ideal = gained(sorted(judged.values(), reverse=True))
    return gained([judged.get(document, 0) for document in ranked]) / ideal


def _recall(judged: Mapping[str, int], ranked: Sequence[str]) -> float:
    relevant = {document for document, grade in judged.items() if grade > 0}
    return len(relevant & set(ranked[:100])) / len(relevant)


def _ranked(engine: Engine, text: str) -> list[str]:
    return [hit.id for hit in engine.search(SearchRequest(query=parse_query(text), limit=DEPTH)).hits]


def _index(build: IndexBuild, folder: Path) -> None:
    entries = (_entry(doc) for doc in _lines(folder / "docs.jsonl.gz"))
    while batch := list(islice(entries, 500)):
        failed = [result for result in build.write(batch) if result.status is not WriteStatus.INDEXED]
        if failed:
            raise SystemExit(f"{folder}: {failed[0]}")


def _entry(doc: Mapping[str, Any]) -> IndexEntry:
    document = {
        "id": doc["id"],
        "url": f"https://collection.example/{doc['id']}",
        "title": doc.get("title") or "",
        "text": doc["text"],
        "source": "collection",
        "language": "en",
        "first_seen_at": _SEEN_AT,
        "fetched_at": _SEEN_AT,
        "version": 1,
        "revision": 1,
    }
    return IndexEntry(id=doc["id"], revision=1, document=document)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _engine(kind: str, folder: Path) -> Engine:
    if kind == "elasticsearch":
        url = os.environ.get("ELASTICSEARCH_URL", "http://localhost:9200")
        return make_engine(
            EngineSettings(kind="elasticsearch", elasticsearch_url=url, index_name="quality"), folder=folder
        )
    return make_engine(EngineSettings(), folder=folder)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", nargs="+", type=Path, metavar="COLLECTION_FOLDER")
    parser.add_argument("--engine", choices=["embedded", "elasticsearch"], default="embedded")
    return parser.parse_args()


if __name__ == "__main__":
    main()
