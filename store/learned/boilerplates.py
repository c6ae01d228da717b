"""The boilerplate of each source: learned where its fetches are saved, read by crawls and replays."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from news.boilerplate import MAX_KNOWN, WINDOW, Boilerplate, KnownBlock, boilerplate_of, learn
from news.seen_pages import SeenPage
from store.database import SAVING, Database
from store.learned.boilerplate_models import kept_model
from store.learned.shown_pages import pack, unpack, unpack_held
from store.records import FetchResult, SavedFetch
from store.schema import boilerplate_block, shown_page
from store.statements import Upsert

MAX_PAGES = 1_000  # of one source: so far back stored articles are looked for that hold a block known since
MAX_PARAMETERS = 10_000  # SQLite takes 32,766, PostgreSQL 65,535
_KEEP_PAGES = Upsert(shown_page, replaced=("seen_at", "record"))  # one that is stale stays so
_PAGES = (
    sa.select(shown_page.c.record, shown_page.c.article_id, shown_page.c.seen_at)
    .where(shown_page.c.source_id == sa.bindparam("source_id"))
    .order_by(shown_page.c.seen_at.desc(), shown_page.c.article_id)
    .limit(sa.bindparam("most"))
)
_DIGESTS = sa.select(boilerplate_block.c.digest).where(boilerplate_block.c.source_id == sa.bindparam("source_id"))
_KNOWN = sa.select(boilerplate_block).where(boilerplate_block.c.source_id == sa.bindparam("source_id"))
_KNOWN_AMONG = _KNOWN.where(boilerplate_block.c.digest.in_(sa.bindparam("digests", expanding=True)))
REMEMBER_EVERY = timedelta(hours=6)  # a block is seen on nearly every page; its row is written that often


def _beyond(column: sa.ColumnElement[datetime], source_id: sa.ColumnElement[str]) -> sa.Select[datetime]:
    """The moment of the first row beyond a bound, of those seen last."""
    mine = sa.select(column).where(source_id == sa.bindparam("source_id"))
    return mine.order_by(column.desc()).offset(sa.bindparam("most")).limit(1)


_PAGE_BEYOND = _beyond(shown_page.c.seen_at, shown_page.c.source_id)
_BLOCK_BEYOND = _beyond(boilerplate_block.c.last_seen_at, boilerplate_block.c.source_id)


class Boilerplates:
    """What is known of all sources."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def at(self, source_id: str, moment: datetime) -> Boilerplate:
        """The model for a page of this source fetched at a moment."""
        with self._database.read() as connection:
            return boilerplate_of(_known(connection, source_id).values(), at=moment)

    def kept(self, version: str) -> Boilerplate | None:
        """The model that some version was read with; None for those that were read before models were kept."""
        with self._database.read() as connection:
            return kept_model(connection, version)

    def blocks(self, source_id: str, *, limit: int = MAX_KNOWN) -> list[KnownBlock]:
        """What is known, the blocks on most stories first."""
        with self._database.read() as connection:
            known = _known(connection, source_id).values()
        return sorted(known, key=lambda block: (-block.story_count, block.text))[:limit]

    def stale_articles(self, source_id: str, *, limit: int) -> list[str]:
        """Articles whose stored text holds blocks that became known after they were read, oldest page first."""
        which = (shown_page.c.source_id == source_id) & shown_page.c.is_stale
        oldest = (shown_page.c.seen_at, shown_page.c.article_id)
        query = sa.select(shown_page.c.article_id).where(which).order_by(*oldest).limit(limit)
        with self._database.read() as connection:
            return [str(found) for found in connection.execute(query).scalars()]

    def read_again(self, source_id: str, article_id: str, moment: datetime, version: str) -> None:
        """The article, fetched then, was read with this model; it is stale no more unless more is known by now."""
        which = (shown_page.c.source_id == source_id) & (shown_page.c.article_id == article_id)
        with self._database.write(alone_in=SAVING) as connection:
            if boilerplate_of(_known(connection, source_id).values(), at=moment).version == version:
                connection.execute(sa.update(shown_page).where(which).values(is_stale=False))


def record_pages(connection: Connection, visits: Iterable[tuple[FetchResult, SavedFetch | None]]) -> None:
    """Learn from the pages of these fetches, those of a source at once."""
    by_source: dict[str, list[tuple[SeenPage, str]]] = defaultdict(list)
    for result, saved in visits:
        if result.shown is not None and saved is not None and saved.article_id is not None:
            page = replace(result.shown, article_id=saved.article_id, seen_at=result.fetched_at)
            by_source[result.row.source_id].append((page, result.boilerplate.version))
    for source_id, pages in sorted(by_source.items()):
        _learn(connection, source_id, pages)


def _learn(connection: Connection, source_id: str, pages: list[tuple[SeenPage, str]]) -> None:
    all_known = _digests(connection, source_id)
    shown = frozenset().union(*(page.furniture for page, _ in pages), *(page.body for page, _ in pages))
    known = _known(connection, source_id, shown & all_known)
    window = _window(connection, source_id)
    before = {page.article_id: page for page in window}
    found: set[int] = set()
    changed: dict[int, KnownBlock] = {}
    for page, _ in pages:
        again = _seen_again(known, page, before.get(page.article_id))
        new = {block.digest: block for block in learn(window, page, known, ignored=all_known)}
        for blocks in (again, new):
            known |= blocks
            changed |= blocks
        all_known |= new.keys()
        found |= new.keys()
        window = [page, *(other for other in window if other.article_id != page.article_id)][:WINDOW]
        before[page.article_id] = page
    _keep_pages(connection, source_id, [page for page, _ in pages])
    _keep_blocks(connection, source_id, changed)
    _mark_stale(connection, source_id, _read_too_early(connection, source_id, pages, known))
    _mark_stale(connection, source_id, _holders(connection, source_id, found, window))
    _bound(connection, source_id)


def _read_too_early(
    connection: Connection, source_id: str, pages: list[tuple[SeenPage, str]], known: Mapping[int, KnownBlock]
) -> set[str]:
    """The articles among these that hold a known block, and were read with another model than today's."""
    holding = [(page, version) for page, version in pages if page.held & known.keys()]
    if not holding:
        return set()
    blocks = _known(connection, source_id).values()
    return {
        page.article_id
        for page, version in holding
        if page.seen_at is not None and version != boilerplate_of(blocks, at=page.seen_at).version
    }


def _seen_again(known: Mapping[int, KnownBlock], page: SeenPage, before: SeenPage | None) -> dict[int, KnownBlock]:
    """The known blocks of a page whose rows are to say that they were seen."""
    assert page.seen_at is not None
    again = {}
    for digest in (*(page.furniture & known.keys()), *(page.body.keys() & known.keys())):
        block = known[digest]
        is_new_story = before is None or (digest not in before.furniture and digest not in before.body)
        if is_new_story or page.seen_at - block.last_seen_at >= REMEMBER_EVERY:
            again[digest] = KnownBlock(
                digest=digest,
                text=block.text,
                is_repeated=block.is_repeated,
                story_count=block.story_count + int(is_new_story),
                since_at=min(block.since_at, page.seen_at),
                last_seen_at=max(block.last_seen_at, page.seen_at),
            )
    return again


def _digests(connection: Connection, source_id: str) -> set[int]:
    return set(connection.execute(_DIGESTS, {"source_id": source_id}).scalars())


def _known(connection: Connection, source_id: str, digests: Iterable[int] | None = None) -> dict[int, KnownBlock]:
    if digests is None:
        return {row.digest: _block(row) for row in connection.execute(_KNOWN, {"source_id": source_id})}
    found: dict[int, KnownBlock] = {}
    for chunk in _chunks(digests):
        rows = connection.execute(_KNOWN_AMONG, {"source_id": source_id, "digests": chunk})
        found |= {row.digest: _block(row) for row in rows}
    return found


def _chunks(digests: Iterable[int]) -> Iterator[list[int]]:
    """So many at a time as both databases take in one statement."""
    rest = list(digests)
    for start in range(0, len(rest), MAX_PARAMETERS):
        yield rest[start : start + MAX_PARAMETERS]


def _block(row: Row[Any]) -> KnownBlock:
    return KnownBlock(
        digest=row.digest,
        text=row.text,
        is_repeated=row.is_repeated,
        story_count=row.story_count,
        since_at=row.since_at,
        last_seen_at=row.last_seen_at,
    )


def _window(connection: Connection, source_id: str) -> list[SeenPage]:
    """The pages seen last, newest first."""
    rows = connection.execute(_PAGES, {"source_id": source_id, "most": WINDOW})
    return [unpack(row.record, article_id=row.article_id, seen_at=row.seen_at) for row in rows]


def _keep_pages(connection: Connection, source_id: str, pages: Iterable[SeenPage]) -> None:
    key = {"source_id": source_id, "is_stale": False}
    rows = [key | {"article_id": page.article_id, "seen_at": page.seen_at, "record": pack(page)} for page in pages]
    _KEEP_PAGES.run(connection, rows)


def _keep_blocks(connection: Connection, source_id: str, blocks: Mapping[int, KnownBlock]) -> None:
    if not blocks:
        return
    mine = boilerplate_block.c.source_id == source_id
    for chunk in _chunks(blocks):
        connection.execute(sa.delete(boilerplate_block).where(mine, boilerplate_block.c.digest.in_(chunk)))
    rows = [
        {
            "source_id": source_id,
            "digest": block.digest,
            "text": block.text,
            "is_repeated": block.is_repeated,
            "story_count": block.story_count,
            "since_at": block.since_at,
            "last_seen_at": block.last_seen_at,
        }
        for block in blocks.values()
    ]
    connection.execute(sa.insert(boilerplate_block), rows)


def _holders(connection: Connection, source_id: str, digests: set[int], window: list[SeenPage]) -> set[str]:
    """The articles whose stored text holds one of these blocks; looked for further back where any of late does."""
    if not any(page.held & digests for page in window):
        return set()
    rows = connection.execute(_PAGES, {"source_id": source_id, "most": MAX_PAGES})
    return {row.article_id for row in rows if not digests.isdisjoint(unpack_held(row.record))}


def _mark_stale(connection: Connection, source_id: str, article_ids: set[str]) -> None:
    if article_ids:
        which = (shown_page.c.source_id == source_id) & shown_page.c.article_id.in_(article_ids)
        connection.execute(sa.update(shown_page).where(which).values(is_stale=True))


def _bound(connection: Connection, source_id: str) -> None:
    """Forget what was seen longest ago beyond the bounds."""
    for beyond, column, most in (
        (_PAGE_BEYOND, shown_page.c.seen_at, MAX_PAGES),
        (_BLOCK_BEYOND, boilerplate_block.c.last_seen_at, MAX_KNOWN),
    ):
        if (last := connection.execute(beyond, {"source_id": source_id, "most": most}).scalar()) is not None:
            mine = column.table.c.source_id == source_id
            connection.execute(sa.delete(column.table).where(mine, column <= last))
