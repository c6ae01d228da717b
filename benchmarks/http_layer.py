"""What HTTP adds to a search, and the memory of an export: a server in a process of its own over a synthetic index.

    python -m benchmarks.http_layer CORPUS.jsonl.gz [--articles N] [--folder FOLDER]

With --folder the index is kept there, or that of benchmarks.search_speed is used again.
Added time is what a client on a kept connection waits beyond the engine's own time of the same answer (`took_ms`), with
the server's CPU time for each request beside it. Memory is the server's own (anonymous pages; the index's are of the
page cache) before and at most while every article is exported with its text. Prints JSON.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import statistics
import tempfile
import time
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import urllib3

from benchmarks.search_load import articles, load_entries
from config.settings import EngineSettings
from indexer.engines.factory import make_engine
from search.service import SearchService
from search.web.app import create_app
from search.web.server import WebServer
from store.service import Store

WORDS = ("oil", "bank prices", "trade", "dollar", "japan", '"interest rates"', "wheat", "loan", "shares", "tax")
INDEX = "speed"
ROUNDS = 60
WARM_UP = 20
WRITTEN_AT_ONCE = 5000


def main() -> None:
    """Build the index, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--articles", type=int, default=300_000)
    parser.add_argument("--folder", type=Path, help="keep the index there")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = str(given.folder or scratch)
        build(given.corpus, given.articles, Path(folder))
        here, there = multiprocessing.get_context("spawn").Pipe()
        server = multiprocessing.get_context("spawn").Process(target=serve, args=(folder, scratch, there), daemon=True)
        server.start()
        url = here.recv()
        try:
            answer = {"articles": given.articles, "added": added_time(url, server.pid or 0)}
            print(json.dumps(answer | {"export": export_memory(url, server.pid or 0, given.articles)}, indent=2))
        finally:
            server.terminate()
            server.join()


def build(corpus: Path, total: int, folder: Path) -> None:
    """Write the articles into an embedded index, unless it holds as many."""
    engine = make_engine(EngineSettings(index_name=INDEX), folder=folder)
    engine.open()
    if engine.count() != total:
        made = engine.start_build(total)
        entries = load_entries(articles(corpus), total)
        while batch := list(islice(entries, WRITTEN_AT_ONCE)):
            made.write(batch)
        made.promote()
    engine.close()


def serve(folder: str, scratch: str, told: Connection) -> None:
    """Page and API over the index, until the process is ended."""
    engine = make_engine(EngineSettings(index_name=INDEX), folder=Path(folder))
    engine.open()
    store = Store.open(Path(scratch), max_archive_file_bytes=1 << 20)
    app = create_app(SearchService(engine, store, {}))
    WebServer(app, host="127.0.0.1", port=0).run(told.send)


def added_time(url: str, pid: int) -> dict[str, Any]:
    """Milliseconds beyond the engine's, and of the server's CPU, for each request."""
    pool = urllib3.PoolManager()
    waited: list[float] = []
    engine_ms: list[float] = []
    for number in range(ROUNDS * len(WORDS)):
        if number == WARM_UP:
            waited, engine_ms, cpu, began = [], [], cpu_seconds(pid), number
        query = urlencode({"q": WORDS[number % len(WORDS)], "size": 10})
        start = time.perf_counter()
        answer = pool.request("GET", f"{url}api/v1/search?{query}")
        elapsed_ms = (time.perf_counter() - start) * 1000
        took_ms = answer.json()["took_ms"]
        waited.append(elapsed_ms - took_ms)
        engine_ms.append(took_ms)
    used_ms = (cpu_seconds(pid) - cpu) * 1000 / (number + 1 - began)
    return {
        "p50_ms": round(statistics.median(waited), 2),
        "p99_ms": round(sorted(waited)[int(len(waited) * 0.99)], 2),
        "engine_p50_ms": round(statistics.median(engine_ms), 2),
        "server_cpu_ms": round(used_ms, 2),
    }


def export_memory(url: str, pid: int, total: int) -> dict[str, Any]:
    """Memory of the server before and at most while everything is exported."""
    before = most = memory_bytes(pid, "RssAnon")
    start, cpu = time.perf_counter(), cpu_seconds(pid)
    answer = urllib3.PoolManager().request("GET", f"{url}api/v1/export?text=true", preload_content=False)
    rows = exported_bytes = 0
    for chunk in answer.stream(1 << 20):
        rows += chunk.count(b"\n")
        exported_bytes += len(chunk)
        most = max(most, memory_bytes(pid, "RssAnon"))
    assert rows == total, rows
    return {
        "rows": rows,
        "exported_bytes": exported_bytes,
        "before_bytes": before,
        "most_bytes": most,
        "peak_with_index_bytes": memory_bytes(pid, "VmHWM"),
        "seconds": round(time.perf_counter() - start, 1),
        "server_cpu_seconds": round(cpu_seconds(pid) - cpu, 1),
    }


def memory_bytes(pid: int, name: str) -> int:
    """A figure of /proc/PID/status."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(f"{name}:"))


def cpu_seconds(pid: int) -> float:
    """What a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
