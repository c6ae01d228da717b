"""Unchanged pages that a redirect leads to: the address that answered is the article's as well."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from news.fetch import Outcome
from news.identity import Sighting
from news.urls import url_key
from store.articles.known_articles import articles_at
from store.records import FetchResult
from store.saving.article_writer import ArticleSave, add_aliases, is_followed_elsewhere, revive
from store.saving.merging import merge
from store.schema import article_alias
from store.sql.gathered import GatheredRows


def save_redirect(
    rows: GatheredRows, result: FetchResult, article_id: str, leads_to: str, *, may_be_alias: bool
) -> ArticleSave:
    """The outcome of an article's page that redirects and is the same as before.

    A page that is the same byte by byte makes the address that sent it the article's, and an article met there one with
    it. A 304 does not: pages that stand in for others, such as a section, may not have changed for longer.
    """
    connection = rows.connection
    is_known = _article_at(connection, leads_to) == article_id
    if not is_known and result.outcome is Outcome.UNCHANGED:
        rows.write()  # an article at that address may be among the gathered rows
        article_id = _join(connection, result, article_id, leads_to)
        may_be_alias = True
    return ArticleSave(
        outcome=result.outcome,
        article_id=article_id,
        is_alias=may_be_alias and is_followed_elsewhere(connection, result, article_id),
        is_doubted=not is_known and result.outcome is Outcome.NOT_MODIFIED,
    )


def _join(connection: Connection, result: FetchResult, article_id: str, leads_to: str) -> str:
    """Make an address the article's; the id that both have from then on."""
    main, *others = articles_at(connection, Sighting(addresses=(leads_to,)), article_id)
    if merge(connection, main.id, [other.id for other in others], result.fetched_at):
        revive(connection, main, result.fetched_at)
    add_aliases(connection, main.id, [leads_to])
    return str(main.id)


def _article_at(connection: Connection, address: str) -> str | None:
    query = sa.select(article_alias.c.article_id).where(article_alias.c.url_key == url_key(address))
    return connection.execute(query).scalar()
