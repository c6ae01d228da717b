"""`backfill`: a source's articles of a span of time, from its sitemaps or from WARC files."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time, timedelta, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

from cli.commands.crawl import raise_first, run_crawls, trouble_of
from cli.commands.requests import as_api, follow
from cli.days import named_day
from cli.operating import operations_of
from cli.output import console, counted, print_json, progress_bar
from cli.source_words import fill_words
from cli.wiring import Installation, installation
from crawler.archived.taken_pages import Wanted, named_files
from crawler.archived.taking import FILE_MISSING, take_files
from crawler.crawls.crawl_report import CrawlReport
from crawler.reading.pool import ReadingPool
from news.errors import ConfigError
from news.fetch import Outcome
from news.fills import Fill, FillKind
from news.gaps import Span
from news.requests import RequestKind, RequestView
from news.source import Source
from news.triggers import Trigger
from store.clock import utc_now
from store.errors import UnreadableFile

_COUNTED = {Outcome.NEW_ARTICLE.value: "new article", Outcome.NEW_VERSION.value: "new version"}


def backfill(
    source_id: str,
    *,
    date_from: str | None,
    date_to: str | None,
    warc: Sequence[Path],
    follows: bool = False,
    as_json: bool,
) -> None:
    """Find the articles of these days: in sitemaps, read by a running daemon or else here, or in WARC files."""
    with installation() as opened:
        source = opened.sources.get(source_id)
        span = span_of(source, date_from, date_to)
        if warc:
            _take(opened, source, span, warc, as_json=as_json)
        elif span is None:
            raise ConfigError("nothing named: give --from and --to, or --warc files")
        else:
            _fill(opened, source, span, follows=follows, as_json=as_json)


def span_of(source: Source, date_from: str | None, date_to: str | None) -> Span | None:
    """The span of days, both inclusive, in the source's time zone; None without any. Raises ConfigError."""
    if date_from is None and date_to is None:
        return None
    if date_from is None or date_to is None:
        raise ConfigError("a span has two ends: give both --from and --to")
    zone = ZoneInfo(source.schedule.time_zone)
    first, last = named_day(date_from, "--from"), named_day(date_to, "--to")
    if last < first:
        raise ConfigError(f"--to {date_to} is before --from {date_from}")
    start = datetime.combine(first, time(), zone)
    end = datetime.combine(last + timedelta(days=1), time(), zone)
    # Computed in UTC, since where clocks go back at midnight the day's last hour occurs twice
    return Span(start, end.astimezone(UTC) - timedelta(microseconds=1))


def _fill(opened: Installation, source: Source, span: Span, *, follows: bool, as_json: bool) -> None:
    operations = operations_of(opened)
    view, is_new = operations.requests.ask(
        RequestKind.BACKFILL, source_id=source.id, since=span.since_at, until=span.until_at
    )
    if not as_json:
        console.print(f"request {view.id}{'' if is_new else ' was asked for before and goes on'}")
    if operations.daemon() is not None:
        if follows:
            follow(operations, view.id, opened.zone, as_json=as_json)
        elif as_json:
            print_json(
                {
                    "request": as_api(view, held_by=operations.requests.held_by([view])[0]),
                    "fill": _fill_of(opened, view),
                }
            )
        else:
            console.print(f"the daemon does it; `newsdex requests follow {view.id}` shows how far it is")
        return
    reports, delivery = run_crawls(opened, [source], trigger=Trigger.REQUEST, quiet=as_json)
    view, fill = operations.requests.get(view.id), _fill_of(opened, view)
    waiting = opened.store.frontier.waiting_backfill_count(source.id, now=utc_now())
    if as_json:
        told = {"request": as_api(view), "fill": fill, "waiting": waiting}
        print_json({**told, "crawls": reports, "index": delivery.report})
    else:
        _print_filled(fill, reports, waiting, opened.zone)
    raise_first(map(trouble_of, reports))


def _print_filled(fill: Fill, reports: Sequence[CrawlReport], waiting: int, zone: tzinfo) -> None:
    console.print(fill_words(fill, zone))
    counts = reports[0].counts
    console.print(f"{counted(counts['new_article'], 'new article')}; the crawl ended: {reports[0].finish_reason}")
    if waiting or fill.ended_at is None:
        console.print(f"still waiting: {counted(waiting, 'article')}; the same command goes on with them")


def _fill_of(opened: Installation, view: RequestView) -> Fill:
    recent = opened.store.fills.recent(view.scope.source_id, kind=FillKind.BACKFILL, limit=100)
    return next(
        each for each in recent if (each.span.since_at, each.span.until_at) == (view.scope.since, view.scope.until)
    )


def _take(opened: Installation, source: Source, span: Span | None, paths: Sequence[Path], *, as_json: bool) -> None:
    paths = named_files(paths)
    pool = ReadingPool(opened.settings.extraction)
    damaged: list[UnreadableFile] = []

    wanted = Wanted(source=source, span=span, max_body_bytes=opened.settings.crawl.max_body_bytes)
    columns = (SpinnerColumn(), TextColumn("{task.completed:,} pages read"), TimeElapsedColumn())
    try:
        with progress_bar(*columns, quiet=as_json) as bar:
            task = bar.add_task("pages", total=None)
            taking = take_files(
                paths,
                wanted,
                store=opened.store,
                read=pool.run,
                clock=utc_now,
                on_page=lambda: bar.advance(task),
                on_unreadable=damaged.append,
            )
            counts = asyncio.run(taking)
    finally:
        pool.close()
    delivery = opened.deliver()
    if as_json:
        print_json({"counts": counts, "index": delivery.report})
    else:
        console.print(_taken_words(counts) or f"no article of {source.id} in these files")
    for error in damaged[1:]:
        print(f"newsdex: {error}", file=sys.stderr)
    if damaged:
        raise damaged[0]


def _taken_words(counts: Mapping[str, int]) -> str:
    """What became of the pages, in words.

    >>> _taken_words({"new_article": 2, "unchanged": 1, "file_missing": 3})
    '3 pages in files that are not here, 2 new articles, 1 unchanged'
    """
    told = {name: f"{count:,} {name.replace('_', ' ')}" for name, count in counts.items()}
    told |= {name: counted(counts[name], what) for name, what in _COUNTED.items() if name in counts}
    if FILE_MISSING in counts:
        told[FILE_MISSING] = f"{counted(counts[FILE_MISSING], 'page')} in files that are not here"
    return ", ".join(told[name] for name in sorted(told))
