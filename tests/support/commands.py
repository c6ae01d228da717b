"""Running the command line as a user does, in a process and a home of its own."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterator, Sequence
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from cli.demo.publisher import DemoPublisher, demo_source
from cli.main import run
from cli.wiring import Installation
from config.load import load_settings
from tests.support.shared_elasticsearch import engine_at

TIMEOUT_SECONDS = 900
ARTICLES = 17  # of the sample publisher that may be fetched
ROOT = Path(__file__).resolve().parents[2]
# Commands that read, or write a row: to start a process for each takes ten times as long as what it does
SHORT = frozenset(
    {"backup", "keys", "notices", "reindex", "requests", "search", "searches", "show", "sources", "status"}
)


class Commands:
    """The command line with an empty installation of its own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.source_id = ""  # the source followed last
        (home / "sources").mkdir(exist_ok=True)  # there already in a copy
        self._settings: dict[str, Any] = {"data_dir": "data", "sources_dir": "sources"}
        self.configure(crawl={"allow_private_networks": True})

    def configure(self, **settings: Any) -> None:
        """Set these settings; a group is set as a whole."""
        self._settings |= settings
        # JSON is YAML
        (self.home / "newsdex.yaml").write_text(json.dumps(self._settings), encoding="utf-8")

    def follow(self, source_id: str, **source: Any) -> None:
        """Add a source on this machine, given as the keys of its file."""
        source = {"crawl": {"delay_seconds": 0}, **source}
        (self.home / "sources" / f"{source_id}.yaml").write_text(json.dumps(source), encoding="utf-8")
        self.source_id = source_id

    def start(self, *words: str, program: Sequence[str] = ("-m", "cli")) -> subprocess.Popen[str]:
        """Begin `newsdex` with these words."""
        return subprocess.Popen(
            [sys.executable, *program, *words],
            cwd=self.home,
            env=self._environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *words: str, program: Sequence[str] = ("-m", "cli")) -> subprocess.CompletedProcess[str]:
        """Run `newsdex` with these words to its end."""
        with self.start(*words, program=program) as process:
            try:
                stdout, stderr = process.communicate(timeout=TIMEOUT_SECONDS)
            except BaseException:
                process.kill()
                raise
        return subprocess.CompletedProcess(process.args, process.returncode, stdout, stderr)

    def say(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run `newsdex` with these words in this process."""
        out, err = io.StringIO(), io.StringIO()
        with (
            chdir(self.home),
            mock.patch.dict(os.environ, self._environment(), clear=True),
            mock.patch.object(sys, "argv", ["newsdex", *words]),
            redirect_stdout(out),
            redirect_stderr(err),
            pytest.raises(SystemExit) as ended,
        ):
            run()
        return subprocess.CompletedProcess(words, int(ended.value.code or 0), out.getvalue(), err.getvalue())

    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("NEWSDEX_")}
        return {**kept, "HOME": str(self.home), "PYTHONPATH": str(ROOT)}

    def json(self, *words: str, here: bool = False) -> Any:
        """What a command prints with --json; it must end well. `here` is for what a running daemon does."""
        done = (self.say if here or words[0] in SHORT else self.run)(*words, "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def crawl(self) -> dict[str, int]:
        """Crawl the source followed last; the counts of the crawl."""
        counts: dict[str, int] = self.json("crawl", self.source_id)["crawls"][0]["counts"]
        return counts

    @contextmanager
    def opened(self) -> Iterator[Installation]:
        """Store and engine of the installation, opened in this process."""
        installation = Installation(load_settings(None, environ={}, cwd=self.home))
        try:
            yield installation
        finally:
            installation.close()


@pytest.fixture
def commands(tmp_path: Path) -> Commands:
    """An empty installation."""
    return Commands(tmp_path)


class Site(Commands):
    """The sample publisher and an installation that follows it."""

    def __init__(self, publisher: DemoPublisher, home: Path) -> None:
        super().__init__(home)
        self.publisher = publisher
        source = demo_source(publisher.url)
        self.follow(
            source.id,
            name=source.name,
            home_url=source.home_url,
            feeds=source.feeds,
            sections=[{"url": s.url, "links": s.links, "max_pages": s.max_pages} for s in source.sections],
            hosts=source.hosts,
            articles=source.article_patterns,
            backfill=f"{source.backfill_days} days",
            extraction={"remove": source.rules.remove},
            strip_parameters=source.strip_parameters,
        )


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """The sample publisher with an empty installation."""
    with DemoPublisher() as publisher:
        yield Site(publisher, tmp_path)


@pytest.fixture(scope="session")
def _crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with DemoPublisher() as publisher:
        site = Site(publisher, tmp_path_factory.mktemp("crawled"))
        assert site.crawl()["new_article"] == ARTICLES
        yield site


@pytest.fixture
def crawled_site(_crawled: Site, tmp_path: Path) -> Site:
    """The sample publisher with an installation that has crawled it once: a copy, for the test to change."""
    shutil.copytree(_crawled.home, tmp_path, dirs_exist_ok=True)
    return Site(_crawled.publisher, tmp_path)


@pytest.fixture
def elasticsearch_engine(elasticsearch_url: str) -> dict[str, Any]:
    """Settings of an engine on the test server, with an index name of its own."""
    return engine_at(elasticsearch_url, unused_index_name())


@pytest.fixture(params=["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def engine(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Settings of each engine in turn."""
    if request.param == "embedded":
        return {"kind": "embedded"}
    settings: dict[str, Any] = request.getfixturevalue("elasticsearch_engine")
    return settings


def unused_index_name() -> str:
    """A name that no other test's index has."""
    return f"test-{uuid.uuid4().hex[:8]}"
