"""`reindex`: the index is built anew from the record."""

from __future__ import annotations

from rich.progress import Progress

from cli.commands.requests import follow
from cli.operating import operations_of
from cli.output import console, counted, print_json, progress_bar
from cli.wiring import installation
from indexer.delivery import Delivery
from indexer.rebuild import rebuild
from news.errors import EngineError
from news.requests import RequestKind
from store.clock import utc_now
from store.service import Store


def reindex_articles(*, as_json: bool) -> None:
    """Rebuild the index and swap it in; a running daemon, which owns the index, is asked to and followed."""
    with installation() as opened:
        operations = operations_of(opened)
        if operations.daemon() is not None:
            view, _ = operations.requests.ask(RequestKind.REINDEX)
            follow(operations, view.id, opened.zone, as_json=as_json)
            return
        delivery = Delivery(opened.store, lambda: opened.engine)
        if not delivery.hold():
            raise EngineError(f"{delivery.note}; run this again when it has finished")
        try:
            with progress_bar(quiet=as_json) as bar:
                _place_older_copies(opened.store, delivery, bar)
                task = bar.add_task("reindex", total=None)

                def show(done: int, total: int) -> None:
                    bar.update(task, completed=done, total=total)
                    delivery.hold()

                held = rebuild(opened.store.articles, opened.engine, on_progress=show)
            delivery.drain_once()
        finally:
            delivery.release()
        if as_json:
            print_json({"documents": held})
        else:
            console.print(f"the index was rebuilt with {counted(held, 'article')}")


def _place_older_copies(store: Store, delivery: Delivery, bar: Progress) -> None:
    """Find copies of articles saved before newsdex looked for copies."""
    task, after_id = None, ""
    while placed := store.copies.fill(after_id=after_id, now=utc_now()):
        task = task if task is not None else bar.add_task("copies of older articles", total=None)
        bar.advance(task, len(placed))
        after_id = placed[-1]
        delivery.hold()
