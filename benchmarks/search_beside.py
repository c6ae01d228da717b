"""newsdex beside plain SQLite FTS5 and beside Elasticsearch asked directly, on the same articles in one run, as JSON.

    python -m benchmarks.search_beside CORPUS.jsonl.gz [--articles N] [--queries N] [--folder FOLDER]

All answer the same words: the best ten by BM25 with marked headline and fragments, and the number of all matches.
Elasticsearch (the one at $ELASTICSEARCH_URL; left out without) counts four facets and a timeline in the same request.
newsdex is asked by its search service and over HTTP for what its page shows: the same, without copies, whose number it
looks up. FTS5 counts nothing. Asked in turns; CPU is that of this process, a server's is not in it.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import statistics
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from queue import Queue
from typing import Any

import httpx

from benchmarks.search_load import articles, load_entries, open_filled
from benchmarks.search_plain import Fts5, PlainElasticsearch
from config.settings import EngineSettings
from indexer.engines.factory import make_engine
from search.app import create_app
from search.params import SearchParams
from search.service import SearchService
from search.web.server import WebServer
from store.service import Store

_NAME = "beside"
_WARM_UP = 10  # words of which no time is taken
_ARCHIVE_FILE_BYTES = 1 << 20

Corpus = list[dict[str, Any]]
Ask = Callable[[str], object]


def main() -> None:
    arguments = _arguments()
    url = os.environ.get("ELASTICSEARCH_URL")
    corpus, total = articles(arguments.corpus), arguments.articles
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder = arguments.folder or scratch
        ways = _plain_ways(stack, folder, url, corpus, total)
        store = Store.open(scratch / "record", max_archive_file_bytes=_ARCHIVE_FILE_BYTES)
        stack.callback(store.close)
        kinds = {"embedded": EngineSettings(index_name=_NAME)}
        if url:
            kinds["elasticsearch"] = EngineSettings(kind="elasticsearch", elasticsearch_url=url, index_name=_NAME)
        for name, settings in kinds.items():
            engine = make_engine(settings, folder=folder)
            stack.callback(engine.close)
            open_filled(engine, corpus, total)
            service = SearchService(engine, store, {})
            client = stack.enter_context(_over_http(service))
            ways |= _newsdex_ways(name, service, client)
        report = _measured(ways, _words(corpus, arguments.queries + _WARM_UP))
        print(json.dumps({"articles": total, "queries": arguments.queries, "milliseconds": report}, indent=2))


def _plain_ways(stack: ExitStack, folder: Path, url: str | None, corpus: Corpus, total: int) -> dict[str, Ask]:
    plain: dict[str, Fts5 | PlainElasticsearch] = {"sqlite_fts5": Fts5(folder / "fts5.sqlite")}
    if url:
        plain["elasticsearch_directly"] = PlainElasticsearch(url)
    for way in plain.values():
        stack.callback(way.close)
        way.fill((dict(entry.document or {}) for entry in load_entries(corpus, total)), total)
    return {name: way.ask for name, way in plain.items()}


def _newsdex_ways(name: str, service: SearchService, client: httpx.Client) -> dict[str, Ask]:
    def over_http(word: str) -> object:
        return client.get("api/v1/search", params={"q": word, "size": 10, "timeline": "true"}).json()

    return {f"newsdex_{name}": lambda word: service.search(_wanted(word)), f"newsdex_{name}_http": over_http}


def _wanted(word: str) -> SearchParams:
    return SearchParams(q=word, size=10, timeline=True)


@contextmanager
def _over_http(service: SearchService) -> Iterator[httpx.Client]:
    """A client of the service, on a kept connection."""
    server = WebServer(create_app(service), host="127.0.0.1", port=0)
    ready: Queue[str] = Queue()
    thread = threading.Thread(target=server.run, args=(ready.put,), daemon=True)
    thread.start()
    with httpx.Client(base_url=ready.get(timeout=60), trust_env=False, timeout=60) as client:
        yield client
    server.stop()
    thread.join(timeout=60)


def _measured(ways: dict[str, Ask], words: Sequence[str]) -> dict[str, dict[str, float]]:
    walls: dict[str, list[float]] = {name: [] for name in ways}
    cpus: dict[str, list[float]] = {name: [] for name in ways}
    for number, word in enumerate(words):
        for name, ask in ways.items():
            wall, cpu = time.perf_counter(), time.process_time()
            ask(word)
            if number >= _WARM_UP:
                walls[name].append(1000 * (time.perf_counter() - wall))
                cpus[name].append(1000 * (time.process_time() - cpu))
    return {
        name: {
            "wall_p50": _quantile(walls[name], 0.5),
            "wall_p99": _quantile(walls[name], 0.99),
            "cpu_mean": round(statistics.mean(cpus[name]), 2),
        }
        for name in ways
    }


def _quantile(values: Sequence[float], share: float) -> float:
    return round(sorted(values)[min(len(values) - 1, int(share * len(values)))], 2)


def _words(corpus: Corpus, count: int) -> list[str]:
    seen = Counter(word for article in corpus for word in set(re.findall(r"[a-z]{4,}", article["text"].lower())))
    known = sorted(word for word, articles_with in seen.items() if articles_with > 3)
    return [random.Random(7 + number).choice(known) for number in range(count)]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("corpus", type=Path, metavar="CORPUS.jsonl.gz")
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=300)
    parser.add_argument("--folder", type=Path, help="keep the files there")
    return parser.parse_args()


if __name__ == "__main__":
    main()
