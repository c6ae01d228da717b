"""Whatever happens between record and index, each article is indexed as it is now, waits for it, or was refused."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import cast

from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.drain import drain
from indexer.engine import Engine
from news.errors import EngineUnavailable
from news.index import IndexEntry, WriteResult, WriteStatus
from store.schema import article, outbox
from store.service import Store
from store.sql.database import Database, sqlite_url
from tests.support.stores import after, fetch_story, make_story, with_tables

PAGES = 4
Step = tuple[str, int]
STEPS = st.one_of(
    st.tuples(st.just("fetch"), st.integers(0, PAGES - 1)),  # an article, or an edit of it
    st.tuples(st.sampled_from(["drain", "busy", "refuse", "down", "lost answer", "die"]), st.integers(0, 1)),
)


def clock_at(now: datetime) -> Callable[[], datetime]:
    return lambda: now


class MoodyEngine:
    """Keeps the newest revision of what it takes, and answers as it is told."""

    def __init__(self) -> None:
        self.held: dict[str, int] = {}
        self.mood = ("drain", 0)

    def write(self, entries: Sequence[IndexEntry]) -> list[WriteResult]:
        mood, which = self.mood
        if mood == "down":
            raise EngineUnavailable("down")
        results = []
        for number, entry in enumerate(entries):
            status = {"busy": WriteStatus.RETRY, "refuse": WriteStatus.REJECTED}.get(mood, WriteStatus.INDEXED)
            if status is not WriteStatus.INDEXED and number % 2 != which:
                status = WriteStatus.INDEXED  # the neighbours of what it does not take land
            if status is WriteStatus.INDEXED and self.held.get(entry.id, -1) >= entry.revision:
                status = WriteStatus.SUPERSEDED
            if status is WriteStatus.INDEXED:
                self.held[entry.id] = entry.revision
            results.append(WriteResult(id=entry.id, revision=entry.revision, status=status))
        if mood == "lost answer":
            raise EngineUnavailable("the answer was lost")
        if mood == "die":
            raise KeyboardInterrupt  # the process ends between the engine's write and the record's
        return results


@settings(max_examples=25, deadline=None)
@given(st.lists(STEPS, max_size=12))
def test_an_article_is_indexed_as_it_is_or_waits_or_was_refused(steps: list[Step]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home, engine = with_tables(Path(folder) / "data"), MoodyEngine()
        for number, (what, which) in enumerate(steps):
            now = after(days=number)  # beyond every wait
            with closing(Store.open(home, max_archive_file_bytes=1 << 20, clock=clock_at(now))) as store:
                if what == "fetch":
                    address = f"https://paper.example/{which}"
                    story = make_story(f"Story {which}", f"What it says on day {number}.", url=address)
                    fetch_story(store, address, story, at=now)
                else:
                    engine.mood = (what, which)
                    with suppress(KeyboardInterrupt):
                        drain(store.outbox, cast("Engine", engine), clock=clock_at(now))
            assert not between(home, engine.held)


def between(home: Path, held: dict[str, int]) -> set[str]:
    """The articles that the index does not hold as they are, and that nothing is to be told of."""
    with closing(Database(sqlite_url(home / "newsdex.sqlite"))) as database, database.read() as connection:
        revisions = {row.id: row.index_revision for row in connection.execute(article.select())}
        told = {row.article_id for row in connection.execute(outbox.select())}
    return {each for each, revision in revisions.items() if held.get(each) != revision and each not in told}
