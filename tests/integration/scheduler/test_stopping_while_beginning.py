"""A worker that is told to stop just as a crawl begins: the daemon is gone, and nobody would end that crawl."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.support.publisher import Publisher

CRAWL = """
from pathlib import Path
import sys
from config.settings import CrawlSettings, Settings
from crawler.crawls.worker import Worker
from news.source import Source
from news.triggers import Trigger
from store.service import Store

folder, url = sys.argv[1:]
store = Store.open(Path(folder), max_archive_file_bytes=1 << 20)
worker = Worker(Settings(crawl=CrawlSettings(allow_private_networks=True)), store)
worker.stop()
source = Source(id="paper", name="Paper", home_url=url, hosts=("127.0.0.1",), feeds=(url + "/feed.xml",))
print(worker.run(worker.crawl(source, trigger=Trigger.SCHEDULE)).finish_reason)
worker.close()
store.close()
"""


def test_a_crawl_that_begins_as_the_worker_stops_asks_nothing(tmp_path: Path, publisher: Publisher) -> None:
    publisher.feed("/feed.xml", [])
    command = [sys.executable, "-c", CRAWL, str(tmp_path / "data"), publisher.url]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    assert done.stdout.split() == ["stopped"], done.stderr
    assert "/feed.xml" not in [request.path for request in publisher.requests]
