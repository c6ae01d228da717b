"""Running the command line as a user does, in a process and a home of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from cli.demo.publisher import DemoPublisher, demo_source

TIMEOUT_SECONDS = 120
ARTICLES = 17  # of the sample publisher that may be fetched
ROOT = Path(__file__).resolve().parents[2]


class Site:
    """The sample publisher and an installation that follows it."""

    def __init__(self, publisher: DemoPublisher, home: Path) -> None:
        self.publisher = publisher
        self.home = home
        source = demo_source(publisher.url)
        sources = home / "sources"
        sources.mkdir()
        text = {
            "name": source.name,
            "home_url": source.home_url,
            "feeds": list(source.feeds),
            "sections": [{"url": s.url, "links": s.links, "max_pages": s.max_pages} for s in source.sections],
            "hosts": list(source.hosts),
            "articles": list(source.article_patterns),
            "backfill": f"{source.backfill_days} days",
            "extraction": {"remove": list(source.rules.remove)},
            "strip_parameters": list(source.strip_parameters),
            "crawl": {"delay_seconds": 0},
        }
        (sources / f"{source.id}.yaml").write_text(json.dumps(text), encoding="utf-8")  # JSON is YAML
        settings = {"data_dir": "data", "sources_dir": "sources", "crawl": {"allow_private_networks": True}}
        (home / "newsdex.yaml").write_text(json.dumps(settings), encoding="utf-8")
        self.source_id = source.id

    def run(self, *words: str, program: Sequence[str] = ("-m", "cli")) -> subprocess.CompletedProcess[str]:
        """Run `newsdex` with these words."""
        environment = {k: v for k, v in os.environ.items() if not k.startswith("NEWSDEX_")}
        environment |= {"HOME": str(self.home), "PYTHONPATH": str(ROOT)}
        return subprocess.run(
            [sys.executable, *program, *words],
            cwd=self.home,
            env=environment,
            capture_output=True,
            text=True,
            timeout=TIMEOUT_SECONDS,
            check=False,
        )

    def json(self, *words: str) -> Any:
        """What a command prints with --json; it must end well."""
        done = self.run(*words, "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def crawl(self) -> dict[str, int]:
        """Crawl the publisher; the counts of the crawl."""
        counts: dict[str, int] = self.json("crawl", self.source_id)["crawls"][0]["counts"]
        return counts


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """The sample publisher with an empty installation."""
    with DemoPublisher() as publisher:
        yield Site(publisher, tmp_path)
