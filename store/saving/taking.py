"""Taking in pages that others fetched long ago: they become past versions of articles, never the present one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from news.article import Article
from news.fetch import Outcome, UrlKind
from news.urls import url_key
from store.articles.known_articles import MetAddresses, resolve_id
from store.copies.service import record_copies, sketches_of
from store.forgetting.results import without_forgotten
from store.frontier.new_urls import add_urls
from store.frontier.rows import frontier_row
from store.outbox import raise_revision, wait_since
from store.records import FetchResult, FrontierRow, NewUrl, SavedFetch
from store.saving.article_writer import ArticleSave, insert_version, save_article
from store.schema import article, article_version, fetch, metadata, url
from store.sql.database import SAVING, Database
from store.sql.gathered import gathering


class Taken:
    """Saves pages from other people's archives."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def row(self, normalized: str, *, source_id: str, found_on: str, fetched_at: datetime) -> FrontierRow | None:
        """The row of an address, added without a due time if it is unknown. None if it was forgotten."""
        mine = sa.select(url).where(url.c.url_key == url_key(normalized))
        with self._database.write(alone_in=SAVING) as connection:
            if (known := connection.execute(mine).mappings().first()) is None:
                new = NewUrl(url=normalized, kind=UrlKind.ARTICLE)
                add_urls(connection, [new], source_id=source_id, found_on=found_on, now=fetched_at)
                asleep = sa.update(url).where(url.c.url_key == url_key(normalized))
                connection.execute(asleep.values(next_due_at=None))  # until a feed or sitemap names it
                known = connection.execute(mine).mappings().first()
            return frontier_row(known) if known is not None else None

    def is_taken(self, result: FetchResult) -> bool:
        """Whether the same answer was taken from the same file before."""
        mine = (fetch.c.url_id == result.row.id) & (fetch.c.fetched_at == result.fetched_at)
        with self._database.read() as connection:
            found = sa.select(fetch.c.id).where(mine, fetch.c.taken_from == result.taken_from).limit(1)
            return connection.execute(found).first() is not None

    def save(self, results: Sequence[FetchResult], *, now: datetime | None = None) -> list[SavedFetch | None]:
        """Save these stories in one transaction; None for each that was forgotten or is not an article.

        Their outbox entries date from `now`, or without it from their fetches, as in a rebuilt record.
        """
        sketches = sketches_of(results)
        with self._database.write(alone_in=SAVING) as connection:
            kept = without_forgotten(connection, results)
            saved = [_save(connection, result, now) for result in kept]
            newest = [one if one is not None and not one.is_alias else None for one in saved]
            record_copies(connection, zip(kept, newest, strict=True), sketches)
            if now is not None:
                wait_since(connection, {result.fetched_at for result in kept}, now)
            return saved


def _save(connection: Connection, result: FetchResult, now: datetime | None) -> SavedFetch | None:
    if result.story is None:
        return None
    made = _save_story(connection, result, result.story, now)
    mine = url.c.id == result.row.id
    connection.execute(sa.update(url).where(mine, url.c.article_id.is_(None)).values(article_id=made.article_id))
    connection.execute(
        sa.insert(fetch).values(
            url_id=result.row.id,
            fetched_at=result.fetched_at,
            outcome=made.outcome.value,
            status=result.status,
            detail=made.detail or f"taken from {result.taken_from}",
            body_bytes=result.body_bytes,
            warc_file=result.archive.warc_file if result.archive else None,
            warc_offset=result.archive.warc_offset if result.archive else None,
            payload_digest=result.archive.payload_digest if result.archive else None,
            article_id=made.article_id,
            version=made.version,
            taken_from=result.taken_from,
        )
    )
    return SavedFetch(outcome=made.outcome, article_id=made.article_id, version=made.version, is_alias=made.is_alias)


def _save_story(connection: Connection, result: FetchResult, story: Article, now: datetime | None) -> ArticleSave:
    """Save a page as a new article, as a version before, between or after the known ones, or as nothing new."""
    article_id = resolve_id(connection, result)
    mine = article_version.c.article_id == article_id
    query = sa.select(article_version.c.version, article_version.c.fetched_at, article_version.c.content_digest)
    versions = connection.execute(query.where(mine).order_by(article_version.c.version)).all()
    same = next((each.version for each in versions if each.content_digest == result.content_digest), None)
    if same is not None:
        return ArticleSave(outcome=Outcome.UNCHANGED, article_id=article_id, version=same)
    later = next((each.version for each in versions if each.fetched_at > result.fetched_at), None)
    if later is None:
        with gathering(connection) as rows:
            return save_article(rows, result, story, MetAddresses(connection, [result]), now=now)
    _make_room(connection, article_id, later)
    with gathering(connection) as rows:
        insert_version(rows, result, story, article_id, later)
    first = (article.c.id == article_id) & (article.c.first_seen_at > result.fetched_at)
    connection.execute(sa.update(article).where(first).values(first_seen_at=result.fetched_at))
    raise_revision(connection, article_id, result.fetched_at)
    detail = f"taken from {result.taken_from}, as version {later}"
    # is_alias: the article's present text is another one
    return ArticleSave(outcome=Outcome.NEW_VERSION, article_id=article_id, version=later, detail=detail, is_alias=True)


def _make_room(connection: Connection, article_id: str, version: int) -> None:
    """Renumber this version of an article and all later ones to one more, wherever they are named."""
    for table in metadata.sorted_tables:
        if not {"article_id", "version"} <= set(table.c.keys()):
            continue
        mine = table.c.article_id == article_id
        aside = sa.update(table).where(mine, table.c.version >= version).values(version=-(table.c.version + 1))
        connection.execute(aside)  # in two steps, as no number may exist twice even for a moment
        connection.execute(sa.update(table).where(mine, table.c.version < 0).values(version=-table.c.version))
    connection.execute(sa.update(article).where(article.c.id == article_id).values(version=article.c.version + 1))
