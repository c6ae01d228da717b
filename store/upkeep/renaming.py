"""Renaming a source: everything the record keeps under its id moves to another id, and the index is told."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from store.articles.states import INDEXED
from store.outbox import CHUNK, raise_revisions
from store.schema import article, copy_sketch, pause, url
from store.schema.source_tables import AT_ONCE
from store.sql.database import SAVING, Database
from store.upkeep.planned import CHUNK as URLS_CHUNK


class Renaming:
    """Moves what belongs to one source id to another."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def known_sources(self) -> frozenset[str]:
        """The source ids under which articles or URLs are kept."""
        with self._database.read() as connection:
            found = [connection.execute(sa.select(table.c.source_id).distinct()).scalars() for table in (article, url)]
            return frozenset(source_id for ids in found for source_id in ids)

    def rename(self, old: str, new: str, *, now: datetime) -> int:
        """Move everything kept under `old` to `new`; return the number of articles.

        It takes many transactions, each consistent: called again after an interruption, it does the rest. If both have
        the same thing (a slot, a learned habit), that of `old` stays.
        """
        count = 0
        while renamed := self._some_articles(old, new, now):
            count += renamed
        while self._some_urls(old, new):
            pass
        with self._database.write(alone_in=SAVING) as connection:
            _rename_rows(connection, pause.c.scope, old, new)
            for table in AT_ONCE:
                _rename_rows(connection, table.c.source_id, old, new)
        return count

    def _some_articles(self, old: str, new: str, now: datetime) -> int:
        some = sa.select(article.c.id, article.c.state).where(article.c.source_id == old).limit(CHUNK)
        with self._database.write(alone_in=SAVING) as connection:
            states = {str(row.id): row.state for row in connection.execute(some)}
            for table, key in ((article, article.c.id), (copy_sketch, copy_sketch.c.article_id)):
                connection.execute(sa.update(table).where(key.in_(list(states))).values(source_id=new))
            raise_revisions(connection, [key for key, state in states.items() if state in INDEXED], now)
        return len(states)

    def _some_urls(self, old: str, new: str) -> int:
        some = sa.select(url.c.id).where(url.c.source_id == old).limit(URLS_CHUNK)
        with self._database.write(alone_in=SAVING) as connection:
            return connection.execute(sa.update(url).where(url.c.id.in_(some)).values(source_id=new)).rowcount


def _rename_rows(connection: Connection, source_id: sa.Column[str], old: str, new: str) -> None:
    table = source_id.table
    if source_id.primary_key:
        known = table.alias()
        others = [known.c[column.name] == column for column in table.primary_key if column is not source_id]
        same = sa.and_(known.c[source_id.name] == old, *others)
        connection.execute(sa.delete(table).where(source_id == new, sa.exists().where(same)))
    connection.execute(sa.update(table).where(source_id == old).values({source_id.name: new}))
