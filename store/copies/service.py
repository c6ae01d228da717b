"""The copies of articles: recorded with every save, filled in for older records, and read."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from news.article import Article
from news.article_record import article_from_record
from news.clusters import Standing, seniority_of
from news.fetch import Outcome
from news.shingles import RECIPE, Sketch, sketch_of
from store.articles.service import cluster_place
from store.articles.states import IS_LIVE
from store.copies.sketches import Placed, place, place_new
from store.outbox import raise_revision
from store.records import ClusterPlace, FetchResult, Visits
from store.schema import article, article_version, copy_sketch
from store.sql.database import SAVING, Database
from store.views import CopyView

_NEW_TEXTS = {Outcome.NEW_ARTICLE, Outcome.NEW_VERSION}
_LIVE = (
    sa.select(article.c.id, article.c.source_id, article.c.first_seen_at, copy_sketch.c.number)
    .select_from(article.outerjoin(copy_sketch, copy_sketch.c.article_id == article.c.id))
    .where(article.c.id.in_(sa.bindparam("ids", expanding=True)), IS_LIVE)
)
_OTHER = copy_sketch.alias("other")
_COUNTS = (
    sa.select(copy_sketch.c.article_id, sa.func.count() - 1)
    .join(_OTHER, _OTHER.c.cluster_id == copy_sketch.c.cluster_id)
    .where(copy_sketch.c.article_id.in_(sa.bindparam("ids", expanding=True)))
    .group_by(copy_sketch.c.article_id)
)
FILL_BATCH = 100  # older articles per transaction, so that crawls get their turn
MAX_COPIES = 200  # members of a cluster that are read


class Copies:
    """The clusters of the record."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, article_id: str, *, limit: int = MAX_COPIES) -> list[CopyView]:
        """The members of an article's cluster, including itself, earliest first; none if it has no copies."""
        mine = sa.select(copy_sketch.c.cluster_id).where(copy_sketch.c.article_id == article_id).scalar_subquery()
        query = (
            _with_text(copy_sketch.c.standing)
            .where(copy_sketch.c.cluster_id == mine)
            .order_by(copy_sketch.c.seniority)
            .limit(limit)
        )
        with self._database.read() as connection:
            return [_copy_view(row) for row in connection.execute(query)]

    def counts(self, article_ids: Collection[str]) -> dict[str, int]:
        """The number of other members in the cluster of each of these articles; those without copies are left out."""
        with self._database.read() as connection:
            return {row[0]: row[1] for row in connection.execute(_COUNTS, {"ids": sorted(article_ids)})}

    def fill(self, *, after_id: str = "", now: datetime, limit: int = FILL_BATCH) -> list[str]:
        """Place the next live articles, in id order, that were saved before there were sketches.

        Returns their ids, or none if there are no more. An article that joins a cluster is queued for the index.
        """
        sketched = sa.exists().where(copy_sketch.c.article_id == article.c.id, copy_sketch.c.recipe >= RECIPE)
        missing = sa.select(article.c.id).where(IS_LIVE, article.c.id > after_id, ~sketched)
        with self._database.read() as connection:
            ids = list(connection.execute(missing.order_by(article.c.id).limit(limit)).scalars())
        if ids:
            with self._database.write(alone_in=SAVING) as connection:
                for article_id in ids:
                    place_stored(connection, article_id, now)
        return ids


def record_copies(connection: Connection, saves: Visits, sketches: Sequence[Sketch | None]) -> None:
    """Place articles saved with a new text among their copies, in the transaction that saves them."""
    texts = [
        (saved, story, sketch or sketch_of(story.text), result.fetched_at)
        for (result, saved), sketch in zip(saves, sketches, strict=True)
        if saved is not None and saved.outcome in _NEW_TEXTS and (story := result.story)
    ]
    if not texts:
        return
    ids = sorted({str(saved.article_id) for saved, *_ in texts})
    live = {row.id: row for row in connection.execute(_LIVE, {"ids": ids})}
    new: list[Placed] = []
    again: list[tuple[Placed, datetime]] = []
    for saved, story, sketch, fetched_at in texts:
        row = live.get(saved.article_id)
        if row is None:
            continue  # merged into another meanwhile
        placed = _placed(row.id, story, sketch, row.source_id, row.first_seen_at)
        if saved.outcome is Outcome.NEW_ARTICLE and row.number is None:
            new.append(placed)
        else:
            again.append((placed, fetched_at))
    place_new(connection, new, max(fetched_at for *_, fetched_at in texts))
    for placed, fetched_at in again:
        place(connection, placed, fetched_at)


def sketches_of(results: Sequence[FetchResult]) -> list[Sketch | None]:
    """The sketch of every story that may be new, made before the transaction that needs them."""
    return [
        result.reading.sketch or sketch_of(story.text)
        if (story := result.story) and result.content_digest != result.row.content_digest
        else None
        for result in results
    ]


def place_stored(connection: Connection, article_id: str, now: datetime) -> None:
    """Place a live article by its newest text, and queue it for the index if its place changed."""
    row = connection.execute(_with_text().where(article.c.id == article_id)).first()
    if row is None:
        return
    before = _placed_as(connection, article_id)
    story = article_from_record(row.record)
    place(connection, _placed(article_id, story, sketch_of(story.text), row.source_id, row.first_seen_at), now)
    if _placed_as(connection, article_id) != before:
        raise_revision(connection, article_id, now)


def _placed(article_id: str, story: Article, sketch: Sketch, source_id: str, first_seen_at: datetime) -> Placed:
    seniority = seniority_of(
        article_id,
        published_at=story.published_at,
        published_day_only=story.published_day_only,
        first_seen_at=first_seen_at,
    )
    return Placed(article_id=article_id, source_id=source_id, sketch=sketch, seniority=seniority)


def _placed_as(connection: Connection, article_id: str) -> ClusterPlace | None:
    row = connection.execute(sa.select(copy_sketch).where(copy_sketch.c.article_id == article_id)).first()
    return cluster_place(row) if row is not None else None


def _with_text(*columns: sa.ColumnElement[Any]) -> sa.Select[Any]:
    """Live articles with their newest text; with columns of copy_sketch, those that have a sketch."""
    newest = (article_version.c.article_id == article.c.id) & (article_version.c.version == article.c.version)
    query = (
        sa.select(article.c.id, article.c.source_id, article.c.url, article.c.first_seen_at, article_version.c.record)
        .join(article_version, newest)
        .where(IS_LIVE)
    )
    return query.add_columns(*columns).join(copy_sketch, copy_sketch.c.article_id == article.c.id) if columns else query


def _copy_view(row: Row[Any]) -> CopyView:
    return CopyView(
        article_id=row.id,
        source_id=row.source_id,
        url=row.url,
        first_seen_at=row.first_seen_at,
        standing=Standing(row.standing),
        article=article_from_record(row.record),
    )
