"""How soon the daemon does things, as JSON.

    python -m benchmarks.freshness [publish] [alerts] [sources] [restart] [--engine embedded|elasticsearch]
                                   [--articles 20] [--searches 10000] [--sources 200] [--urls 1000000]

publish: seconds from the poll that sees a new article (its feed's answer) until a search through the API finds it.
alerts: seconds from that poll until a webhook is told of the article, among so many saved searches.
sources: seconds from a slot that all sources share until each source's crawl has begun, and until all have ended.
restart: seconds from starting the daemon on a record of so many known URLs until /readyz answers "ready".

Wall-clock seconds, since that is what is promised; the load of the machine is printed beside them. Elasticsearch is the
one at $ELASTICSEARCH_URL.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from typing import Any

import sqlalchemy as sa

from benchmarks.many_sites import ManySites
from news.index import Filters
from news.standing import DeliveryKind
from news.urls import url_key
from store.clock import utc_now
from store.schema import url as url_table
from store.service import Store
from store.sql.database import Database, sqlite_url
from tests.support.replay_site import ReplaySite, write_pages

ROOT = Path(__file__).resolve().parents[1]
LIMIT_SECONDS = 300.0
POLL_SECONDS = 10
ADD_CHUNK = 20_000
SYLLABLES = ["ka", "lo", "mi", "ter", "dan", "sel", "vor", "ip", "nu", "ra", "gen", "ost"]


def main() -> None:
    """Measure what is named, or everything."""
    arguments = _arguments()
    measures: dict[str, Callable[[argparse.Namespace], dict[str, Any]]] = {
        "publish": measure_publish,
        "alerts": measure_alerts,
        "sources": measure_sources,
        "restart": measure_restart,
    }
    chosen = arguments.measures or list(measures)
    report = {name: measures[name](arguments) for name in chosen}
    print(json.dumps({"engine": arguments.engine, "load_average": os.getloadavg(), **report}, indent=2))


def measure_publish(arguments: argparse.Namespace) -> dict[str, Any]:
    """Publish articles one after the other and search for each."""
    with tempfile.TemporaryDirectory() as scratch:
        home, corpus = Path(scratch), Path(scratch) / "corpus"
        corpus.mkdir()
        with ReplaySite(write_pages(corpus), articles=20) as site:
            source = {"name": "Replay", "home_url": f"{site.url}/", "feeds": [f"{site.url}/feed.xml"]}
            _configure(home, arguments.engine, {"replay": {**source, "schedule": f"every {POLL_SECONDS} seconds"}})
            with _daemon(home) as url, _opened(home) as store:
                _wait(lambda: store.counts().articles >= 20)
                found = [_seconds_to_find(site, store, url) for _ in range(arguments.articles)]
    return {"articles": len(found), **_spread(found)}


def _seconds_to_find(site: ReplaySite, store: Store, url: str) -> float:
    published = _json(f"{site.url}/_control/publish?n=1")
    token, address = published["tokens"][0], published["published"][0]
    _wait(lambda: _json(f"{url}api/v1/search?q={token}&size=1")["total"], pause=0.02)
    now = utc_now()
    row = store.frontier.find(address)
    assert row is not None
    return (now - row.discovered_at).total_seconds()


def measure_alerts(arguments: argparse.Namespace) -> dict[str, Any]:
    """Publish articles one after the other and wait for a webhook to be told of each."""
    told: dict[str, float] = {}

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            told[body["article"]["url"]] = time.time()
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_args: Any) -> None:
            return

    with (
        tempfile.TemporaryDirectory() as scratch,
        ThreadingHTTPServer(("127.0.0.1", 0), Receiver) as server,
    ):
        threading.Thread(target=server.serve_forever, daemon=True).start()
        home, corpus = Path(scratch), Path(scratch) / "corpus"
        corpus.mkdir()
        with ReplaySite(write_pages(corpus), articles=20) as site:
            source = {"name": "Replay", "home_url": f"{site.url}/", "feeds": [f"{site.url}/feed.xml"]}
            _configure(home, arguments.engine, {"replay": {**source, "schedule": f"every {POLL_SECONDS} seconds"}})
            with _opened(home) as store:
                _save_searches(store, arguments.searches, f"http://127.0.0.1:{server.server_port}/")
            with _daemon(home), _opened(home) as store:
                _wait(lambda: len(told) >= 20)
                waited = [_seconds_to_tell(site, store, told) for _ in range(arguments.articles)]
        server.shutdown()
    return {"articles": len(waited), "searches": arguments.searches, **_spread(waited)}


def _save_searches(store: Store, count: int, url: str) -> None:
    """Searches of words that no article holds together, and one that finds all and tells a webhook."""
    random = Random(1)
    vocabulary = ["".join(random.choices(SYLLABLES, k=random.randint(2, 4))) for _ in range(3000)]
    for number in range(count - 1):
        text = " ".join(random.sample(vocabulary, random.randint(1, 3)))
        store.standing_searches.add(f"search {number}", text, Filters(), now=utc_now())
    everything = store.standing_searches.add("everything", "-nosuchword source:replay", Filters(), now=utc_now())
    store.standing_deliveries.add(everything.id, DeliveryKind.WEBHOOK, target=url, now=utc_now())


def _seconds_to_tell(site: ReplaySite, store: Store, told: dict[str, float]) -> float:
    address = _json(f"{site.url}/_control/publish?n=1")["published"][0]
    _wait(lambda: address in told, pause=0.02)
    row = store.frontier.find(address)
    assert row is not None
    return told[address] - row.discovered_at.timestamp()


def measure_sources(arguments: argparse.Namespace) -> dict[str, Any]:
    """Let every source be due at one slot."""
    with tempfile.TemporaryDirectory() as scratch, ManySites(arguments.sources) as sites:
        home = Path(scratch)
        sources = {
            f"site-{number}": {"name": f"Site {number}", "home_url": f"{url}/", "feeds": [f"{url}/feed.xml"]}
            for number, url in enumerate(sites.urls)
        }
        _configure(home, arguments.engine, {key: {**one, "schedule": "* * * * *"} for key, one in sources.items()})
        with _daemon(home), _opened(home) as store:
            _wait(lambda: _crawled(store) == len(sources) and not store.activity.open_runs())  # all are new at first
            slot = utc_now().replace(second=0, microsecond=0) + timedelta(minutes=1)
            begun = _wait(lambda: _begun(store, set(sources), slot.timestamp()))
            ended = utc_now().timestamp() - slot.timestamp()
    return {"sources": len(begun), **_spread(list(begun.values())), "all_ended_seconds": round(ended, 2)}


def _crawled(store: Store) -> int:
    return len({run.source_id for run in store.activity.runs(limit=1000) if run.ended_at is not None})


def _begun(store: Store, source_ids: set[str], slot: float) -> dict[str, float] | None:
    """Seconds from the slot to each source's first crawl after it; None until all have ended."""
    begun: dict[str, float] = {}
    for run in store.activity.runs(limit=4 * len(source_ids)):
        if run.trigger == "schedule" and run.started_at.timestamp() >= slot and run.ended_at is not None:
            begun[run.source_id] = run.started_at.timestamp() - slot
    return begun if begun.keys() == source_ids else None


def measure_restart(arguments: argparse.Namespace) -> dict[str, Any]:
    """Start on a record that knows many URLs."""
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(scratch)
        _configure(home, arguments.engine, {})
        with _opened(home):
            pass  # makes the tables
        _know(home, arguments.urls)
        seconds = []
        for _ in range(3):
            began = time.monotonic()
            with _daemon(home) as url:
                _wait(partial(_is_ready, url), pause=0.02)
                seconds.append(time.monotonic() - began)
    return {"known_urls": arguments.urls, **_spread(seconds)}


def _know(home: Path, count: int) -> None:
    """Articles that were fetched and are due again in a month, written as rows: through the frontier takes an hour."""
    now = utc_now()
    database = Database(sqlite_url(home / "data/newsdex.sqlite"))
    common = {"kind": "article", "state": "fetched", "priority": 10, "depth": 0, "discovered_at": now}
    common |= {"next_due_at": now + timedelta(days=30), "last_fetched_at": now, "change_count": 0, "failure_count": 0}
    for start in range(0, count, ADD_CHUNK):
        rows = []
        for number in range(start, min(start + ADD_CHUNK, count)):
            address = f"https://paper.example/world/story-{number}"
            named = {"url_key": url_key(address), "url": address, "host": "paper.example", "last_detail": ""}
            rows.append({**common, **named, "source_id": f"paper-{number % 7}"})
        with database.write() as connection:
            connection.execute(sa.insert(url_table), rows)
    database.close()


def _configure(home: Path, engine: str, sources: dict[str, dict[str, Any]]) -> None:
    (home / "sources").mkdir(exist_ok=True)
    for source_id, source in sources.items():
        text = json.dumps({**source, "crawl": {"delay_seconds": 0}})
        (home / "sources" / f"{source_id}.yaml").write_text(text, encoding="utf-8")
    settings: dict[str, Any] = {"data_dir": "data", "sources_dir": "sources", "shipped_sources": False}
    settings |= {"crawl": {"allow_private_networks": True}, "log": {"level": "error"}}
    settings["alerts"] = {"trusted_hosts": ["127.0.0.1"]}
    if engine == "elasticsearch":
        url = os.environ.get("ELASTICSEARCH_URL", "http://localhost:9200")
        settings["engine"] = {"kind": engine, "elasticsearch_url": url, "index_name": f"freshness-{os.getpid()}"}
    (home / "newsdex.yaml").write_text(json.dumps(settings), encoding="utf-8")


@contextmanager
def _daemon(home: Path) -> Iterator[str]:
    """A daemon and its address; stopped at the end."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("NEWSDEX_")}
    process = subprocess.Popen(
        [sys.executable, "-m", "cli", "daemon", "--port", "0"],
        cwd=home,
        env={**environment, "HOME": str(home), "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert "ready at" in line, line
        yield line.partition(" at ")[2].strip()
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


@contextmanager
def _opened(home: Path) -> Iterator[Store]:
    store = Store.open(home / "data", max_archive_file_bytes=1 << 28)
    try:
        yield store
    finally:
        store.close()


def _is_ready(url: str) -> bool:
    return bool(_json(f"{url}readyz")["status"] == "ready")


def _json(url: str) -> Any:
    with urllib.request.urlopen(url, timeout=30) as answer:
        return json.load(answer)


def _wait(what: Callable[[], Any], *, pause: float = 0.2) -> Any:
    limit = time.monotonic() + LIMIT_SECONDS
    while not (found := what()):
        assert time.monotonic() < limit, "waited too long"
        time.sleep(pause)
    return found


def _spread(seconds: list[float]) -> dict[str, float]:
    ranked = sorted(seconds)
    return {
        "median_seconds": round(statistics.median(ranked), 3),
        "p95_seconds": round(ranked[int(0.95 * (len(ranked) - 1))], 3),
        "max_seconds": round(ranked[-1], 3),
    }


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("measures", nargs="*", choices=["publish", "alerts", "sources", "restart", []])
    parser.add_argument("--engine", choices=["embedded", "elasticsearch"], default="embedded")
    parser.add_argument("--articles", type=int, default=20)
    parser.add_argument("--searches", type=int, default=10_000)
    parser.add_argument("--sources", type=int, default=200)
    parser.add_argument("--urls", type=int, default=1_000_000)
    return parser.parse_args()


if __name__ == "__main__":
    main()
