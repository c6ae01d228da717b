"""Ranking quality of an engine on judged collections, as JSON.

    python -m benchmarks.search_quality COLLECTION_FOLDER… [--engine embedded|elasticsearch] [--runs FOLDER]

search_collections.py says how a folder is laid out; others are passed over. Queries go through the parser as a person
would type them. Elasticsearch is the one at $ELASTICSEARCH_URL. With --runs each answer is also written as a TREC run.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.search_collections import Collection
from benchmarks.search_scores import mean_scores
from config.settings import EngineSettings
from indexer.engine import Engine, IndexBuild
from indexer.engines.factory import make_engine
from news.index import SearchRequest, WriteStatus
from news.query_parser import parse_query

DEPTH = 100  # hits looked at for recall


def main() -> None:
    arguments = _arguments()
    collections = [Collection(folder) for folder in arguments.folders if Collection(folder).is_one]
    if not collections:
        raise SystemExit("none of these folders holds docs.jsonl(.gz), queries.jsonl and qrels.tsv")
    reports = [measure(collection, arguments.engine, runs=arguments.runs) for collection in collections]
    print(json.dumps({"engine": arguments.engine, "collections": reports}, indent=2))


def measure(collection: Collection, kind: str, *, runs: Path | None = None) -> dict[str, Any]:
    """Index one collection, ask its queries, score the answers."""
    with tempfile.TemporaryDirectory() as scratch:
        engine = quality_engine(kind, Path(scratch))
        engine.open()
        started = time.perf_counter()
        build = engine.start_build()
        _index(build, collection)
        build.promote()
        indexed_seconds = time.perf_counter() - started
        started = time.perf_counter()
        run = {query: _ranked(engine, text) for query, text in collection.queries()}
        asked_seconds = time.perf_counter() - started
        engine.close()
    if runs is not None:
        _write_run(runs / f"{collection.folder.name}.{kind}.run", run)
    scores = mean_scores(collection.judgements(), run)
    return {
        "collection": collection.folder.name,
        "digest": collection.digest,
        **{name: round(value, 4) for name, value in scores.items()},
        "index_seconds": round(indexed_seconds, 2),
        "milliseconds_per_query": round(1000 * asked_seconds / max(1, len(run)), 2),
    }


def quality_engine(kind: str, folder: Path) -> Engine:
    """An engine of this kind for measuring, not opened yet."""
    if kind == "elasticsearch":
        url = os.environ.get("ELASTICSEARCH_URL", "http://localhost:9200")
        settings = EngineSettings(kind="elasticsearch", elasticsearch_url=url, index_name="quality")
        return make_engine(settings, folder=folder)
    return make_engine(EngineSettings(), folder=folder)


def _ranked(engine: Engine, text: str) -> list[str]:
    return [hit.id for hit in engine.search(SearchRequest(query=parse_query(text), limit=DEPTH)).hits]


def _index(build: IndexBuild, collection: Collection) -> None:
    entries = collection.entries()
    while batch := list(islice(entries, 500)):
        failed = [result for result in build.write(batch) if result.status is not WriteStatus.INDEXED]
        if failed:
            print(f"{collection.folder.name}: {len(failed)} left out, such as {failed[0]}", file=sys.stderr)


def _write_run(path: Path, run: Mapping[str, Sequence[str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [
        f"{query} Q0 {document} {rank} {-rank} newsdex\n"
        for query, ranked in run.items()
        for rank, document in enumerate(ranked, 1)
    ]
    path.write_text("".join(lines), encoding="utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", nargs="+", type=Path, metavar="COLLECTION_FOLDER")
    parser.add_argument("--engine", choices=["embedded", "elasticsearch"], default="embedded")
    parser.add_argument("--runs", type=Path, metavar="FOLDER", help="write TREC run files there")
    return parser.parse_args()


if __name__ == "__main__":
    main()
