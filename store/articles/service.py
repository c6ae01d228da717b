"""Reading articles, their versions and their history."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from news.article import Article, ArticleState
from news.article_record import article_from_record
from news.clusters import Standing
from news.fetch import Outcome
from news.urls import url_key
from news.versions.edits import Edits, edits_of
from store.articles.states import INDEXED
from store.records import ClusterPlace, StoredArticle
from store.schema import article, article_alias, article_version, copy_sketch, fetch, url
from store.sql.database import Database
from store.views import ArticleView, FetchView, Receipt, VersionView

MAX_EDITED_VERSIONS = 100  # newest versions of one article whose edits its index document shows


_PLACE = (copy_sketch.c.cluster_id, copy_sketch.c.standing, copy_sketch.c.seniority)


class Articles:
    """The articles of the record."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, article_id: str) -> ArticleView | None:
        """An article as it is now; the id of a merged article gives the one that stayed."""
        with self._database.read() as connection:
            row = connection.execute(sa.select(article).where(article.c.id == article_id)).first()
            if row is not None and row.merged_into is not None:
                row = connection.execute(sa.select(article).where(article.c.id == row.merged_into)).first()
            if row is None:
                return None
            stored = stored_articles(connection, [row.id])[row.id]
            aliases = connection.execute(
                sa.select(article_alias.c.url).where(
                    article_alias.c.article_id == row.id, article_alias.c.url != row.url
                )
            )
            merged = connection.execute(sa.select(article.c.id).where(article.c.merged_into == row.id))
            return ArticleView(
                stored=stored,
                state=ArticleState(row.state),
                removed_at=row.removed_at,
                aliases=tuple(sorted(str(alias[0]) for alias in aliases)),
                merged_from=tuple(sorted(str(other[0]) for other in merged)),
            )

    def id_at(self, normalized_url: str) -> str | None:
        """The id of the article met under this address."""
        with self._database.read() as connection:
            query = sa.select(article_alias.c.article_id).where(article_alias.c.url_key == url_key(normalized_url))
            found = connection.execute(query).scalar()
        return str(found) if found is not None else None

    def versions(self, article_id: str) -> list[VersionView]:
        """Every version of an article, oldest first."""
        query = (
            sa.select(article_version)
            .where(article_version.c.article_id == article_id)
            .order_by(article_version.c.version)
        )
        with self._database.read() as connection:
            return [_version_view(row) for row in connection.execute(query)]

    def newest_version(self, article_id: str) -> VersionView | None:
        """The newest version of an article; None if it is unknown."""
        mine = article_version.c.article_id == article_id
        query = sa.select(article_version).where(mine).order_by(article_version.c.version.desc()).limit(1)
        with self._database.read() as connection:
            row = connection.execute(query).first()
            return _version_view(row) if row else None

    def receipts(self, versions: Mapping[str, int]) -> dict[str, Receipt]:
        """What these versions were read from, both by article id; without those that are not kept any more."""
        names = tuple(Receipt.__dataclass_fields__)
        query = sa.select(*(article_version.c[name] for name in ("article_id", "version", *names)))
        with self._database.read() as connection:
            rows = connection.execute(query.where(article_version.c.article_id.in_(list(versions))))
            return {
                row.article_id: Receipt(**{name: row._mapping[name] for name in names})
                for row in rows
                if row.version == versions[row.article_id]
            }

    def fetches(self, article_id: str, *, limit: int = 100) -> list[FetchView]:
        """The newest fetches of all addresses of an article, newest first."""
        return self._fetches(url.c.article_id == article_id, limit)

    def url_fetches(self, normalized_url: str, *, limit: int = 100) -> list[FetchView]:
        """The newest fetches of one URL, newest first."""
        return self._fetches(url.c.url_key == url_key(normalized_url), limit)

    def _fetches(self, which: sa.ColumnElement[bool], limit: int) -> list[FetchView]:
        query = (
            sa.select(fetch, url.c.url).join(url, url.c.id == fetch.c.url_id).where(which).order_by(fetch.c.id.desc())
        ).limit(limit)
        with self._database.read() as connection:
            return [_fetch_view(row) for row in connection.execute(query)]

    def iterate_live(self, *, after_id: str = "", limit: int) -> list[StoredArticle]:
        """The searchable articles, including removed ones, whose ids follow `after_id`, in id order."""
        query = sa.select(article.c.id).where(article.c.state.in_(INDEXED), article.c.id > after_id)
        with self._database.read() as connection:
            ids = [str(row[0]) for row in connection.execute(query.order_by(article.c.id).limit(limit))]
            found = stored_articles(connection, ids)
        return [found[article_id] for article_id in ids]

    def count_live(self) -> int:
        """The number of searchable articles."""
        query = sa.select(sa.func.count()).select_from(article).where(article.c.state.in_(INDEXED))
        with self._database.read() as connection:
            return int(connection.execute(query).scalar_one())


def stored_articles(connection: Connection, ids: Sequence[str]) -> dict[str, StoredArticle]:
    """These articles with their newest version, by id."""
    if not ids:
        return {}
    query = (
        sa.select(article, article_version.c.record, article_version.c.fetched_at, *_PLACE)
        .join(
            article_version,
            (article_version.c.article_id == article.c.id) & (article_version.c.version == article.c.version),
        )
        .outerjoin(copy_sketch, copy_sketch.c.article_id == article.c.id)
        .where(article.c.id.in_(list(ids)))
    )
    rows = connection.execute(query).all()
    edits = _edits(connection, [row.id for row in rows if row.version > 1])
    return {row.id: _stored(row, edits.get(row.id, Edits())) for row in rows}


def _edits(connection: Connection, ids: Sequence[str]) -> dict[str, Edits]:
    """What the newest versions of these articles changed and removed, by article id."""
    if not ids:
        return {}
    query = (
        sa.select(article_version.c.article_id, article_version.c.version, article_version.c.record)
        .where(article_version.c.article_id.in_(list(ids)))
        .order_by(article_version.c.article_id, article_version.c.version.desc())
    )
    versions: dict[str, deque[Article]] = {}
    for row in connection.execute(query):
        newest_first = versions.setdefault(row.article_id, deque())
        if len(newest_first) < MAX_EDITED_VERSIONS:
            newest_first.appendleft(article_from_record(row.record))
    return {article_id: edits_of(tuple(read)) for article_id, read in versions.items()}


def _stored(row: Row[Any], edits: Edits) -> StoredArticle:
    return StoredArticle(
        id=row.id,
        source_id=row.source_id,
        url=row.url,
        revision=row.index_revision,
        version=row.version,
        first_seen_at=row.first_seen_at,
        fetched_at=row.fetched_at,
        removed_at=row.removed_at,
        article=article_from_record(row.record),
        edits=edits,
        cluster=cluster_place(row),
    )


def cluster_place(row: Row[Any]) -> ClusterPlace | None:
    """An article's place in its cluster, from a row with the columns of copy_sketch; None without copies."""
    if row.cluster_id is None:
        return None
    return ClusterPlace(cluster_id=row.cluster_id, standing=Standing(row.standing), seniority=row.seniority)


def _version_view(row: Row[Any]) -> VersionView:
    return VersionView(
        version=row.version,
        fetched_at=row.fetched_at,
        content_digest=row.content_digest,
        extractor_version=row.extractor_version,
        boilerplate_version=row.boilerplate_version,
        extraction_score=row.extraction_score,
        payload_digest=row.payload_digest,
        warc_file=row.warc_file,
        warc_offset=row.warc_offset,
        article=article_from_record(row.record),
        taken_from=row.taken_from,
    )


def _fetch_view(row: Row[Any]) -> FetchView:
    return FetchView(
        fetched_at=row.fetched_at,
        requested_url=row.url,
        effective_url=row.effective_url,
        outcome=Outcome(row.outcome),
        status=row.status,
        detail=row.detail,
        body_bytes=row.body_bytes,
        run_id=row.run_id,
        taken_from=row.taken_from,
    )
