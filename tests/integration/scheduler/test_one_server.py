"""Two sources on one server: they are crawled one after the other, and a crawl that does not begin leaves no run."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from pathlib import Path

from store.service import Store
from tests.support.publisher import Publisher

BEGIN = """
from pathlib import Path
import sys
from config.settings import CrawlSettings, Settings
from crawler.crawls.worker import Worker
from news.source import Source
from news.triggers import Trigger
from store.leases.service import lease_names
from store.clock import utc_now
from store.service import Store

folder, url = sys.argv[1:]
store = Store.open(Path(folder), max_archive_file_bytes=1 << 20)
worker = Worker(Settings(crawl=CrawlSettings(allow_private_networks=True)), store)
sources = [
    Source(id=each, name=each, home_url=url, hosts=("127.0.0.1",), feeds=(f"{url}/{each}.xml",))
    for each in ("first", "second", "third")
]
"""
ANOTHER_ASKS = """
other = store.leases.claimant("run 7")
assert other.acquire(lease_names(sources[0])[:1], now=utc_now()).granted
"""
CRAWL = """
for report in worker.run(worker.crawl_all(sources, trigger=Trigger.CLI)):
    print(report.source_id, report.run_id, report.finish_reason, report.detail)
worker.close()
store.close()
"""


def crawled(script: str, folder: Path, publisher: Publisher) -> list[str]:
    for each in ("first", "second", "third"):
        publisher.feed(f"/{each}.xml", [])
    command = [sys.executable, "-c", BEGIN + script + CRAWL, str(folder), publisher.url]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_sources_on_one_server_are_crawled_one_after_the_other(tmp_path: Path, publisher: Publisher) -> None:
    lines = crawled("", tmp_path / "data", publisher)
    assert lines == ["first 1 finished ", "second 2 finished ", "third 3 finished "]
    asked = [request.path for request in publisher.requests]
    assert {"/first.xml", "/second.xml", "/third.xml"} <= set(asked)


def test_a_source_whose_server_another_crawl_asks_is_busy_without_a_run(tmp_path: Path, publisher: Publisher) -> None:
    lines = crawled(ANOTHER_ASKS, tmp_path / "data", publisher)
    assert [line.split(" its server is being asked by run 7 (process ")[0] for line in lines] == [
        "first None busy",
        "second None busy",
        "third None busy",
    ]
    assert publisher.requests == []
    with closing(Store.open(tmp_path / "data", max_archive_file_bytes=1 << 20)) as store:
        assert store.activity.runs(limit=9) == []
