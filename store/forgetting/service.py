"""Removing an article for good from list, record, index and archive, in steps that another process can finish.

What is to be forgotten is first written into a journal, which is deleted with the last step; a step already done does
nothing. The list comes first, so that nothing takes the article up again in between.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from news.forgetting import address_keys, article_key
from store.archive.forget import ArchiveForgetter, Scrubbed, listed_addresses
from store.archive.index import replace_file
from store.archive.service import Archive
from store.errors import StoreBusy
from store.forgetting.forgotten_list import (
    FOLDER,
    NAME,
    SWEEP,
    forgotten_among,
    insert_keys,
    listed_keys,
    tabled_keys,
    write_down,
)
from store.forgetting.journals import OnStep, alone, begun_in, is_of_source
from store.forgetting.rows import forget_places, forget_rows, held_of
from store.forgetting.sources import SourceRemoval
from store.records import Held
from store.schema import article, article_alias, forgotten, url
from store.sql.database import SAVING, Database


@dataclass(frozen=True, kw_only=True, slots=True)
class Forgotten:
    """What was forgotten."""

    article_ids: tuple[str, ...]
    version_count: int
    record_count: int  # in the archive
    file_count: int  # WARC files that held them


class Forgetting:
    """Forgets articles and addresses, and keeps them forgotten."""

    def __init__(self, database: Database, archive: Archive) -> None:
        self._database = database
        self._archive = archive
        self._folder = archive.folder.parent / FOLDER
        self.list_path = archive.folder.parent / NAME
        self.sources = SourceRemoval(database, archive)

    def held(self, article_id: str | None, addresses: Sequence[str]) -> Held:
        """What is held of an article, or of normalized addresses without one."""
        with self._database.read() as connection:
            return held_of(connection, [article_id] if article_id else [], addresses)

    def first_forgotten(self, names: Iterable[str]) -> tuple[str, datetime] | None:
        """The first of these article ids and normalized addresses that was forgotten, and when."""
        forms = self._database.story_forms()
        keys = {name: {article_key(name), *address_keys([name], forms)} for name in names}
        with self._database.read() as connection:
            listed = forgotten_among(connection, frozenset().union(*keys.values()))
            for name, its in keys.items():
                if its & listed:
                    when = sa.select(sa.func.min(forgotten.c.forgotten_at)).where(forgotten.c.key.in_(its))
                    return name, connection.execute(when).scalar_one()
        return None

    def forget(self, held: Held, *, reason: str, now: datetime, on_step: OnStep = lambda step: None) -> Forgotten:
        """Forget this for good. Blocks until the archive is rewritten. Raises StoreBusy and StoreError."""
        with alone(self._folder):
            journal = self._folder / f"{secrets.token_hex(8)}.json"
            entry = {**asdict(held), "reason": reason, "at": now.isoformat()}
            replace_file(journal, json.dumps(entry).encode())
            on_step("journal")
            carried = self._carry_out(journal, on_step)
            assert carried is not None  # nothing interrupts it
            return carried

    def finish_begun(self, *, goes_on: Callable[[], bool] = lambda: True) -> list[Forgotten]:
        """Finish what a dead process had begun; nothing while another process is forgetting.

        What is left once `goes_on` returns False is done the next time.
        """
        if not self._folder.is_dir():
            return []
        try:
            with alone(self._folder):
                carried = (self._finish(each, goes_on) for each in begun_in(self._folder.parent))
                return [each for each in carried if each is not None]
        except StoreBusy:
            return []

    def _finish(self, journal: Path, goes_on: Callable[[], bool]) -> Forgotten | None:
        if not is_of_source(journal):
            return self._carry_out(journal, goes_on=goes_on)
        removed = self.sources.carry_out(journal, goes_on=goes_on)
        if removed is None:
            return None
        return Forgotten(
            article_ids=(),
            version_count=removed.version_count,
            record_count=removed.record_count,
            file_count=removed.file_count,
        )

    def reconcile(self, *, now: datetime) -> list[Forgotten]:
        """Make file and table agree, and forget again what a restored record or archive holds of what they list."""
        again = self._forget_returned(now)
        if self._is_to_be_swept():
            swept = self.sweep(now=now)
            again += [swept] if swept else []
            (self._folder / SWEEP).unlink()
        return again

    def _is_to_be_swept(self) -> bool:
        try:
            return (self._folder / SWEEP).exists()
        except PermissionError:  # a user who may only read the record cannot look into its owner's folder
            return False

    def _forget_returned(self, now: datetime) -> list[Forgotten]:
        listed = listed_keys(self.list_path)
        with self._database.read() as connection:
            count = sa.select(sa.func.count()).select_from(forgotten)
            if len(listed) == connection.execute(count).scalar_one():  # each can lose keys only as a whole
                return []
            tabled = tabled_keys(connection)
        write_down(self.list_path, tabled.keys() - listed.keys(), at=now)
        missing = listed.keys() - tabled.keys()
        if not missing:
            return []
        again = [
            self.forget(self.held(article_id, addresses), reason="it came back with a backup", now=now)
            for article_id, addresses in self._returned(missing)
        ]
        with self._database.write(alone_in=SAVING) as connection:
            insert_keys(connection, missing, at=now)
        return again

    def sweep(self, *, now: datetime) -> Forgotten | None:
        """Remove from the archive what is listed but is in it again, as in an older copy; None if nothing is."""
        listed = listed_keys(self.list_path)
        forms = self._database.story_forms()
        addresses = listed_addresses(self._archive.folder, listed.keys(), forms) if listed else set()
        if not addresses:
            return None
        return self.forget(self.held(None, sorted(addresses)), reason="it came back with the archive", now=now)

    def forget_archived(self, held: Held, *, now: datetime) -> Scrubbed:
        """Overwrite what the archive holds, for a page that was archived while its article was being forgotten."""
        return self._forgetter(held).scrub(at=now)

    def _carry_out(
        self, journal: Path, on_step: OnStep = lambda step: None, goes_on: Callable[[], bool] = lambda: True
    ) -> Forgotten | None:
        """Carry out every step of a journal; None, leaving the journal, if interrupted."""
        entry = json.loads(journal.read_bytes())
        at, reason = datetime.fromisoformat(entry["at"]), entry["reason"]
        held = Held(
            article_ids=tuple(entry["article_ids"]),
            addresses=tuple(entry["addresses"]),
            payload_digests=tuple(entry["payload_digests"]),
            version_count=entry["version_count"],
        )
        forms = self._database.story_forms()
        keys = address_keys(held.addresses, forms) | {article_key(article_id) for article_id in held.article_ids}
        write_down(self.list_path, keys, at=at)
        on_step("list")
        with self._database.write(alone_in=SAVING) as connection:
            insert_keys(connection, keys, at=at)
            forget_rows(connection, held, now=at)
            forget_places(connection, held.payload_digests)
        on_step("record")
        scrubbed = self._forgetter(held).scrub(at=at, on_file=lambda path: on_step("file"), goes_on=goes_on)
        if scrubbed.is_broken_off:
            return None
        self._database.empty_log()
        on_step("archive")
        what = f"versions: {held.version_count}, archived records: {scrubbed.record_count}"
        write_down(self.list_path, (), at=at, note=f"{what}{f', because: {reason}' if reason else ''}")
        journal.unlink()
        on_step("end")
        return Forgotten(
            article_ids=held.article_ids,
            version_count=held.version_count,
            record_count=scrubbed.record_count,
            file_count=scrubbed.file_count,
        )

    def _forgetter(self, held: Held) -> ArchiveForgetter:
        return ArchiveForgetter(self._archive.folder, held, forms=self._database.story_forms())

    def _returned(self, keys: set[str]) -> list[tuple[str | None, list[str]]]:
        """The articles, and addresses without one, that are both in the record and on the list."""
        known = sa.union_all(
            sa.select(article.c.id, article.c.url), sa.select(article_alias.c.article_id, article_alias.c.url)
        )
        forms = self._database.story_forms()
        with self._database.read() as connection:
            articles = {
                str(row[0])
                for row in connection.execute(known)
                if keys & {article_key(row[0]), *address_keys([row[1]], forms)}
            }
            rows = connection.execute(sa.select(url.c.url).where(url.c.article_id.is_(None))).scalars()
            addresses = [address for address in rows if keys & address_keys([address], forms)]
        return [*((article_id, []) for article_id in sorted(articles)), *((None, [each]) for each in addresses)]
