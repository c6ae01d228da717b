"""The rows of one source: counting them, collecting what to look for in the archive, and deleting them in parts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from store.forgetting.rows import RULES, By, forget_places, forget_rows, held_of
from store.records import Held
from store.schema import (
    article,
    article_alias,
    article_version,
    fetch,
    fill,
    fill_url,
    request,
    request_url,
    url,
)
from store.schema.source_tables import AT_ONCE

ARTICLES_AT_ONCE = 100  # per transaction, so that crawls get their turn
URLS_AT_ONCE = 5000


@dataclass(frozen=True, kw_only=True, slots=True)
class Holdings:
    """The counts of what is kept of a source."""

    articles: int
    versions: int
    urls: int


def holdings_of(connection: Connection, source_id: str) -> Holdings:
    """The counts of what is kept of a source now."""

    def count(query: sa.Select[Any]) -> int:
        return int(connection.execute(query).scalar_one())

    number = sa.select(sa.func.count())
    mine = article.c.source_id == source_id
    versions = article_version.join(article, article.c.id == article_version.c.article_id)
    return Holdings(
        articles=count(number.select_from(article).where(mine, article.c.merged_into.is_(None))),
        versions=count(number.select_from(versions).where(mine)),
        urls=count(number.select_from(url).where(url.c.source_id == source_id)),
    )


def newest_at(connection: Connection, source_id: str) -> datetime | None:
    """When the newest of its articles and addresses was met; None if it has none."""
    found = (
        connection.execute(sa.select(sa.func.max(column)).where(column.table.c.source_id == source_id)).scalar()
        for column in (article.c.first_seen_at, url.c.discovered_at)
    )
    return max((at for at in found if at is not None), default=None)


def give_to_others(connection: Connection, source_id: str) -> None:
    """Give what leads to an article of another source to that source: articles merged into it, and its addresses."""
    other = article.alias()
    for table, leads_to in ((article, article.c.merged_into), (url, url.c.article_id)):
        whose = sa.select(other.c.source_id).where(other.c.id == leads_to, other.c.source_id != source_id)
        theirs = sa.update(table).where(table.c.source_id == source_id, whose.exists())
        connection.execute(theirs.values(source_id=whose.scalar_subquery()))


def held_of_source(connection: Connection, source_id: str, until: datetime) -> Held:
    """What the archive may hold of the source's articles that were met by then."""
    mine = sa.select(article.c.id).where(article.c.source_id == source_id, article.c.first_seen_at <= until)
    ids = sa.union(mine, sa.select(article.c.id).where(article.c.merged_into.in_(mine))).subquery()
    which = sa.select(ids.c.id)
    addresses: set[str] = set()
    for column, by in (
        (article.c.url, article.c.id),
        (article_alias.c.url, article_alias.c.article_id),
        (url.c.url, url.c.article_id),
        (fetch.c.effective_url, fetch.c.article_id),
    ):
        found = connection.execute(sa.select(column).where(by.in_(which)).distinct()).scalars()
        addresses.update(address for address in found if address)
    of_pages = sa.select(article_version.c.payload_digest).where(article_version.c.article_id.in_(which))
    digests = list(connection.execute(of_pages).scalars())
    return Held(
        article_ids=tuple(connection.execute(which).scalars()),
        addresses=tuple(addresses),
        payload_digests=tuple({digest for digest in digests if digest}),
        version_count=len(digests),
    )


def remove_some_articles(connection: Connection, source_id: str, until: datetime, *, now: datetime) -> Holdings:
    """Delete some of the articles that were met by then, and queue that for the index; return the counts deleted."""
    mine = sa.select(article.c.id).where(article.c.source_id == source_id, article.c.first_seen_at <= until)
    ids = list(connection.execute(mine.limit(ARTICLES_AT_ONCE)).scalars())
    if not ids:
        return Holdings(articles=0, versions=0, urls=0)
    held = held_of(connection, ids, [])
    counts = forget_rows(connection, held, now=now)
    forget_places(connection, held.payload_digests)
    return Holdings(articles=len(ids), versions=held.version_count, urls=counts.get(url.name, 0))


def remove_some_urls(connection: Connection, source_id: str, until: datetime) -> int:
    """Delete some of the addresses that were met by then, of articles or not; return how many."""
    mine = sa.select(url.c.id).where(url.c.source_id == source_id, url.c.discovered_at <= until)
    ids = list(connection.execute(mine.limit(URLS_AT_ONCE)).scalars())
    for column, by in RULES:
        if by is By.URL_ROW and ids:
            connection.execute(sa.delete(column.table).where(column.in_(ids)))
    return len(ids)


def remove_the_rest(connection: Connection, source_id: str) -> None:
    """Delete what else names the source: its history, what was learned about it, and requests."""
    fills = sa.select(fill.c.id).where(fill.c.source_id == source_id)
    connection.execute(sa.delete(fill_url).where(fill_url.c.fill_id.in_(fills)))
    scopes = connection.execute(sa.select(request.c.id, request.c.scope)).all()
    asked = [row.id for row in scopes if row.scope.get("source_id") == source_id]
    for column in (request_url.c.request_id, request.c.id):
        connection.execute(sa.delete(column.table).where(column.in_(asked)))
    for table in AT_ONCE:
        connection.execute(sa.delete(table).where(table.c.source_id == source_id))
