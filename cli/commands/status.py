"""`status`: how the installation is doing."""

from __future__ import annotations

from rich.table import Table

from cli.output import console, moment, print_json
from cli.wiring import Installation, installation
from indexer.engine import EngineHealth
from news.errors import EngineError
from store.service import utc_now


def print_status(*, as_json: bool) -> None:
    """Print counts, the outbox, the engine and the sources that were ever crawled."""
    with installation() as opened:
        counts, health, now = opened.store.counts(), _engine_health(opened), utc_now()
        states = [opened.store.source_status(source.id, now=now) for source in opened.sources]
        crawled = [state for state in states if state.urls]
        quarantined = opened.store.outbox.quarantined(limit=20)
        if as_json:
            print_json({"store": counts, "engine": health, "sources": crawled, "quarantined": quarantined})
            return
        console.print(f"{counts.articles} articles, {counts.versions} versions, {counts.urls} URLs, {counts.due} due")
        held = "" if health.documents is None else f", {health.documents} documents"
        console.print(f"index: {health.detail}{held}", markup=False)
        console.print(f"outbox: {counts.outbox.pending} waiting, {counts.outbox.quarantined} set aside")
        for article_id, reason in quarantined:
            console.print(f"  {article_id}: {reason}", markup=False)
        table = Table("source", "articles", "URLs", "due", "failing", "last crawl", "ended", box=None)
        for state in crawled:
            run = state.last_run
            numbers = (str(n) for n in (state.articles, state.urls, state.due, state.failing))
            table.add_row(
                state.source_id,
                *numbers,
                moment(run.started_at if run else None, opened.zone),
                (run and run.finish_reason) or "–",
            )
        console.print(table)


def _engine_health(opened: Installation) -> EngineHealth:
    """Whether the engine answers; the rest is told when it does not."""
    try:
        return opened.engine.health()
    except EngineError as error:
        return EngineHealth(ok=False, detail=str(error))
