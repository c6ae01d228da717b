"""Removing a source with its articles from archive, record and index, in steps that another process can finish.

Unlike forgetting, this bars no address: the source may be added again and starts anew. The archive comes first, since
what to overwrite there is found through the rows, which are then deleted in parts.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from store.archive.forget import SourceForgetter
from store.archive.index import replace_file
from store.archive.service import Archive
from store.forgetting.forgotten_list import FOLDER
from store.forgetting.journals import OnStep, alone, journal_of_source
from store.forgetting.source_rows import (
    Holdings,
    give_to_others,
    held_of_source,
    holdings_of,
    newest_at,
    remove_some_articles,
    remove_some_urls,
    remove_the_rest,
)
from store.records import Held
from store.schema import article
from store.sql.database import SAVING, Database


@dataclass(kw_only=True, slots=True)
class Removed:
    """What was removed of a source; after an interruption, only what the finishing call removed."""

    article_count: int = 0
    version_count: int = 0
    record_count: int = 0  # in the archive
    file_count: int = 0  # WARC files that held them


class SourceRemoval:
    """Removes everything kept of a source from record, archive and index."""

    def __init__(self, database: Database, archive: Archive) -> None:
        self._database = database
        self._archive = archive
        self._folder = archive.folder.parent / FOLDER

    def holdings(self, source_id: str) -> Holdings:
        """The counts of what is kept of a source."""
        with self._database.read() as connection:
            return holdings_of(connection, source_id)

    def remove(self, source_id: str, *, now: datetime, on_step: OnStep = lambda step: None) -> Removed:
        """Remove everything kept of a source that nobody crawls. Blocks until it is done.

        Called again after an interruption, it does the rest. Raises StoreBusy and StoreError.
        """
        with alone(self._folder):
            journal = journal_of_source(self._folder, source_id)
            with self._database.read() as connection:  # the clock may have been ahead
                until = max(now, newest_at(connection, source_id) or now)
            entry = {"source_id": source_id, "at": now.isoformat(), "until": until.isoformat()}
            replace_file(journal, json.dumps(entry).encode())
            on_step("journal")
            removed = self.carry_out(journal, on_step=on_step)
            assert removed is not None  # nothing interrupts it
            return removed

    def carry_out(
        self, journal: Path, *, on_step: OnStep = lambda step: None, goes_on: Callable[[], bool] = lambda: True
    ) -> Removed | None:
        """Carry out every step of a journal; None, leaving the journal, if interrupted.

        What is newer than the journal stays, since the source may have been added again.
        """
        entry = json.loads(journal.read_bytes())
        source_id = str(entry["source_id"])
        at, until = datetime.fromisoformat(entry["at"]), datetime.fromisoformat(entry["until"])
        with self._database.write(alone_in=SAVING) as connection:
            give_to_others(connection, source_id)
        removed = Removed()
        with self._database.read() as connection:
            held = held_of_source(connection, source_id, until)
        scrubbed = self._forgetter(source_id, held).scrub(at=at, on_file=lambda path: on_step("file"), goes_on=goes_on)
        removed.record_count, removed.file_count = scrubbed.record_count, scrubbed.file_count
        if scrubbed.is_broken_off:
            return None
        self._archive.delete_empty()
        while goes_on():
            with self._database.write(alone_in=SAVING) as connection:
                some = remove_some_articles(connection, source_id, until, now=at)
            if not some.articles:
                break
            removed.article_count += some.articles
            removed.version_count += some.versions
            on_step("articles")
        while goes_on():
            with self._database.write(alone_in=SAVING) as connection:
                if not remove_some_urls(connection, source_id, until):
                    break
            on_step("urls")
        if not goes_on():
            return None
        with self._database.write(alone_in=SAVING) as connection:
            remove_the_rest(connection, source_id)
        self._database.empty_log()
        on_step("record")
        journal.unlink()
        return removed

    def _forgetter(self, source_id: str, held: Held) -> SourceForgetter:
        return SourceForgetter(
            self._archive.folder,
            held,
            forms=self._database.story_forms(),
            source_id=source_id,
            is_kept=self._is_kept,
        )

    def _is_kept(self, article_id: str) -> bool:
        with self._database.read() as connection:
            return connection.execute(sa.select(article.c.id).where(article.c.id == article_id)).first() is not None
