"""`index status`: compares the search index with the store it is made from."""

from __future__ import annotations

from cli.output import console, mebibytes, print_json
from cli.wiring import installation


def print_index_status(*, as_json: bool) -> None:
    """Print what the engine holds, what still waits for it, and what should be done."""
    with installation() as opened:
        opened.engine.open()
        status = opened.engine.status()
        article_count, outbox = opened.store.articles.count_live(), opened.store.outbox.counts()
    if as_json:
        print_json({"index": status, "articles": article_count, "outbox": outbox})
        return
    each = f", {status.size_bytes / status.documents:,.0f} bytes an article" if status.documents else ""
    console.print(f"{status.name}: {mebibytes(status.size_bytes)}{each}")
    console.print(f"shards: {status.shards}, replicas: {status.replicas}, segments: {status.segments}")
    console.print(
        f"documents: {status.documents:,} of {article_count:,} articles, {status.removed_marks:,} removal marks"
    )
    console.print(f"waiting: {outbox.pending:,}, dead letters: {outbox.dead:,}")
    missing = article_count - status.documents - outbox.pending - outbox.dead
    if missing > 0:
        console.print(f"{missing:,} articles are neither in it nor on their way; `newsdex reindex` makes it anew")
    if status.advice:
        console.print(f"advice: {status.advice}")
