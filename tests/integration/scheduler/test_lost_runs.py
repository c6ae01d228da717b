"""Crawls that the store fails: at the end their run would stay open, and no slot of their source would come again."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from store.clock import utc_now
from store.service import Store
from tests.support.publisher import Publisher

BEGIN = """
import logging
from pathlib import Path
import sys
from config.settings import CrawlSettings, Settings
from crawler.crawls.worker import Worker
from news.errors import StoreError
from news.source import Source
from news.triggers import Trigger
from store.service import Store

folder, url = sys.argv[1:]
store = Store.open(Path(folder), max_archive_file_bytes=1 << 20)
worker = Worker(Settings(crawl=CrawlSettings(allow_private_networks=True)), store)
source = Source(id="paper", name="Paper", home_url=url, hosts=("127.0.0.1",), feeds=(url + "/feed.xml",))
logging.basicConfig()
"""
FAILED_AT_ITS_END = """
finish = store.runs.finish

def failing(*args, **kwargs):
    store.runs.finish = finish
    raise StoreError("the server closed the connection unexpectedly")

store.runs.finish = failing
try:
    worker.run(worker.crawl(source, trigger=Trigger.SCHEDULE))
except StoreError as error:
    print("failed:", error)
other = Source(id="other", name="Other", home_url="https://other.example/")
worker.run(worker.recorder.call(worker._runs.begin, other, Trigger.SCHEDULE))
worker.run(worker.close_lost_runs())
print(worker.run(worker.crawl(source, trigger=Trigger.SCHEDULE)).finish_reason)
print("goes on:", store.runs.last("other").ended_at is None)
"""
FAILED_IN_BETWEEN = """
def failing(*args, **kwargs):
    raise {error}("the server closed the connection unexpectedly")

store.frontier.take = failing
report = worker.run(worker.crawl(source, trigger=Trigger.SCHEDULE))
print(report.finish_reason, report.outage is not None, report.detail)
"""
END = """
worker.close()
store.close()
"""


def crawled(script: str, folder: Path, publisher: Publisher) -> subprocess.CompletedProcess[str]:
    publisher.feed("/feed.xml", [])
    command = [sys.executable, "-c", BEGIN + script + END, str(folder), publisher.url]
    return subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)


@pytest.mark.parametrize("error", ["StoreError", "RuntimeError"])
def test_a_crawl_that_can_take_no_more_rows_has_failed_and_only_a_defect_is_told_with_its_traceback(
    tmp_path: Path, publisher: Publisher, error: str
) -> None:
    done = crawled(FAILED_IN_BETWEEN.format(error=error), tmp_path / "data", publisher)
    is_outage = error == "StoreError"
    assert done.stdout == f"failed {is_outage} the server closed the connection unexpectedly\n", done.stderr
    assert ("Traceback" in done.stderr) == (not is_outage), done.stderr


def test_a_run_that_the_store_left_open_is_closed_with_its_leases_and_others_go_on(
    tmp_path: Path, publisher: Publisher
) -> None:
    done = crawled(FAILED_AT_ITS_END, tmp_path / "data", publisher)
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
