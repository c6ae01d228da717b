"""What HTTP adds to a search, and the memory of an export: a server in a process of its own over a synthetic index.

    python -m benchmarks.http_layer CORPUS.jsonl.gz [--articles N] [--folder FOLDER]

With --folder the index is kept there, or that of benchmarks.search_speed is used again.
Added time is what a client on a kept connection waits beyond the engine's own time of the same answer (`took_ms`), with
the server's CPU time for each request beside it. Bare is what the machine takes for any server: after each search
uvicorn alone answers from a thread with as many bytes as a usual page has. Memory is the server's own (anonymous
pages; the index's are of the page cache) before and at most while every article is exported with its text. Prints JSON.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import statistics
import tempfile
import time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import urllib3
from starlette.concurrency import run_in_threadpool
from starlette.types import Receive, Scope, Send

from benchmarks.search_load import articles, open_filled
from config.settings import EngineSettings
from indexer.engines.factory import make_engine
from search.app import create_app
from search.service import SearchService
from search.web.server import WebServer
from store.service import Store

WORDS = ("oil", "bank prices", "trade", "dollar", "japan", '"interest rates"', "wheat", "loan", "shares", "tax")
INDEX = "speed"
ROUNDS = 60
WARM_UP = 20
BARE_PATH = "/bare"
BARE_BODY = b"x" * 8000


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
    open_filled(engine, articles(corpus), total)
    engine.close()


def serve(folder: str, scratch: str, told: Connection) -> None:
    """Page and API over the index, until the process is ended."""
    engine = make_engine(EngineSettings(index_name=INDEX), folder=Path(folder))
    engine.open()
    store = Store.open(Path(scratch), max_archive_file_bytes=1 << 20)
    app = create_app(SearchService(engine, store, {}))

    async def served(scope: Scope, receive: Receive, send: Send) -> None:
        is_bare = scope["type"] == "http" and scope["path"] == BARE_PATH
        await (bare if is_bare else app)(scope, receive, send)

    WebServer(served, host="127.0.0.1", port=0).run(told.send)


async def bare(scope: Scope, receive: Receive, send: Send) -> None:
    """An answer that takes no time, made in a thread as those of searches are."""
    body = await run_in_threadpool(lambda: BARE_BODY)
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"%d" % len(body))]})
    await send({"type": "http.response.body", "body": body})


def added_time(url: str, pid: int) -> dict[str, Any]:
    """Milliseconds beyond the engine's, and of the server's CPU, for each request."""
    pool = urllib3.PoolManager()
    waited: list[float] = []
    bare_ms: list[float] = []
    engine_ms: list[float] = []
    cpu = 0.0
    for number in range(ROUNDS * len(WORDS)):
        if number == WARM_UP:
            waited, bare_ms, engine_ms, cpu = [], [], [], 0.0
        query = urlencode({"q": WORDS[number % len(WORDS)], "size": 10})
        start, used = time.perf_counter(), cpu_seconds(pid)
        answer = pool.request("GET", f"{url}api/v1/search?{query}")
        elapsed_ms = (time.perf_counter() - start) * 1000
        cpu += cpu_seconds(pid) - used
        took_ms = answer.json()["took_ms"]
        waited.append(elapsed_ms - took_ms)
        engine_ms.append(took_ms)
        start = time.perf_counter()
        pool.request("GET", f"{url.rstrip('/')}{BARE_PATH}")
        bare_ms.append((time.perf_counter() - start) * 1000)
    return {
        "p50_ms": round(statistics.median(waited), 2),
        "p99_ms": round(p99(waited), 2),
        "bare_p50_ms": round(statistics.median(bare_ms), 2),
        "bare_p99_ms": round(p99(bare_ms), 2),
        "engine_p50_ms": round(statistics.median(engine_ms), 2),
        "server_cpu_ms": round(cpu * 1000 / len(waited), 2),
    }


def p99(values: list[float]) -> float:
    """What 99 of 100 keep to."""
    return sorted(values)[int(len(values) * 0.99)]


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
