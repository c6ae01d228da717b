"""Building the whole index anew from the store beside the live one, which it then replaces."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from indexer.documents import stored_entry
from indexer.engine import Engine
from indexer.ports import ArticleReader
from news.errors import EngineError
from news.index import IndexEntry, WriteStatus

PAGE = 200  # articles read at once
ROUND_SECONDS = 2.0  # between two reports of progress, which renew the writer's lease; the engine waits at each


def rebuild(articles: ArticleReader, engine: Engine, *, on_progress: Callable[[int, int], None]) -> int:
    """Rebuild and swap; returns how many documents the new index holds. Searches see the old one until the swap.

    Articles that change meanwhile wait in the outbox and are drained into the new index afterwards.
    """
    total = articles.count_live()
    build = engine.start_build(total)
    try:
        written = refused = 0
        entries = _entries(articles)
        while results := build.write(one_round(entries)):
            if any(result.status is WriteStatus.RETRY for result in results):
                raise EngineError("the engine is overloaded; the live index is as it was, run `newsdex reindex` later")
            refused += sum(result.status is WriteStatus.REJECTED for result in results)
            written += len(results)
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


def one_round(entries: Iterator[IndexEntry]) -> Iterator[IndexEntry]:
    """The next of them until ROUND_SECONDS have passed; empty when none are left."""
    ends_at = time.monotonic() + ROUND_SECONDS
    for entry in entries:
        yield entry
        if time.monotonic() > ends_at:
            return


def _entries(articles: ArticleReader) -> Iterator[IndexEntry]:
    after_id = ""
    while page := articles.iterate_live(after_id=after_id, limit=PAGE):
        yield from map(stored_entry, page)
        after_id = page[-1].id
