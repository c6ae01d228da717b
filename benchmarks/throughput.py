"""Pages a second of a whole crawl beside plain Scrapy, as JSON.

    python -m benchmarks.throughput CORPUS [--articles 700] [--rounds 3] [--known 10000,1000000] [--processes 2]

CORPUS is a folder of article pages (*.html or *.html.gz), served by tests/replay_site from this machine. In each round
every side crawls the same articles of the same site in a process of its own, in turn:

newsdex: crawl -> extract -> archive -> store -> index, then every article asked for again, which answers 304.
scrapy: plain Scrapy with trafilatura's text and metadata in the callback, nothing kept. scrapy_text: text alone.
fetch: plain Scrapy, the pages thrown away.

`pages_per_second` is by the clock and `cpu_ms_per_page` by the processes' CPU time, medians of the rounds. On a machine
that does other work meanwhile only the second can be compared: `by_cpu` is what each ratio would be if both cores were
free and busy. What two cores allow is (2 cores - the site server's CPU) / the reading processes' CPU per page.
The clock stops when the index has confirmed all; the CPU includes the merges that were begun until then. The first and
the last half second of a crawl have too little to read for two cores, so many articles tell more than few.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.support.replay_site import ReplaySite

ROOT = Path(__file__).resolve().parents[1]
SIDES = ("fetch", "newsdex", "scrapy", "scrapy_text")
CORES = 2
MEMORY_ARTICLES = 100  # crawled beside the known URLs, to see what a crawl among them needs
TARGETS = {
    "times_scrapy": 1.8,
    "of_what_cores_allow": 0.85,
    "unchanged_share_of_full_page": 1 / 25,
    "parent_peak_mb": 250,
    "reading_peak_mb": 200,
    "memory_growth": 0.10,
}


def main() -> None:
    """Measure all sides and print what came out."""
    arguments = _arguments()
    corpus = Path(arguments.corpus)
    with ReplaySite(corpus, articles=arguments.articles) as site:
        rounds = [_round(site, arguments.processes) for _ in range(arguments.rounds)]
    known = [int(count) for count in arguments.known.split(",") if count]
    with ReplaySite(corpus, articles=MEMORY_ARTICLES) as site:
        memory = [_among_known(site, count, arguments.processes) for count in known]
    print(json.dumps(_report(rounds, memory, arguments), indent=2))


def _round(site: ReplaySite, processes: int) -> dict[str, Any]:
    found = {}
    for side in SIDES:
        found[side] = _side(side, _about(site, processes))
        print(f"{side}: {found[side]['full']['seconds']:.1f} s", file=sys.stderr)
    return found


def _about(site: ReplaySite, processes: int) -> dict[str, Any]:
    return {"site": site.url, "site_pid": site.pid, "processes": processes}


def _among_known(site: ReplaySite, count: int, processes: int) -> dict[str, Any]:
    found = _side("newsdex", _about(site, processes) | {"known_urls": count, "again": False})
    return {"known_urls": count, "parent_peak_mb": found["parent_peak_bytes"] / 1e6}


def _side(side: str, options: dict[str, Any]) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        command = [
            sys.executable,
            "-m",
            "benchmarks.throughput_sides",
            side,
            json.dumps(options | {"scratch": scratch}),
        ]
        done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _report(
    rounds: list[dict[str, Any]], memory: list[dict[str, Any]], arguments: argparse.Namespace
) -> dict[str, Any]:
    sides = {side: _medians([one[side] for one in rounds]) for side in SIDES}
    ours = [one["newsdex"] for one in rounds]
    peaks = [one["parent_peak_mb"] for one in memory]
    return {
        "articles": arguments.articles,
        "rounds": arguments.rounds,
        "cores": os.cpu_count(),
        "load_average": os.getloadavg(),
        "sides": sides,
        "times_scrapy": _median(_rate(one["newsdex"]["full"]) / _rate(one["scrapy"]["full"]) for one in rounds),
        "times_scrapy_by_cpu": CORES * sides["scrapy"]["cpu_ms_per_page"] / sides["newsdex"]["cpu_ms_per_page"],
        "times_scrapy_text_by_cpu": CORES
        * sides["scrapy_text"]["cpu_ms_per_page"]
        / sides["newsdex"]["cpu_ms_per_page"],
        "of_what_cores_allow": _median(_rate(one["full"]) / _allowed(one) for one in ours),
        "of_what_cores_allow_by_cpu": _median(_by_cpu(one) for one in ours),
        "unchanged_share_of_full_page": _median(_cpu_ms(one["unchanged"]) / _cpu_ms(one["full"]) for one in ours),
        "unchanged_cpu_ms": _median(_cpu_ms(one["unchanged"]) for one in ours),
        "parent_peak_mb": _median(one["parent_peak_bytes"] / 1e6 for one in ours),
        "reading_peak_mb": _median(one["reading_peak_bytes"] / 1e6 for one in ours),
        "memory": memory,
        "memory_growth": peaks[-1] / peaks[0] - 1 if peaks else None,
        "targets": TARGETS,
    }


def _medians(measured: list[dict[str, Any]]) -> dict[str, float]:
    found = {
        "pages_per_second": _median(_rate(one["full"]) for one in measured),
        "cpu_ms_per_page": _median(_cpu_ms(one["full"]) for one in measured),
        "site_cpu_ms_per_page": _median(
            one["full"]["site_cpu_seconds"] / one["full"]["pages"] * 1000 for one in measured
        ),
    }
    if "reading_cpu_seconds" in measured[0]["full"]:
        found["reading_cpu_ms_per_page"] = _median(
            one["full"]["reading_cpu_seconds"] / one["full"]["pages"] * 1000 for one in measured
        )
    return found


def _rate(crawl: dict[str, Any]) -> float:
    return float(crawl["pages"] / crawl["seconds"])


def _cpu_ms(crawl: dict[str, Any]) -> float:
    spent = crawl["parent_cpu_seconds"] + crawl.get("reading_cpu_seconds", 0.0)
    return float(spent / crawl["pages"] * 1000)


def _allowed(one: dict[str, Any]) -> float:
    """Pages a second, if what the cores have left beside the site did nothing but read pages."""
    full = one["full"]
    free = CORES - full["site_cpu_seconds"] / full["seconds"]
    return float(free / (full["reading_cpu_seconds"] / full["pages"]))


def _by_cpu(one: dict[str, Any]) -> float:
    full = one["full"]
    return float(full["reading_cpu_seconds"] / (full["reading_cpu_seconds"] + full["parent_cpu_seconds"]))


def _median(values: Any) -> float:
    return float(statistics.median(values))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus")
    parser.add_argument("--articles", type=int, default=700)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--known", default="10000,1000000")
    parser.add_argument("--processes", type=int, default=CORES)
    return parser.parse_args()


if __name__ == "__main__":
    main()
