"""The boilerplate of each source, for crawls and replays to read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from news.boilerplate import MAX_KNOWN, Boilerplate, KnownBlock, boilerplate_with, known_about
from store.learned.boilerplate_models import kept_model
from store.schema import boilerplate_block, shown_page
from store.sql.database import SAVING, Database
from store.sql.statements import chunks

_KNOWN = sa.select(boilerplate_block).where(boilerplate_block.c.source_id == sa.bindparam("source_id"))
_KNOWN_AT = sa.select(boilerplate_block.c.digest, boilerplate_block.c.is_repeated).where(
    boilerplate_block.c.source_id == sa.bindparam("source_id"),
    boilerplate_block.c.since_at <= sa.bindparam("since_at"),
    boilerplate_block.c.last_seen_at >= sa.bindparam("last_seen_at"),
)
_KNOWN_AMONG = _KNOWN.where(boilerplate_block.c.digest.in_(sa.bindparam("digests", expanding=True)))


class Boilerplates:
    """The known boilerplate of all sources."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def at(self, source_id: str, moment: datetime) -> Boilerplate:
        """The model for a page of this source that was fetched at this moment."""
        with self._database.read() as connection:
            return _model_at(connection, source_id, moment)

    def kept(self, version: str) -> Boilerplate | None:
        """The model of this version; None if it dates from before models were kept."""
        with self._database.read() as connection:
            return kept_model(connection, version)

    def blocks(self, source_id: str, *, limit: int = MAX_KNOWN) -> list[KnownBlock]:
        """The source's known blocks, those on most stories first."""
        with self._database.read() as connection:
            known = known_blocks(connection, source_id).values()
        return sorted(known, key=lambda block: (-block.story_count, block.text))[:limit]

    def stale_articles(self, source_id: str, *, limit: int) -> list[str]:
        """The articles whose stored text holds blocks that became known after they were read, oldest page first."""
        which = (shown_page.c.source_id == source_id) & shown_page.c.is_stale
        oldest = (shown_page.c.seen_at, shown_page.c.article_id)
        query = sa.select(shown_page.c.article_id).where(which).order_by(*oldest).limit(limit)
        with self._database.read() as connection:
            return [str(found) for found in connection.execute(query).scalars()]

    def read_again(self, source_id: str, article_id: str, moment: datetime, version: str) -> None:
        """Note that an article fetched then was read with this model: no longer stale, unless more is known by now."""
        which = (shown_page.c.source_id == source_id) & (shown_page.c.article_id == article_id)
        with self._database.write(alone_in=SAVING) as connection:
            if _model_at(connection, source_id, moment).version == version:
                connection.execute(sa.update(shown_page).where(which).values(is_stale=False))


def _model_at(connection: Connection, source_id: str, moment: datetime) -> Boilerplate:
    since_at, last_seen_at = known_about(moment)
    times = {"since_at": since_at, "last_seen_at": last_seen_at}
    rows = connection.execute(_KNOWN_AT, {"source_id": source_id, **times})
    return boilerplate_with((row.digest, row.is_repeated) for row in rows)


def known_blocks(connection: Connection, source_id: str, digests: Iterable[int] | None = None) -> dict[int, KnownBlock]:
    """A source's known blocks by digest: those with these digests, or all."""
    if digests is None:
        return {row.digest: _block(row) for row in connection.execute(_KNOWN, {"source_id": source_id})}
    found: dict[int, KnownBlock] = {}
    for chunk in chunks(digests):
        rows = connection.execute(_KNOWN_AMONG, {"source_id": source_id, "digests": chunk})
        found |= {row.digest: _block(row) for row in rows}
    return found


def _block(row: Row[Any]) -> KnownBlock:
    return KnownBlock(
        digest=row.digest,
        text=row.text,
        is_repeated=row.is_repeated,
        story_count=row.story_count,
        since_at=row.since_at,
        last_seen_at=row.last_seen_at,
    )
