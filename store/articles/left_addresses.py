"""Dropping addresses that an article got while another page temporarily stood in its place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from news.article import Article
from news.urls import url_key
from news.versions.other_texts import is_named_alike, is_other_text
from store.articles.newest_texts import newest_text
from store.schema import article_alias, url


def leave_addresses(connection: Connection, main: Row[Any], story: Article, addresses: Sequence[str]) -> None:
    """Drop the address an article was known by if its page now has another, and tells another story than before.

    All other aliases that its former text brought, and that no URL of the article has, go too. The usual edit, whose
    address stays, costs no query.
    """
    if main.url in addresses:
        return
    before = newest_text(connection, main)
    if not is_other_text(before, story) or is_named_alike(before, story):
        return
    own = sa.select(url.c.url_key).where(url.c.article_id == main.id)
    kept = [url_key(address) for address in addresses]
    left = (article_alias.c.article_id == main.id) & article_alias.c.url_key.not_in(own)
    connection.execute(sa.delete(article_alias).where(left, article_alias.c.url_key.not_in(kept)))
