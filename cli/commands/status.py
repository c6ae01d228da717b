"""`status`: how the installation is doing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from rich.table import Table

from cli.operating import operations_of, usable_sources
from cli.output import console, counted, mebibytes, moment, named, print_json, print_table
from cli.source_words import fill_words
from cli.wiring import Installation, installation
from indexer.engine import EngineHealth
from news.errors import EngineError
from news.troubles import Trouble
from search.operations.overview import Overview
from store.crawls.pauses import EVERYTHING
from store.leases.holders import Holder
from store.standing.alerts import StandingFigures
from store.upkeep.sizes import Sizes

GAPS_PRINTED = 20


def print_status(*, as_json: bool) -> None:
    """Print counts, the outbox, the engine, what is wrong, and the sources that were ever crawled."""
    with installation() as opened:
        health = _engine_health(opened)
        if as_json:
            from cli.commands.record_bodies import status_of

            print_json(status_of(opened, health))
            return
        counts = opened.store.counts()
        operations = operations_of(opened, sources=usable_sources(opened), engine_health=lambda: health)
        overview = operations.condition.overview()
        removed = f", {counts.removed:,} more that publishers removed" if counts.removed else ""
        kept = f"{counted(counts.versions, 'version')}, {counted(counts.urls, 'URL')}, {counts.due:,} due"
        console.print(f"{counted(counts.articles, 'article')}{removed}, {kept}")
        held = "" if health.documents is None else f", {counted(health.documents, 'document')}"
        console.print(f"index: {health.detail}{held}")
        if health.ok and not _is_of_this_version(opened):
            console.print("  made by another version: a daemon makes it anew when it starts, `newsdex reindex` at once")
        _print_operated(overview.daemon, sorted(operations.pauses()), operations.requests.open_count())
        backup_at = overview.last_backup_at
        console.print(f"last backup: {moment(backup_at, opened.zone) if backup_at else 'none yet'}")
        sizes = operations.sizes()
        console.print(f"record: {_record_words(sizes)}")
        console.print(f"archive: {_archive_words(sizes, opened.settings.retention.archive_bytes)}")
        console.print(f"outbox: {counts.outbox.pending} waiting, {counts.outbox.dead} dead letters")
        for article_id, reason in overview.dead_letters:
            console.print(f"  {article_id}: {reason}")
        _print_standing(overview.standing)
        for trouble in overview.troubles:
            console.print(_trouble_words(trouble, opened.zone), soft_wrap=True)
        for gap in overview.gaps[:GAPS_PRINTED]:
            console.print(f"gap: {gap.source_id}: {fill_words(gap, opened.zone)}")
        print_sources(overview, opened.zone)


def _record_words(sizes: Sizes) -> str:
    """The size of the database, and how much of it is free for reuse."""
    left = f", {mebibytes(sizes.reusable_bytes)} of it free for what comes" if sizes.reusable_bytes else ""
    return f"{mebibytes(sizes.record_bytes)}{left}"


def _archive_words(sizes: Sizes, most_bytes: int | None) -> str:
    """The size of the archive, and its limit."""
    bound = f" of at most {mebibytes(most_bytes)}" if most_bytes is not None else ""
    return f"{mebibytes(sizes.archive_bytes)}{bound}"


def _trouble_words(trouble: Trouble, zone: tzinfo) -> str:
    since = f" (since {moment(trouble.since_at, zone)})" if trouble.since_at else ""
    return f"{trouble.severity}: {' '.join(trouble.line.split())}{since}"


def _print_operated(daemon: str | None, pauses: Sequence[str], open_count: int) -> None:
    """Print who does the work, how much is requested, and what is paused."""
    running = f"runs as {Holder.parse(daemon).shown}" if daemon else "none is running"
    console.print(f"daemon: {running}; open requests: {open_count}")
    if pauses:
        names = ("everything" if each == EVERYTHING else each for each in pauses)
        console.print(f"paused: {', '.join(names)}")


def print_sources(overview: Overview, zone: tzinfo) -> None:
    """Print how each crawled source is doing."""
    table = Table(named("source"), "articles", "due", "failing", "last crawl", "ended", box=None)
    for row in overview.sources:
        figures = row.figures
        run = figures.last_run
        if run is None and not figures.articles:
            continue
        numbers = (str(n) for n in (figures.articles, figures.due, figures.failing))
        began_at = moment(run.started_at if run else None, zone)
        name = figures.source_id if row.source.enabled else f"{figures.source_id} (disabled)"
        table.add_row(name, *numbers, began_at, (run and run.finish_reason) or "–")
    for source_id, count in overview.unfollowed.items():
        table.add_row(source_id, str(count), "–", "–", "–", "not followed")
    print_table(table, if_empty="no source was crawled yet; `newsdex crawl SOURCE` begins")


def _print_standing(figures: StandingFigures) -> None:
    """Print the saved searches, if there are any."""
    if figures.searches:
        alerts = figures.alerts
        told = f"{figures.waiting} versions to match, {alerts.pending} matches to tell, {alerts.dead} dead letters"
        console.print(f"saved searches: {figures.searches}, {figures.paused} of them paused; {told}")


def _is_of_this_version(opened: Installation) -> bool:
    try:
        return opened.unopened_engine.matches_fields()
    except EngineError:  # reported as the engine's health
        return True


def _engine_health(opened: Installation) -> EngineHealth:
    """Whether the engine answers; the rest is shown even if it does not.

    It is opened, which waits long for a hanging server, only if an index has yet to be created.
    """
    health = opened.unopened_engine.health()
    if health.has_index:
        return health
    try:
        return opened.engine.health()
    except EngineError as error:
        return EngineHealth(ok=False, detail=str(error))
