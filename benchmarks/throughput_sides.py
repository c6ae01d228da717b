"""One side of benchmarks/throughput.py in a process of its own: crawls a replay site and prints what that took.

python -m benchmarks.throughput_sides newsdex|scrapy|scrapy_text|fetch JSON
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.throughput_spent import UNDER_WAY, Spent, below, own_seconds, peak_bytes

MERGE_LOOK_SECONDS = 0.25


def newsdex(options: dict[str, Any]) -> dict[str, Any]:
    """Crawl, extract, archive, store and index every article; then ask for each again, unchanged."""
    from config.memory import share_arenas  # noqa: PLC0415  each side loads its own
    from config.settings import CrawlSettings, ExtractionSettings, Settings  # noqa: PLC0415  each side loads its own
    from news.source import Source  # noqa: PLC0415  each side loads its own

    share_arenas()  # as every process of newsdex does
    crawl = CrawlSettings(delay_seconds=0, concurrency=UNDER_WAY, allow_private_networks=True, max_urls_per_crawl=10**6)
    settings = Settings(
        data_dir=Path(options["folder"]), crawl=crawl, extraction=ExtractionSettings(processes=options["processes"])
    )
    source = Source(
        id="replay",
        name="Replay",
        home_url=options["site"] + "/",
        sitemaps=(options["site"] + "/sitemap_index.xml",),
        sitemaps_from_robots=False,
        hosts=("127.0.0.1",),
        article_patterns=(r"^/[a-z]+/\d{4}/\d{2}/\d{2}/",),
        backfill_days=36_500,
        revisits_per_day=10**6,
    )
    # In another process: what making the folder and filling it take is no memory of a crawl
    about = json.dumps([options["folder"], options.get("known_urls", 0)])
    subprocess.run([sys.executable, "-m", __spec__.name, "make", about], check=True)
    return _Newsdex(settings, source, options).measure()


class _Newsdex:
    def __init__(self, settings: Any, source: Any, options: dict[str, Any]) -> None:
        from crawler.crawls.worker import Worker  # noqa: PLC0415  each side loads its own
        from indexer.delivery import delivering  # noqa: PLC0415  each side loads its own
        from indexer.engines.factory import make_engine  # noqa: PLC0415  each side loads its own
        from store.clock import utc_now  # noqa: PLC0415  each side loads its own
        from store.service import Store  # noqa: PLC0415  each side loads its own

        self._worker_of, self._delivering, self._now = Worker, delivering, utc_now
        self._settings, self._source, self._options = settings, source, options
        self._store = Store.open(settings.data_dir, max_archive_file_bytes=settings.archive.max_file_bytes)
        self._engine = make_engine(settings.engine, folder=settings.data_dir / "index")
        self._engine.open()
        self.worker: Any = None

    def measure(self) -> dict[str, Any]:
        with self._delivering(self._store, lambda: self._engine) as delivery:
            told = {"on_saved": delivery.wake, "on_ending": delivery.hurry}  # as `newsdex crawl` does
            self.worker = self._worker_of(self._settings, self._store, **told)
            self._warm_up()
            first = self._crawl(delivery)
            again = self._crawl_again(delivery) if self._options.get("again", True) else None
            readers = below(os.getpid())
            memory = {"parent_peak_bytes": peak_bytes(os.getpid()), "reading_peak_bytes": max(map(peak_bytes, readers))}
            self.worker.close()
        self._engine.close()
        self._store.close()
        return {"full": first, "unchanged": again, **memory}

    def _warm_up(self) -> None:
        """Have the reading processes started and their imports done."""
        import asyncio  # noqa: PLC0415  each side loads its own

        from crawler.reading.tasks import read_section  # noqa: PLC0415  each side loads its own
        from news.source import Section  # noqa: PLC0415  each side loads its own

        url = self._options["site"] + "/"

        async def warm() -> None:
            about = (b"<html><body><a href=/a>a</a></body></html>", url, "text/html")
            tasks = [
                self.worker.pool.run(read_section, *about, section=Section(url=url), source=self._source, limit=9)
                for _ in range(8)
            ]
            await asyncio.gather(*tasks)

        self.worker.run(warm())

    def _crawl(self, delivery: Any) -> dict[str, Any]:
        from news.triggers import Trigger  # noqa: PLC0415  each side loads its own

        before, start = Spent.now(self._options["site_pid"]), time.monotonic()
        (report,) = self.worker.run(self.worker.crawl_all([self._source], trigger=Trigger.CLI))
        while self._store.counts().outbox.pending:
            delivery.drain_once()
        seconds = time.monotonic() - start
        _let_merges_end()
        spent = before.since(self._options["site_pid"])
        counts = dict(report.counts)
        pages = sum(count for name, count in counts.items() if name not in {"new_urls", "discovered"})
        return {
            "pages": pages,
            "seconds": seconds,
            "parent_cpu_seconds": spent.parent,
            "reading_cpu_seconds": spent.reading,
            "site_cpu_seconds": spent.site,
            "counts": counts,
            "indexed": self._store.counts().articles,
        }

    def _crawl_again(self, delivery: Any) -> dict[str, Any]:
        """Every article made due; the site answers each with 304."""
        from news.fetch import UrlKind  # noqa: PLC0415  each side loads its own

        self._store.frontier.make_due(source_id="replay", kinds=[UrlKind.ARTICLE], now=self._now())
        return self._crawl(delivery)


def _let_merges_end() -> None:
    """Wait until the threads stand still: a merge that the last documents began is theirs, and no URL's asked later."""
    while True:
        before = own_seconds()
        time.sleep(MERGE_LOOK_SECONDS)
        if own_seconds() - before < MERGE_LOOK_SECONDS / 10:
            return


def _make(folder: str, count: int) -> None:
    """A data folder in which so many other articles are known, due in a year."""
    from datetime import UTC, datetime, timedelta  # noqa: PLC0415  each side loads its own

    import sqlalchemy as sa  # noqa: PLC0415  each side loads its own

    from config.settings import Settings  # noqa: PLC0415  each side loads its own
    from news.urls import url_key  # noqa: PLC0415  each side loads its own
    from store.schema import url as table  # noqa: PLC0415  each side loads its own
    from store.service import Store  # noqa: PLC0415  each side loads its own

    Store.open(Path(folder), max_archive_file_bytes=Settings().archive.max_file_bytes).close()

    now = datetime.now(UTC)
    common = {"host": "127.0.0.1", "source_id": "replay", "kind": "article", "state": "fetched", "priority": 10}
    common |= {"discovered_at": now, "next_due_at": now + timedelta(days=365), "last_fetched_at": now}
    engine = sa.create_engine(f"sqlite:///{folder}/newsdex.sqlite")
    for start in range(0, count, 20_000):
        urls = [f"http://127.0.0.1/known/2020/01/01/story-{number}" for number in range(start, start + 20_000)]
        rows = [{"url": url, "url_key": url_key(url), **common} for url in urls[: count - start]]
        with engine.begin() as connection:
            connection.execute(sa.insert(table), rows)
    engine.dispose()


def main() -> None:
    """Measure one side and print it."""
    side, options = sys.argv[1], json.loads(sys.argv[2])
    if side == "make":
        _make(*options)
        return
    with tempfile.TemporaryDirectory(dir=options.get("scratch"), ignore_cleanup_errors=True) as folder:
        options["folder"] = folder
        if side == "newsdex":
            found = newsdex(options)
        else:
            from benchmarks.throughput_plain import crawl_plainly  # noqa: PLC0415  each side loads its own

            found = crawl_plainly(options, side)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
