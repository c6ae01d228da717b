"""Addresses that pages state as their own although another story is there: some templates state one for all pages."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from news.versions.other_texts import are_other_texts, are_two_stories
from store.articles.newest_texts import newest_text
from store.articles.story_addresses import own_keys
from store.records import FetchResult
from store.schema import url


def other_stories(connection: Connection, result: FetchResult, found: Iterable[Row[Any]]) -> set[str]:
    """Which of these articles, met under the addresses of a fetched story, tell another story than its page.

    Two known articles are not made one by an address alone if their texts differ.
    """
    story, mine = result.story, result.row.article_id
    others = [row for row in found if row.id != mine]
    if story is None or not others:
        return set()
    differ = are_two_stories if mine is None else are_other_texts
    return {row.id for row in others if differ(newest_text(connection, row), story)}


def claimants(
    connection: Connection, result: FetchResult, known: Sequence[Row[Any]], others: Collection[str]
) -> list[Row[Any]]:
    """The other stories that have an address of this page only because they stated it."""
    found = [row for row in known if row.id in others and row.url_id != result.row.id]
    if not found:
        return []
    query = sa.select(url.c.id, url.c.url_key).where(url.c.id.in_([row.url_id for row in found]))
    followed_at = {row.id: row.url_key for row in connection.execute(query)}
    own = own_keys(result)
    return [row for row in found if followed_at.get(row.url_id) not in own]
