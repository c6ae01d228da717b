"""Ranking quality of an engine on judged collections, as JSON.

    python -m benchmarks.search_quality COLLECTION_FOLDER… [--engine embedded|elasticsearch] [--runs FOLDER] [--meaning]

search_collections.py says how a folder is laid out; a folder of such folders stands for all of them. Queries go
through the parser as a person would type them. Elasticsearch is the one at $ELASTICSEARCH_URL. With --runs each answer
is also written as a TREC run. With --meaning the first hits are in the order of words and meaning, as in a search with
`meaning`, whatever the language of the collection.
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

from benchmarks.search_collections import Collection, collections_in
from benchmarks.search_scores import mean_scores
from config.settings import EngineSettings
from indexer.engine import Engine, IndexBuild
from indexer.engines.factory import make_engine
from indexer.meaning import SentenceModel
from news.errors import EngineError
from news.index import SearchRequest, WriteStatus
from news.query.parser import parse_query
from search.meaning import Meaning
from search.params import MEANING_ORDERED

DEPTH = 100  # hits looked at for recall


def main() -> None:
    arguments = _arguments()
    collections = [collection for folder in arguments.folders for collection in _collections(folder)]
    if not collections:
        raise SystemExit("nothing to measure")
    given = {"runs": arguments.runs, "by_meaning": arguments.meaning}
    reports = [measure(collection, arguments.engine, **given) for collection in collections]
    print(json.dumps({"engine": arguments.engine, "collections": reports}, indent=2))


def _collections(folder: Path) -> list[Collection]:
    found = collections_in(folder)
    if not found:
        print(f"{folder} does not hold docs.jsonl(.gz), queries.jsonl and qrels.tsv", file=sys.stderr)
    return found


def measure(collection: Collection, kind: str, *, runs: Path | None = None, by_meaning: bool = False) -> dict[str, Any]:
    """Index one collection, ask its queries, score the answers."""
    meaning = _meaning(collection) if by_meaning else None
    with tempfile.TemporaryDirectory() as scratch:
        engine = quality_engine(kind, Path(scratch))
        engine.open()
        started = time.perf_counter()
        build = engine.start_build()
        ids = _index(build, collection)
        build.promote()
        indexed_seconds = time.perf_counter() - started
        started = time.perf_counter()
        run = {query: [ids[hit] for hit in _ranked(engine, text, meaning)] for query, text in collection.queries()}
        asked_seconds = time.perf_counter() - started
        engine.close()
    if runs is not None:
        _write_run(runs / f"{collection.name}.{kind}.run", run)
    scores = mean_scores(collection.judgements(), run)
    if not scores:
        print(f"{collection.name}: no query has a relevant document, so there is nothing to score", file=sys.stderr)
    return {
        "collection": collection.name,
        "digest": collection.digest,
        "documents": len(ids),
        "queries": len(run),
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


def _meaning(collection: Collection) -> Meaning:
    """The order of meaning for these documents, whose vectors are made now."""
    model = SentenceModel()
    documents = {entry.id: entry.document or {} for _, entry in collection.entries()}
    vectors = {
        article_id: model.vector(f"{document.get('title', '')}\n{document.get('text', '')}".strip())
        for article_id, document in documents.items()
    }
    return Meaning(lambda _model, ids: {each: vectors[each] for each in ids}, load=lambda: model)


def _ranked(engine: Engine, text: str, meaning: Meaning | None) -> list[str]:
    query = parse_query(text)
    try:
        hits = engine.search(SearchRequest(query=query, limit=DEPTH)).hits
        if meaning is not None:
            hits = meaning.ordered(query, hits[:MEANING_ORDERED]) + hits[MEANING_ORDERED:]
        return [hit.id for hit in hits]
    except EngineError as error:
        print(f"{text!r} counts as not answered: {error}", file=sys.stderr)
        return []


def _index(build: IndexBuild, collection: Collection) -> dict[str, str]:
    """The id in the index -> that of the collection."""
    ids: dict[str, str] = {}
    entries = collection.entries()
    while batch := list(islice(entries, 500)):
        ids |= {entry.id: own_id for own_id, entry in batch}
        results = build.write([entry for _, entry in batch])
        failed = [result for result in results if result.status is not WriteStatus.INDEXED]
        if failed:
            print(f"{collection.name}: {len(failed)} left out, such as {failed[0]}", file=sys.stderr)
    return ids


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
    parser.add_argument("--meaning", action="store_true", help="needs the extra meaning")
    parser.add_argument("--runs", type=Path, metavar="FOLDER", help="write TREC run files there")
    return parser.parse_args()


if __name__ == "__main__":
    main()
