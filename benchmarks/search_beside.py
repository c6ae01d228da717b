"""The embedded engine beside plain SQLite FTS5, and newsdex over HTTP beside its engine: one run, as JSON.

    python -m benchmarks.search_beside CORPUS.jsonl.gz [--articles N] [--queries N] [--folder FOLDER]

All of them answer the same words on the same articles: the best ten by BM25 with marked headline and fragments, and
the number of all matches. newsdex counts four facets and a timeline besides, which FTS5 is not asked for.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sqlite3
import statistics
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from queue import Queue
from typing import Any

import httpx

from benchmarks.search_load import articles, load_entries
from config.settings import EngineSettings
from indexer.engine import Engine
from indexer.engines.factory import make_engine
from search.app import create_app
from search.params import SearchParams
from search.server import WebServer
from search.service import SearchService

_FTS_QUERY = """
    SELECT rowid, highlight(articles, 0, '<mark>', '</mark>'), snippet(articles, 1, '<mark>', '</mark>', '…', 30)
    FROM articles WHERE articles MATCH ? ORDER BY rank LIMIT 10
"""
_FTS_COUNT = "SELECT count(*) FROM articles WHERE articles MATCH ?"


def main() -> None:
    arguments = _arguments()
    corpus = articles(arguments.corpus)
    with tempfile.TemporaryDirectory() as scratch:
        folder = arguments.folder or Path(scratch)
        engine = make_engine(EngineSettings(index_name="speed"), folder=folder)
        engine.open()
        database = sqlite3.connect(folder / "fts5.sqlite")
        _fill(engine, database, corpus, arguments.articles)
        report = _measured(engine, database, _words(corpus, arguments.queries))
        print(json.dumps({"articles": engine.count(), "milliseconds": report}, indent=2))
        engine.close()


def _measured(engine: Engine, database: sqlite3.Connection, words: Sequence[str]) -> dict[str, dict[str, float]]:
    service = SearchService(engine, None, {})  # type: ignore[arg-type]  # searching never asks the store
    server = WebServer(create_app(service), host="127.0.0.1", port=0)
    ready: Queue[str] = Queue()
    thread = threading.Thread(target=server.run, args=(ready.put,), daemon=True)
    thread.start()
    with httpx.Client(base_url=ready.get(timeout=30), trust_env=False, timeout=60) as client:
        ways: dict[str, Callable[[str], object]] = {
            "sqlite_fts5": lambda word: (
                database.execute(_FTS_QUERY, (word,)).fetchall(),
                database.execute(_FTS_COUNT, (word,)).fetchone(),
            ),
            "service": lambda word: service.search(SearchParams(q=word, size=10, timeline=True)),
            "http": lambda word: client.get("api/v1/search", params={"q": word, "size": 10, "timeline": "true"}).json(),
        }
        times: dict[str, list[float]] = {name: [] for name in ways}
        for word in words:
            for name, ask in ways.items():
                started = time.perf_counter()
                ask(word)
                times[name].append(1000 * (time.perf_counter() - started))
    server.stop()
    thread.join(timeout=20)
    added = [over - within for over, within in zip(times["http"], times["service"], strict=True)]
    return {**{name: _quantiles(found) for name, found in times.items()}, "http_adds": _quantiles(added)}


def _quantiles(values: Sequence[float]) -> dict[str, float]:
    ordered = sorted(values)
    return {"p50": round(statistics.median(ordered), 2), "p99": round(ordered[int(0.99 * len(ordered))], 2)}


def _words(corpus: Sequence[dict[str, Any]], count: int) -> list[str]:
    seen = Counter(word for article in corpus for word in set(re.findall(r"[a-z]{4,}", article["text"].lower())))
    known = sorted(word for word, articles_with in seen.items() if articles_with > 3)
    return [random.Random(7 + number).choice(known) for number in range(count)]


def _fill(engine: Engine, database: sqlite3.Connection, corpus: list[dict[str, Any]], total: int) -> None:
    if engine.count() != total:
        build = engine.start_build()
        entries = load_entries(corpus, total)
        while batch := list(islice(entries, 1000)):
            build.write(batch)
        build.promote()
    database.execute(
        "CREATE VIRTUAL TABLE IF NOT EXISTS articles USING fts5(title, text, tokenize = 'porter unicode61')"
    )
    if database.execute("SELECT count(*) FROM articles").fetchone()[0] != total:
        rows = (entry.document or {} for entry in load_entries(corpus, total))
        texts = ((row.get("title", ""), row.get("text", "")) for row in rows)
        with database:
            database.execute("DELETE FROM articles")
            database.executemany("INSERT INTO articles VALUES (?, ?)", texts)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("corpus", type=Path, metavar="CORPUS.jsonl.gz")
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=300)
    parser.add_argument("--folder", type=Path, help="keep the indexes there")
    return parser.parse_args()


if __name__ == "__main__":
    main()
