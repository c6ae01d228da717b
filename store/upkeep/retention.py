"""Deleting history past its retention period. Articles and their versions stay."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

import sqlalchemy as sa

from news.fetch import Outcome
from store.archive.service import Archive
from store.learned.audits import forget_ended_alarms
from store.requests.fills import forget_ended_fills
from store.requests.service import forget_ended_requests
from store.saving.removals import CONFIRMING
from store.schema import article_version, fetch, run, slot
from store.sql.database import SAVING, Database

CHUNK = 5000  # rows per transaction, so that crawls get their turn


def _always() -> bool:
    return True


class Retention:
    """Deletes old history and archive files."""

    def __init__(self, database: Database, archive: Archive) -> None:
        self._database = database
        self._archive = archive

    def forget_history(self, *, before: datetime, goes_on: Callable[[], bool] = _always) -> int:
        """Delete earlier fetches and slots, and crawls, requests, fills and alarms that ended earlier; return how many.

        The newest slot of a source stays, since it says which slots have fired. The first time, this may take minutes:
        once `goes_on` returns False, the rest is left for the next time.
        """
        count = 0
        for ids in self._old_fetches(before):
            if not goes_on():
                return count
            count += self._forget_fetches(ids)
        with self._database.write(alone_in=SAVING) as connection:
            old_runs = (run.c.ended_at < before) & run.c.ended_at.is_not(None)
            count += connection.execute(sa.delete(run).where(old_runs)).rowcount
            newer = slot.alias("newer")
            has_newer = sa.exists().where(newer.c.source_id == slot.c.source_id, newer.c.slot_at > slot.c.slot_at)
            count += connection.execute(sa.delete(slot).where(slot.c.fired_at < before, has_newer)).rowcount
            for forget_ended in (forget_ended_requests, forget_ended_fills, forget_ended_alarms):
                count += forget_ended(connection, before=before)
        return count

    def _old_fetches(self, before: datetime) -> Iterator[list[int]]:
        """The ids of old fetches in chunks, except each URL's newest, which says what became of it.

        Answers that a page is gone are kept for as long as they may be needed to confirm its removal. The search runs
        outside write transactions, since scanning all fetches takes seconds.
        """
        newer = fetch.alias("newer")
        has_newer = sa.exists().where(newer.c.url_id == fetch.c.url_id, newer.c.id > fetch.c.id)
        settled = sa.or_(fetch.c.outcome != Outcome.GONE.value, fetch.c.fetched_at < before - CONFIRMING)
        old = (
            sa.select(fetch.c.id)
            .where(fetch.c.fetched_at < before, settled, has_newer)
            .order_by(fetch.c.id)
            .limit(CHUNK)
        )
        after_id = 0
        while True:
            with self._database.read() as connection:
                ids = list(connection.execute(old.where(fetch.c.id > after_id)).scalars())
            if not ids:
                return
            yield ids
            after_id = ids[-1]

    def _forget_fetches(self, ids: Sequence[int]) -> int:
        with self._database.write(alone_in=SAVING) as connection:
            return connection.execute(sa.delete(fetch).where(fetch.c.id.in_(ids))).rowcount

    def forget_archive(self, *, before: datetime, goes_on: Callable[[], bool] = _always) -> int:
        """Delete the finished archive files of days before this one, and references to them; return how many files."""
        return self._forget_files(self._archive.files_before(before), goes_on)

    def forget_archive_beyond(self, most_bytes: int, *, goes_on: Callable[[], bool] = _always) -> int:
        """Delete the oldest finished archive files until the archive takes at most `most_bytes`; return how many."""
        return self._forget_files(self._archive.files_beyond(most_bytes), goes_on)

    def _forget_files(self, files: Sequence[str], goes_on: Callable[[], bool]) -> int:
        for done, name in enumerate(files):
            if not goes_on():
                return done
            with self._database.write(alone_in=SAVING) as connection:
                place = {"warc_file": None, "warc_offset": None}
                # Without its digest here, the payload is archived anew when it comes again
                forgotten = sa.update(fetch).where(fetch.c.warc_file == name)
                connection.execute(forgotten.values(**place, payload_digest=None))
                connection.execute(
                    sa.update(article_version).where(article_version.c.warc_file == name).values(**place)
                )
            self._archive.delete(name)
        return len(files)
