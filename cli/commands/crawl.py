"""`crawl`: runs the worker in the foreground while draining the outbox."""

from __future__ import annotations

import logging
import signal
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from rich.progress import BarColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from cli.commands.requests import followed_trouble
from cli.operating import followed_source, operations_of
from cli.output import console, named, print_json, progress_bar
from cli.source_words import nothing_read_words
from cli.wiring import Installation, installation
from crawler.crawls.crawl_report import CrawlReport
from crawler.crawls.worker import Worker
from indexer.delivery import Delivery, delivering
from indexer.matching.service import StandingMatching
from news.crawl_ends import FinishReason
from news.errors import NewsdexError
from news.fetch import SUCCESSES, Outcome
from news.requests import REVISITED_LATELY, RequestKind
from news.source import Source
from news.triggers import Trigger
from store.clock import utc_now
from store.crawls.pauses import EVERYTHING
from store.frontier.service import DISCOVERY_KINDS
from store.service import Store


def crawl_sources(source_ids: Sequence[str], *, only_due: bool, as_json: bool) -> None:
    """Crawl these sources, or all that schedules follow; if a daemon is running it is asked to, and followed."""
    with installation() as opened:
        operations = operations_of(opened)
        sources = [followed_source(opened, source_id) for source_id in dict.fromkeys(source_ids)]
        sources = sources or followed(opened.sources.enabled(), operations.pauses())
        if operations.daemon() is not None:
            if only_due:
                raise NewsdexError(
                    "a daemon is running and crawls what is due by itself; leave out --due to ask it now"
                )
            asked = [operations.requests.ask(RequestKind.CRAWL, source_id=source.id)[0] for source in sources]
            raise_first(followed_trouble(operations, view.id, opened.zone, as_json=as_json) for view in asked)
            return
        if not only_due:
            for source in sources:
                make_due(opened.store, source)
        report(opened, sources, trigger=Trigger.CLI, as_json=as_json)


def followed(enabled: Sequence[Source], pauses: Collection[str]) -> list[Source]:
    """The sources to crawl when none is named: naming a source crawls it even if it is paused.

    Raises NewsdexError when there is none.
    """
    sources = [] if EVERYTHING in pauses else [source for source in enabled if source.id not in pauses]
    if not enabled:
        raise NewsdexError("no source is enabled; name one of `newsdex sources list`")
    if not sources:
        raise NewsdexError("every source is paused; name one to crawl it all the same, or run `newsdex resume`")
    return sources


def make_due(store: Store, source: Source) -> None:
    """Make the discovery documents named by a source and its recent articles due now."""
    now = utc_now()
    store.frontier.make_due(source_id=source.id, kinds=DISCOVERY_KINDS, now=now)
    store.frontier.make_recent_due(source_id=source.id, since=now - REVISITED_LATELY, now=now)


def report(
    opened: Installation,
    sources: Sequence[Source],
    *,
    trigger: Trigger,
    as_json: bool,
    about: Callable[[], Mapping[str, Any]] = dict,
) -> None:
    """Crawl what is due of these sources and print the result; `about` adds fields for programs.

    Raises NewsdexError when a crawl failed.
    """
    reports, delivery = run_crawls(opened, sources, trigger=trigger, quiet=as_json)
    if as_json:
        print_json({**about(), "crawls": reports, "index": delivery.report, "note": delivery.note})
    else:
        _print(reports, delivery)
    raise_first(map(trouble_of, reports))


def raise_first(told: Iterable[str]) -> None:
    """Raise NewsdexError with the first trouble of the crawls, if there is any; "" means a crawl went well."""
    if troubles := list(filter(None, told)):
        others = f"; {len(troubles) - 1} other crawls failed too" if len(troubles) > 1 else ""
        raise NewsdexError(troubles[0] + others)


def trouble_of(one: CrawlReport) -> str:
    """Why a source could not be crawled, in one line; empty if it could."""
    match one.finish_reason:
        case FinishReason.BUSY:
            return f"{one.source_id} was not crawled: {one.detail}; try again when that has ended"
        case FinishReason.FAILED:
            return one.detail or f"the crawl of {one.source_id} failed"
        case FinishReason.ALL_FAILED:
            return nothing_read_words(one.source_id, one.detail)
        case FinishReason.HOST_RESTING if not one.counts.total():
            wait = f"its host wants to be left alone for {one.rest_seconds:,.0f} s more"
            return f"nothing of {one.source_id} could be asked: {wait}"
        case _:
            return ""


def run_crawls(
    opened: Installation,
    sources: Sequence[Source],
    *,
    trigger: Trigger,
    quiet: bool,
    before_another: Callable[[], None] | None = None,
) -> tuple[list[CrawlReport], Delivery]:
    """Crawl what is due of these sources, draining meanwhile, with a progress bar unless quiet.

    With `before_another` they are crawled twice and it is called in between; returns the reports of both crawls.
    Afterwards the saved searches are matched, which a running daemon would do in the meantime.
    """
    logging.getLogger("scrapy").setLevel(logging.WARNING)
    told, name = (TextColumn(f"{{task.{what}}}", markup=False) for what in ("fields[text]", "description"))
    columns = (SpinnerColumn(), name, BarColumn(), told)
    with delivering(opened.store, lambda: opened.engine) as delivery:
        worker = Worker(opened.settings, opened.store, on_saved=delivery.wake, on_ending=delivery.hurry)
        for number in (signal.SIGINT, signal.SIGTERM):
            worker.loop.add_signal_handler(number, worker.stop)
        try:
            with progress_bar(*columns, TimeElapsedColumn(), quiet=quiet) as bar:
                tasks = {s.id: bar.add_task(s.name, total=None, text="") for s in sources}

                def show(source_id: str, counts: Counter[str]) -> None:
                    done = sum(counts.values()) - counts["new_urls"]
                    known = max(done, counts["new_urls"])
                    bar.update(tasks[source_id], completed=done, total=known or None, text=f"{done} fetched")

                reports = worker.run(worker.crawl_all(sources, trigger=trigger, on_progress=show))
            if before_another is not None:
                before_another()
                reports += worker.run(worker.crawl_all(sources, trigger=trigger))
        finally:
            worker.close()
    found_count = _match_saved(opened.store)
    if found_count and not quiet:
        console.print(f"saved searches found {found_count}; webhooks and mails are told by the daemon when it runs")
    return reports, delivery


def _match_saved(store: Store) -> int:
    """Match what was saved against the saved searches, as no daemon does; returns the number of new matches.

    Deliveries to webhooks and mails wait for the daemon. Raises StoreError.
    """
    return sum(map(len, StandingMatching(store, clock=utc_now).match_pending()))


def _print(reports: Sequence[CrawlReport], delivery: Delivery) -> None:
    table = Table(named("source"), "ended", "new", "edited", "unchanged", "failed", "no article", box=None)
    for one in reports:
        counts = one.counts
        same = counts["unchanged"] + counts["not_modified"]
        failed = sum(_failures(counts).values())
        cells = (counts["new_article"], counts["new_version"], same, failed, counts["not_article"])
        table.add_row(one.source_id, one.finish_reason, *(str(cell) for cell in cells))
    console.print(table)
    for one in reports:
        if failures := ", ".join(f"{count} {name}" for name, count in _failures(one.counts).items()):
            which = f"`newsdex sources show {one.source_id}` tells more"
            console.print(f"{one.source_id} failed: {failures}; {which}")
    console.print(index_line(reports, delivery))
    if delivery.report.dead_count:
        refused = f"{delivery.report.dead_count} dead letters: the index refuses these articles"
        console.print(f"{refused}; `newsdex status` says why")


def index_line(reports: Sequence[CrawlReport], delivery: Delivery) -> str:
    """How many articles of these crawls are indexed; not writes, since copies cause an article to be rewritten."""
    if delivery.note:
        return f"not all is in the index yet, it follows later: {delivery.note}"
    changed = sum(one.counts["new_article"] + one.counts["new_version"] for one in reports)
    return f"in the index: {changed} new or edited articles" if changed else "in the index: nothing new"


def _failures(counts: Counter[str]) -> dict[str, int]:
    """The failures by outcome; a page without an article is not one."""
    fine = {*(outcome.value for outcome in SUCCESSES), Outcome.NOT_ARTICLE.value, "new_urls"}
    return {name: count for name, count in counts.items() if name not in fine}
