"""How fast articles are indexed, as JSON: embedded, and Elasticsearch beside the official client's own bulk helper.

    python -m benchmarks.indexing CORPUS.jsonl.gz [--articles N] [--rounds N] [--engine embedded|elasticsearch]

Elasticsearch is the one at $ELASTICSEARCH_URL. The helper is given bodies that were made before, so that it only sends.
Both write into the same mapping, round about, and the medians are compared, from the first bulk until all can be
searched: making an index and swapping it in come on top, whatever it holds. `without_language_fields` is newsdex again
without the fields that are there for Kibana, to say what those cost.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from unittest import mock

from elasticsearch import Elasticsearch, helpers

from benchmarks.search_load import articles, load_entries
from config.settings import EngineSettings
from indexer.engine import Engine, IndexBuild
from indexer.engines.elasticsearch import mapping as elasticsearch_mapping
from indexer.engines.elasticsearch.mapping import index_body, source_of
from indexer.engines.factory import make_engine
from indexer.rebuild import one_round
from news.index import IndexEntry


def main() -> None:
    arguments = _arguments()
    entries = list(load_entries(articles(arguments.corpus), arguments.articles))
    gc.freeze()  # an installation holds a few of its articles, not all
    measure = embedded if arguments.engine == "embedded" else elasticsearch
    print(json.dumps({"articles": len(entries), **measure(entries, arguments.rounds)}, indent=2))


def embedded(entries: Sequence[IndexEntry], rounds: int) -> dict[str, Any]:
    """Articles a second of wall and of CPU time, and the index's size."""
    walls, cpus, size = [], [], 0
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            engine = make_engine(EngineSettings(), folder=Path(folder))
            engine.open()
            wall, cpu = time.perf_counter(), time.process_time()
            _build(engine, entries)
            walls.append(len(entries) / (time.perf_counter() - wall))
            cpus.append(len(entries) / (time.process_time() - cpu))
            engine.close()
            size = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
    return {
        "engine": "embedded",
        "articles_a_second": round(statistics.median(walls)),
        "articles_a_cpu_second": round(statistics.median(cpus)),
        "index_bytes_an_article": round(size / len(entries)),
    }


def elasticsearch(entries: Sequence[IndexEntry], rounds: int) -> dict[str, Any]:
    """Seconds and index size of each way of writing."""
    url = os.environ.get("ELASTICSEARCH_URL", "http://localhost:9200")
    client = Elasticsearch(url, request_timeout=120)
    settings = EngineSettings(kind="elasticsearch", elasticsearch_url=url, index_name="indexing", timeout_seconds=120)
    ways: dict[str, Callable[[], float]] = {
        "bulk_helper": lambda: _helper_seconds(client, entries),
        "newsdex": lambda: _newsdex_seconds(settings, entries),
        "without_language_fields": lambda: _without_language_fields(settings, entries),
    }
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    server: dict[str, list[float]] = {name: [] for name in ways}
    sizes = {}
    for _ in range(rounds):
        for name, write in ways.items():
            _drop(client)
            before = _server_cpu_milliseconds(client)
            seconds[name].append(write())
            server[name].append(_server_cpu_milliseconds(client) - before)
            client.indices.forcemerge(index="indexing-*", max_num_segments=1)
            stats = client.indices.stats(index="indexing-*", metric="store")
            sizes[name] = round(stats["_all"]["primaries"]["store"]["size_in_bytes"] / len(entries))
    _drop(client)
    medians = {name: statistics.median(found) for name, found in seconds.items()}
    return {
        "engine": "elasticsearch",
        "articles_a_second": {name: round(len(entries) / median) for name, median in medians.items()},
        "server_cpu_milliseconds_an_article": {
            name: round(statistics.median(found) / len(entries), 3) for name, found in server.items()
        },
        "index_bytes_an_article": sizes,
        "newsdex_to_helper": round(medians["newsdex"] / medians["bulk_helper"], 3),
    }


def _server_cpu_milliseconds(client: Elasticsearch) -> float:
    nodes = client.nodes.stats(metric="process")["nodes"].values()
    return float(sum(node["process"]["cpu"]["total_in_millis"] for node in nodes))


def _newsdex_seconds(settings: EngineSettings, entries: Sequence[IndexEntry]) -> float:
    engine = make_engine(settings, folder=Path("unused"))
    engine.open()
    build = engine.start_build()
    started = time.perf_counter()
    _write(build, entries)
    build.count()  # refreshes
    seconds = time.perf_counter() - started
    build.promote()
    engine.close()
    return seconds


def _without_language_fields(settings: EngineSettings, entries: Sequence[IndexEntry]) -> float:
    with mock.patch.object(elasticsearch_mapping, "ELASTICSEARCH_ANALYZERS", {}):
        return _newsdex_seconds(settings, entries)


def _helper_seconds(client: Elasticsearch, entries: Sequence[IndexEntry]) -> float:
    bodies = [(entry.id, source_of(entry.document or {})) for entry in entries]
    client.indices.create(index="indexing-raw", **index_body())
    client.indices.put_settings(index="indexing-raw", settings={"index": {"refresh_interval": "-1"}})
    started = time.perf_counter()
    helpers.bulk(client, _actions(bodies), chunk_size=500)
    client.indices.refresh(index="indexing-raw")
    return time.perf_counter() - started


def _actions(bodies: Sequence[tuple[str, Mapping[str, Any]]]) -> Iterator[dict[str, Any]]:
    for id, source in bodies:
        yield {
            "_op_type": "index",
            "_index": "indexing-raw",
            "_id": id,
            "version": 1,
            "version_type": "external",
            "_source": source,
        }


def _build(engine: Engine, entries: Sequence[IndexEntry]) -> None:
    build = engine.start_build()
    _write(build, entries)
    build.promote()


def _write(build: IndexBuild, entries: Sequence[IndexEntry]) -> None:
    """In rounds, as a rebuild does."""
    remaining = iter(entries)
    while build.write(one_round(remaining)):
        pass


def _drop(client: Elasticsearch) -> None:
    for name in client.indices.get(index="indexing-*"):
        client.indices.delete(index=name)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("corpus", type=Path, metavar="CORPUS.jsonl.gz")
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--engine", choices=["embedded", "elasticsearch"], default="embedded")
    return parser.parse_args()


if __name__ == "__main__":
    main()
