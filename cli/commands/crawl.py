"""`crawl` and `recrawl`: the worker in the foreground, with the outbox drained beside it."""

from __future__ import annotations

import logging
import signal
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from cli.output import console, print_json
from cli.wiring import Installation, installation
from crawler.discovery.scope import classify
from crawler.worker import CrawlReport, Worker
from indexer.delivery import Delivery, delivering
from news.errors import ConfigError, NewsdexError, NotFoundError
from news.fetch import UrlKind
from news.source import Source
from news.urls import normalize_url
from store.service import Store, utc_now

RECENT = timedelta(days=2)  # a crawl by hand looks again at articles met or changed so lately
DISCOVERY = (UrlKind.FEED, UrlKind.SITEMAP, UrlKind.SECTION)


def crawl_sources(source_ids: Sequence[str], *, only_due: bool, as_json: bool) -> None:
    """Crawl these sources."""
    with installation() as opened:
        sources = [opened.sources.get(source_id) for source_id in dict.fromkeys(source_ids)]
        if not only_due:
            for source in sources:
                make_due(opened.store, source)
        report(opened, sources, trigger="cli", as_json=as_json)


def make_due(store: Store, source: Source) -> None:
    """Make a source's discovery documents and its recent articles due now."""
    now = utc_now()
    store.frontier.make_due(source_id=source.id, kinds=DISCOVERY, now=now)
    store.frontier.make_recent_due(source_id=source.id, since=now - RECENT, now=now)


def recrawl_articles(*, urls: Sequence[str], source_id: str | None, since: str | None, as_json: bool) -> None:
    """Fetch known articles again."""
    if not urls and source_id is None and since is None:
        raise ConfigError("nothing named: give --url, --source or --since")
    with installation() as opened:
        chosen: dict[str, Source] = {}
        for url in urls:
            source = source_of(opened, url)
            opened.store.frontier.request(_normal(url, source), source_id=source.id, now=utc_now())
            chosen[source.id] = source
        if source_id is not None or since is not None:
            if source_id is not None:
                opened.sources.get(source_id)
            after = _moment(since) if since else datetime(1970, 1, 1, tzinfo=UTC)
            found = opened.store.frontier.make_found_since_due(source_id, after, now=utc_now())
            chosen |= {key: opened.sources.get(key) for key in found if key in opened.sources}
        report(opened, list(chosen.values()), trigger="recrawl", as_json=as_json)


def source_of(opened: Installation, url: str) -> Source:
    """The source a URL belongs to. Raises NotFoundError."""
    for source in opened.sources:
        if classify(url, source) is UrlKind.ARTICLE:
            return source
    raise NotFoundError(f"no source takes {url!r}; `newsdex sources list` shows their hosts")


def report(opened: Installation, sources: Sequence[Source], *, trigger: str, as_json: bool) -> None:
    """Crawl what is due of these sources and print how it went. Raises NewsdexError when a crawl failed."""
    reports, delivery = run_crawls(opened, sources, trigger=trigger, quiet=as_json)
    if as_json:
        print_json({"crawls": reports, "index": delivery.report, "note": delivery.note})
    else:
        _print(reports, delivery)
    failed = [r for r in reports if r.finish_reason in {"failed", "busy"}]
    if failed:
        raise NewsdexError(failed[0].detail or f"the crawl of {failed[0].source_id} failed")


def run_crawls(
    opened: Installation, sources: Sequence[Source], *, trigger: str, quiet: bool
) -> tuple[list[CrawlReport], Delivery]:
    """Crawl what is due of these sources, draining meanwhile, with a progress bar unless quiet."""
    logging.getLogger("scrapy").setLevel(logging.WARNING)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[text]}"))
    with delivering(opened.store, lambda: opened.engine) as delivery:
        worker = Worker(opened.settings, opened.store, on_saved=delivery.wake)
        for number in (signal.SIGINT, signal.SIGTERM):
            worker.loop.add_signal_handler(number, worker.stop, "stopped")
        try:
            with Progress(*columns, TimeElapsedColumn(), console=console, disable=quiet) as bar:
                tasks = {s.id: bar.add_task(s.name, total=None, text="") for s in sources}

                def show(source_id: str, counts: Counter[str]) -> None:
                    done = sum(counts.values()) - counts["new_urls"]
                    known = max(done, counts["new_urls"])
                    bar.update(tasks[source_id], completed=done, total=known or None, text=f"{done} fetched")

                reports = worker.run(worker.crawl_all(sources, trigger=trigger, on_progress=show))
        finally:
            worker.close()
    return reports, delivery


def _print(reports: Sequence[CrawlReport], delivery: Delivery) -> None:
    table = Table("source", "ended", "new", "edited", "unchanged", "failed", "no article", box=None)
    for one in reports:
        counts = one.counts
        same = counts["unchanged"] + counts["not_modified"]
        good = counts["new_article"] + counts["new_version"] + same + counts["discovered"] + counts["not_article"]
        failed = sum(counts.values()) - counts["new_urls"] - good
        cells = (counts["new_article"], counts["new_version"], same, failed, counts["not_article"])
        table.add_row(one.source_id, one.finish_reason, *(str(cell) for cell in cells))
    console.print(table)
    console.print(f"indexed {delivery.report.indexed_count}")
    if delivery.report.quarantined_count:
        console.print(f"{delivery.report.quarantined_count} set aside by the index; `newsdex status` says why")
    if delivery.note:
        console.print(f"not all is in the index yet, it follows later: {delivery.note}")


def _normal(url: str, source: Source) -> str:
    normalized = normalize_url(url, strip_parameters=source.strip_parameters)
    if normalized is None:
        raise ConfigError(f"{url!r} is not a web address; write https://…")
    return normalized


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ConfigError(f"--since {text!r} is not a date or time; write 2026-01-31 or 2026-01-31T12:00") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
