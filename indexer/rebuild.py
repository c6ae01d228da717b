"""Building the whole index anew from the store, beside the live one, and then putting it in its place."""

from __future__ import annotations

from collections.abc import Callable

from indexer.documents import stored_entry
from indexer.engine import Engine
from indexer.ports import ArticleReader
from news.errors import EngineError
from news.index import WriteStatus

BATCH = 200


def rebuild(articles: ArticleReader, engine: Engine, *, on_progress: Callable[[int, int], None]) -> int:
    """Rebuild and swap; returns how many documents the new index holds. Searches see the old one until the swap.

    Articles that change meanwhile wait in the outbox and are drained into the new index afterwards.
    """
    total = articles.count_live()
    build = engine.start_build(total)
    try:
        written = refused = 0
        after_id = ""
        while page := articles.iterate_live(after_id=after_id, limit=BATCH):
            results = build.write([stored_entry(stored) for stored in page])
            if any(result.status is WriteStatus.RETRY for result in results):
                raise EngineError("the engine is overloaded; the live index is as it was, run `newsdex reindex` later")
            refused += sum(result.status is WriteStatus.REJECTED for result in results)
            written += len(page)
            after_id = page[-1].id
            on_progress(written, max(total, written))
        held = build.count()
        if held != written - refused:
            raise EngineError(
                f"the new index holds {held} of {written - refused} articles; the live index is as it was, "
                "run `newsdex reindex` again"
            )
        build.promote()
    except BaseException:
        build.discard()
        raise
    return held
