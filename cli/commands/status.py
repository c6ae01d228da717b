"""`status`: how the installation is doing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.table import Table

from cli.checks import Level, judge_space
from cli.commands.record_bodies import status_of
from cli.operating import operations_of, usable_sources
from cli.output import console, moment, print_json, print_table
from cli.source_words import failure_words, fill_words
from cli.wiring import Installation, installation
from indexer.engine import EngineHealth
from news.errors import EngineError
from news.fetch import UrlKind
from news.fills import FillKind
from search.operations import GAPS_SHOWN
from store.holders import Holder
from store.pauses import EVERYTHING
from store.service import utc_now
from store.standing.alerts import StandingFigures


def print_status(*, as_json: bool) -> None:
    """Print counts, the outbox, the engine and the sources that were ever crawled."""
    with installation() as opened:
        health, now = _engine_health(opened), utc_now()
        if as_json:
            print_json(status_of(opened, health))
            return
        counts = opened.store.counts()
        sources = usable_sources(opened)
        figures = opened.store.overview.sources([source.id for source in sources], now=now)
        silent = [figures[source.id] for source in sources if source.enabled and figures[source.id].silent_since]
        crawled = [each for each in figures.values() if each.last_run or each.articles]
        alarms = opened.store.audits.alarms()
        gaps = opened.store.fills.recent(kind=FillKind.GAP, since=now - GAPS_SHOWN, limit=20)
        failures = opened.store.activity.failures(limit=20)  # documents first
        documents = [failure for failure in failures if failure.kind is not UrlKind.ARTICLE]
        dead = opened.store.outbox.dead(limit=20)
        operated = _operated(opened)
        console.print(f"{counts.articles} articles, {counts.versions} versions, {counts.urls} URLs, {counts.due} due")
        held = "" if health.documents is None else f", {health.documents} documents"
        console.print(f"index: {health.detail}{held}", markup=False)
        if health.takes_nothing:
            console.print(f"index takes no articles: {health.takes_nothing}", markup=False, soft_wrap=True)
        _print_space(opened)
        _print_operated(operated)
        backup_at = opened.store.last_backup_at()
        console.print(f"last backup: {moment(backup_at, opened.zone) if backup_at else 'none yet'}")
        console.print(f"outbox: {counts.outbox.pending} waiting, {counts.outbox.dead} given up")
        for article_id, reason in dead:
            console.print(f"  {article_id}: {reason}", markup=False)
        _print_standing(operated["standing"])
        for alarm in alarms:
            since = moment(alarm.since_at, opened.zone)
            console.print(f"alarm: {alarm.source_id}: {alarm.kind} since {since}, {alarm.evidence}", markup=False)
        for each in silent:
            newest = moment(each.silent_since, opened.zone)
            console.print(
                f"silent: {each.source_id}: nothing new since {newest}; look at its feeds and its site", markup=False
            )
        for failure in documents:
            console.print(f"failing: {failure.source_id}: {failure_words(failure, opened.zone)}", markup=False)
        for gap in gaps:
            console.print(f"gap: {gap.source_id}: {fill_words(gap, opened.zone)}", markup=False)
        table = Table("source", "articles", "due", "failing", "last crawl", "ended", box=None)
        for each in crawled:
            run = each.last_run
            numbers = (str(n) for n in (each.articles, each.due, each.failing))
            table.add_row(
                each.source_id,
                *numbers,
                moment(run.started_at if run else None, opened.zone),
                (run and run.finish_reason) or "–",
            )
        print_table(table, if_empty="no source was crawled yet; `newsdex crawl SOURCE` begins")


def _operated(opened: Installation) -> dict[str, Any]:
    """Who does the work, what is paused, and how much is asked for."""
    operations = operations_of(opened)
    pauses, open_count = sorted(operations.pauses()), operations.open_request_count()
    standing = operations.standing()
    return {"daemon": operations.daemon(), "paused": pauses, "open_requests": open_count, "standing": standing}


def _print_space(opened: Installation) -> None:
    """What `doctor` says of the data folder's file system, where it has too little room."""
    space = judge_space(opened.store.free_space(), folder=str(opened.settings.data_dir))
    if space.level is Level.WRONG:
        console.print(f"{space.name}: {space.text}", markup=False, soft_wrap=True)


def _print_operated(operated: Mapping[str, Any]) -> None:
    running = f"runs as {Holder.parse(operated['daemon']).shown}" if operated["daemon"] else "none is running"
    console.print(f"daemon: {running}; open requests: {operated['open_requests']}", markup=False)
    if operated["paused"]:
        names = ("everything" if each == EVERYTHING else each for each in operated["paused"])
        console.print(f"paused: {', '.join(names)}", markup=False)


def _print_standing(figures: StandingFigures) -> None:
    """Saved searches, where there are any."""
    if figures.searches:
        alerts = figures.alerts
        told = f"{figures.waiting} versions to match, {alerts.pending} matches to tell, {alerts.dead} given up"
        console.print(f"saved searches: {figures.searches}, {figures.paused} of them paused; {told}", markup=False)


def _engine_health(opened: Installation) -> EngineHealth:
    """Whether the engine answers; the rest is told when it does not."""
    try:
        return opened.engine.health()
    except EngineError as error:
        return EngineHealth(ok=False, detail=str(error))
