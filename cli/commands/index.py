"""`reindex` and `replay`: the index from the store, the store's articles from the archive."""

from __future__ import annotations

from rich.progress import Progress

from cli.drainer import LEASE, Drainer
from cli.output import console, print_json
from cli.wiring import installation
from crawler.replay import replay
from indexer.rebuild import rebuild
from news.errors import EngineError
from store.service import utc_now


def reindex_articles(*, as_json: bool) -> None:
    """Rebuild the index and swap it in."""
    with installation() as opened:
        leases = opened.store.leases.claimant("drain")
        claim = leases.acquire([LEASE], now=utc_now())
        if not claim.granted:
            raise EngineError(f"the index is being written by {claim.holder}; run this again when it has finished")
        try:
            with Progress(console=console, disable=as_json) as bar:
                task = bar.add_task("reindex", total=None)
                held = rebuild(
                    opened.store.articles,
                    opened.engine,
                    on_progress=lambda done, total: bar.update(task, completed=done, total=total),
                )
            drainer = Drainer(opened)
            drainer.drain_once()
        finally:
            leases.release([LEASE])
        if as_json:
            print_json({"documents": held})
        else:
            console.print(f"the index was rebuilt with {held} articles")


def replay_articles(source_id: str | None, *, as_json: bool) -> None:
    """Extract all stored versions again."""
    with installation() as opened:
        rules = {source.id: source for source in opened.sources}
        with Progress(console=console, disable=as_json) as bar:
            task = bar.add_task("replay", total=None)
            done = replay(
                opened.store,
                rules,
                source_id=source_id,
                on_progress=lambda number, total: bar.update(task, completed=number, total=total),
            )
        drainer = Drainer(opened)
        drainer.drain_once()
        opened.store.leases.claimant("drain").release([LEASE])
        if as_json:
            print_json(done)
        else:
            console.print(f"{done.read_count} versions read again, {done.changed_count} say something else now")
