"""Sections that published more than a page between two looks: their next page is read, even if it was read before."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from news.fetch import UrlKind, UrlState
from news.urls import url_key
from store.frontier.new_urls import add_urls
from store.records import FetchResult
from store.schema import url
from store.sql.statements import CHUNK, chunks

LEAST_ARTICLES = 3  # on a page, for the share of the unknown ones to mean something; a choice
MISSED_SHARE = 0.5  # of unknown ones; what is read most is shown beside a list that moved on. A choice


def have_missed_page_read(connection: Connection, result: FetchResult, new_url_ids: Sequence[int]) -> list[int]:
    """Make the page that a result names for this case due if most of its articles were unknown.

    Returns its row id if it was unknown too.
    """
    page = result.discovery.missed_page
    articles = [new for new in result.discovery.urls if new.kind is UrlKind.ARTICLE]
    if page is None or len(articles) < LEAST_ARTICLES:
        return []
    if _article_count(connection, new_url_ids) < MISSED_SHARE * len(articles):
        return []
    row, now = result.row, result.fetched_at
    added = add_urls(connection, [page], source_id=row.source_id, found_on=row.url, now=now)
    mine = (url.c.url_key == url_key(page.url)) & (url.c.source_id == row.source_id) & (url.c.kind == row.kind.value)
    mine &= url.c.state.not_in([UrlState.DROPPED.value, UrlState.REFUSED.value])
    anew = {"next_due_at": now, "etag": None, "last_modified": None, "payload_digest": None}
    connection.execute(sa.update(url).where(mine).values(**anew))
    return added


def _article_count(connection: Connection, url_ids: Sequence[int]) -> int:
    count = sa.select(sa.func.count()).select_from(url)
    is_article = url.c.kind == UrlKind.ARTICLE.value
    asked = (count.where(url.c.id.in_(chunk) & is_article) for chunk in chunks(url_ids, CHUNK))
    return sum(connection.execute(each).scalar_one() for each in asked)
