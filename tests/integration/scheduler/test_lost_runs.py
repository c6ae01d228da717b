"""A crawl that the store fails at its end: its run would stay open, and no slot of its source would come again."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from pathlib import Path

from store.service import Store, utc_now
from tests.support.publisher import Publisher

CRAWL = """
from pathlib import Path
import sys
from config.settings import CrawlSettings, Settings
from crawler.worker import Worker
from news.errors import StoreError
from news.source import Source
from store.service import Store

folder, url = sys.argv[1:]
store = Store.open(Path(folder), max_archive_file_bytes=1 << 20)
worker = Worker(Settings(crawl=CrawlSettings(allow_private_networks=True)), store)
source = Source(id="paper", name="Paper", home_url=url, hosts=("127.0.0.1",), feeds=(url + "/feed.xml",))
finish = store.runs.finish

def failing(*args, **kwargs):
    store.runs.finish = finish
    raise StoreError("the server closed the connection unexpectedly")

store.runs.finish = failing
try:
    worker.run(worker.crawl(source, trigger="schedule"))
except StoreError as error:
    print("failed:", error)
worker.run(worker.recorder.call(worker._open_run, "other", "schedule"))
worker.run(worker.close_lost_runs())
print(worker.run(worker.crawl(source, trigger="schedule")).finish_reason)
print("goes on:", store.runs.last("other").ended_at is None)
worker.close()
store.close()
"""


def test_a_run_that_the_store_left_open_is_closed_with_its_leases_and_others_go_on(
    tmp_path: Path, publisher: Publisher
) -> None:
    publisher.feed("/feed.xml", [])
    command = [sys.executable, "-c", CRAWL, str(tmp_path / "data"), publisher.url]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    assert done.stdout.splitlines() == [
        "failed: the server closed the connection unexpectedly",
        "finished",
        "goes on: True",
    ], done.stderr
    with closing(Store.open(tmp_path / "data", max_archive_file_bytes=1 << 20)) as store:
        last = store.runs.last("paper")
        assert last is not None
        assert (last.id, last.finish_reason) == (3, "finished")
        fired = store.slots.fire("paper", utc_now(), missed_count=0, now=utc_now())
        assert fired is not None
        assert fired.skipped is None
