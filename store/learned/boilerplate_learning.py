"""Learning the boilerplate of a source from its pages, in the transaction that saves them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from news.boilerplate import MAX_KNOWN, WINDOW, KnownBlock, Window, boilerplate_of, learn
from news.seen_pages import SeenPage
from store.learned.boilerplates import known_blocks
from store.learned.shown_pages import pack, unpack, unpack_held
from store.records import Visits
from store.schema import boilerplate_block, shown_page
from store.sql.statements import Upsert, chunks

MAX_PAGES = 1_000  # per source: how far back to look for stored articles that hold a newly known block
_KEEP_PAGES = Upsert(shown_page, replaced=("seen_at", "record"))  # a stale one stays stale
_PAGES = (
    sa.select(shown_page.c.record, shown_page.c.article_id, shown_page.c.seen_at)
    .where(shown_page.c.source_id == sa.bindparam("source_id"))
    .order_by(shown_page.c.seen_at.desc(), shown_page.c.article_id)
    .limit(sa.bindparam("most"))
)
_DIGESTS = sa.select(boilerplate_block.c.digest).where(boilerplate_block.c.source_id == sa.bindparam("source_id"))
REMEMBER_EVERY = timedelta(hours=6)  # blocks are seen on nearly every page; their rows are updated only this often


def _beyond(column: sa.ColumnElement[datetime], source_id: sa.ColumnElement[str]) -> sa.Select[datetime]:
    """Select the moment of the first row beyond the `most` seen last."""
    mine = sa.select(column).where(source_id == sa.bindparam("source_id"))
    return mine.order_by(column.desc()).offset(sa.bindparam("most")).limit(1)


_PAGE_BEYOND = _beyond(shown_page.c.seen_at, shown_page.c.source_id)
_BLOCK_BEYOND = _beyond(boilerplate_block.c.last_seen_at, boilerplate_block.c.source_id)


def record_pages(connection: Connection, visits: Visits) -> None:
    """Learn from the pages of these fetches, source by source."""
    by_source: dict[str, list[tuple[SeenPage, str]]] = defaultdict(list)
    for result, saved in visits:
        shown = result.reading.shown
        if shown is not None and saved is not None and saved.article_id is not None:
            page = replace(shown, article_id=saved.article_id, seen_at=result.fetched_at)
            by_source[result.row.source_id].append((page, result.reading.boilerplate.version))
    for source_id, pages in sorted(by_source.items()):
        _learn(connection, source_id, pages)


def _learn(connection: Connection, source_id: str, pages: list[tuple[SeenPage, str]]) -> None:
    all_known = _digests(connection, source_id)
    shown = frozenset().union(*(page.furniture for page, _ in pages), *(page.body for page, _ in pages))
    known = known_blocks(connection, source_id, shown & all_known)
    window = Window(_newest(connection, source_id), coming=[page for page, _ in pages])
    before = {page.article_id: page for page in window.pages}
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
        window.add(page)
        before[page.article_id] = page
    _keep_pages(connection, source_id, [page for page, _ in pages])
    _keep_blocks(connection, source_id, changed)
    _mark_stale(connection, source_id, _read_too_early(connection, source_id, pages, known))
    _mark_stale(connection, source_id, _holders(connection, source_id, found, window.pages))
    _bound(connection, source_id)


def _read_too_early(
    connection: Connection, source_id: str, pages: list[tuple[SeenPage, str]], known: Mapping[int, KnownBlock]
) -> set[str]:
    """The articles among these that hold a known block but were read with another model than today's."""
    holding = [(page, version) for page, version in pages if page.held & known.keys()]
    if not holding:
        return set()
    blocks = known_blocks(connection, source_id).values()
    return {
        page.article_id
        for page, version in holding
        if page.seen_at is not None and version != boilerplate_of(blocks, at=page.seen_at).version
    }


def _seen_again(known: Mapping[int, KnownBlock], page: SeenPage, before: SeenPage | None) -> dict[int, KnownBlock]:
    """The known blocks of a page whose rows have to be updated as seen."""
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


def _newest(connection: Connection, source_id: str) -> list[SeenPage]:
    """The most recently seen pages, newest first."""
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
    for chunk in chunks(blocks):
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
    """The articles whose stored text holds one of these blocks; searched further back if any recent one does."""
    if not any(page.held & digests for page in window):
        return set()
    rows = connection.execute(_PAGES, {"source_id": source_id, "most": MAX_PAGES})
    return {row.article_id for row in rows if not digests.isdisjoint(unpack_held(row.record))}


def _mark_stale(connection: Connection, source_id: str, article_ids: set[str]) -> None:
    if article_ids:
        which = (shown_page.c.source_id == source_id) & shown_page.c.article_id.in_(article_ids)
        connection.execute(sa.update(shown_page).where(which).values(is_stale=True))


def _bound(connection: Connection, source_id: str) -> None:
    """Delete what was seen longest ago, beyond the bounds."""
    for beyond, column, most in (
        (_PAGE_BEYOND, shown_page.c.seen_at, MAX_PAGES),
        (_BLOCK_BEYOND, boilerplate_block.c.last_seen_at, MAX_KNOWN),
    ):
        if (last := connection.execute(beyond, {"source_id": source_id, "most": most}).scalar()) is not None:
            mine = column.table.c.source_id == source_id
            connection.execute(sa.delete(column.table).where(mine, column <= last))
